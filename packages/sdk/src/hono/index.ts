import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from '../engine/check-input.ts'
import type { RequestContextOptions } from '../request/request-metadata.ts'
import { webRequestMetadata } from '../request/web-request.ts'
import type { Tollgate } from '../tollgate.ts'

export type { RequestContextOptions } from '../request/request-metadata.ts'

/** The part of a context of Hono that is read. */
export interface HonoContext {
  readonly req: { readonly raw: Request }
  /** Bindings of the runtime. `incoming` is there with @hono/node-server. */
  readonly env: unknown
}

/** Options of the middleware of Hono. */
export interface HonoContextOptions<Context> extends RequestContextOptions<Context> {
  /** Returns the address of the client, such as `getConnInfo(context).remote.address`. Defaults to the socket of @hono/node-server. */
  readonly ipAddress?: ((context: Context) => string | undefined) | undefined
}

const OPTIONS: InputRules<HonoContextOptions<never>> = { metadata: 'function?', trustProxy: 'boolean?', ipAddress: 'function?' }

/** Middleware of Hono that attributes calls to their request: `app.use(requestContext(tollgate))`. */
export function requestContext<Context extends HonoContext>(
  tollgate: Pick<Tollgate, 'run'>,
  options: HonoContextOptions<Context> = {},
): (context: Context, next: () => Promise<void>) => Promise<void> {
  checkInput(OPTIONS, options as HonoContextOptions<never>)
  const { metadata, trustProxy } = options
  const ipAddress = options.ipAddress ?? socketAddress
  return (context, next) => {
    const { headers } = context.req.raw
    const found = webRequestMetadata({ headers, context }, ipAddress(context), { trustProxy, metadata: metadata && (request => metadata(request.context)) })
    return tollgate.run(found, next)
  }
}

function socketAddress({ env }: HonoContext): string | undefined {
  return (env as { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress
}
