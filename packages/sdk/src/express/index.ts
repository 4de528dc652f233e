import { checkFrameworkOptions } from '../request/check-context-options.ts'
import { type NodeRequest, nodeRequestMetadata } from '../request/node-request.ts'
import type { RequestContextOptions } from '../request/request-metadata.ts'
import type { Tollgate } from '../tollgate.ts'

export type { RequestContextOptions } from '../request/request-metadata.ts'

/** The part of a request of Express that is read. */
export interface ExpressRequest extends NodeRequest {
  /** The address of the client, by Express' own setting "trust proxy". */
  readonly ip?: string | undefined
}

/**
 * Middleware of Express that attributes calls to their request: `app.use(requestContext(tollgate))`. Use it after body parsers,
 * which can lose the context. The address is `request.ip`, so it follows Express' setting "trust proxy".
 */
export function requestContext<Request extends ExpressRequest>(
  tollgate: Pick<Tollgate, 'run'>,
  options: Omit<RequestContextOptions<Request>, 'trustProxy'> = {},
): (request: Request, response: unknown, next: () => void) => void {
  checkFrameworkOptions(options)
  return (request, _response, next) => tollgate.run(nodeRequestMetadata(request, options, request.ip), () => next())
}
