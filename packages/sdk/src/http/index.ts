import { checkContextOptions } from '../request/check-context-options.ts'
import { type NodeRequest, nodeRequestMetadata } from '../request/node-request.ts'
import type { RequestContextOptions } from '../request/request-metadata.ts'
import type { Tollgate } from '../tollgate.ts'

export type { NodeRequest } from '../request/node-request.ts'
export type { RequestContextOptions } from '../request/request-metadata.ts'

/** Wraps a listener of node:http, so that calls recorded while it handles a request are attributed to that request. */
export function withRequestContext<Request extends NodeRequest, Response, Result>(
  tollgate: Pick<Tollgate, 'run'>,
  listener: (request: Request, response: Response) => Result,
  options: RequestContextOptions<Request> = {},
): (request: Request, response: Response) => Result {
  checkContextOptions(options)
  return (request, response) => tollgate.run(nodeRequestMetadata(request, options), () => listener(request, response))
}
