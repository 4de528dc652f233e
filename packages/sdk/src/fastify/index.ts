import { checkFrameworkOptions } from '../request/check-context-options.ts'
import { mergeMetadata, type Metadata } from '@tollgate/metadata'
import { type NodeRequest, nodeRequestMetadata } from '../request/node-request.ts'
import type { RequestContextOptions } from '../request/request-metadata.ts'
import type { Tollgate } from '../tollgate.ts'

export type { RequestContextOptions } from '../request/request-metadata.ts'

/** The part of a request of Fastify that is read. */
export interface FastifyRequest extends NodeRequest {
  /** The address of the client, by Fastify's own option `trustProxy`. */
  readonly ip: string
  readonly id: string
}

type Done = (error?: Error) => void
type Hook<Request> = (request: Request, reply: unknown, done: Done) => void

/** The part of an instance of Fastify that is used. */
export interface FastifyInstance<Request> {
  addHook(name: 'onRequest' | 'preValidation', hook: Hook<Request>): unknown
}

/**
 * Plugin of Fastify that attributes calls to their request: `app.register(requestContext(tollgate))`. The address is
 * `request.ip`, and the request id is `request.id` unless the client sent one.
 */
export function requestContext<Request extends FastifyRequest>(
  tollgate: Pick<Tollgate, 'run'>,
  options: Omit<RequestContextOptions<Request>, 'trustProxy'> = {},
): (app: FastifyInstance<Request>, options: unknown, done: Done) => void {
  checkFrameworkOptions(options)
  const known = new WeakMap<Request, Metadata>()
  const contextOf = (request: Request) => {
    const found = known.get(request) ?? mergeMetadata({ requestId: request.id }, nodeRequestMetadata(request, options, request.ip))
    known.set(request, found)
    return found
  }
  const plugin = (app: FastifyInstance<Request>, _options: unknown, done: Done) => {
    const hook: Hook<Request> = (request, _reply, next) => tollgate.run(contextOf(request), () => next())
    app.addHook('onRequest', hook)
    // The events of a body that is parsed belong to the connection, so the context is set again after it.
    app.addHook('preValidation', hook)
    done()
  }
  // As fastify-plugin does it: hooks apply to the whole app and not only inside the plugin.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}
