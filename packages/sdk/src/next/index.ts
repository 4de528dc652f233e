import { checkContextOptions } from '../request/check-context-options.ts'
import type { RequestContextOptions } from '../request/request-metadata.ts'
import { type WebRequest, webRequestMetadata } from '../request/web-request.ts'
import type { Tollgate } from '../tollgate.ts'

export type { RequestContextOptions } from '../request/request-metadata.ts'

/**
 * Wraps a route handler of Next.js, so that calls recorded in it are attributed to its request:
 * `export const POST = withRequestContext(tollgate, async request => …)`. Next.js knows the address of the client only from
 * `X-Forwarded-For`, so it needs `trustProxy`.
 */
export function withRequestContext<Request extends WebRequest, Rest extends unknown[], Result>(
  tollgate: Pick<Tollgate, 'run'>,
  handler: (request: Request, ...rest: Rest) => Result,
  options: RequestContextOptions<Request> = {},
): (request: Request, ...rest: Rest) => Result {
  checkContextOptions(options)
  return (request, ...rest) => tollgate.run(webRequestMetadata(request, undefined, options), () => handler(request, ...rest))
}
