import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Health, UnavailableReason } from '../observability/health.ts'
import type { Metrics } from '../observability/metrics.ts'
import { respond, respondError, respondJson } from './respond.ts'
import type { RequestHandler } from './http-server.ts'
import { readJsonBody } from './read-json-body.ts'

/** GraphQL for node:http. If the JSON body was read before, it is in `request.body`. */
export type GraphQLHandler = (request: IncomingMessage & { body?: object }, response: ServerResponse, context: { requestId: string }) => void | Promise<void>

/** What the routes serve. */
export interface RouteOptions {
  readonly health: Health
  readonly metrics: Metrics
  /** Undefined until the server has started. */
  readonly graphql: () => GraphQLHandler | undefined
  /** Returns whether a GraphQL request can be answered while the database is down. */
  readonly worksOffline: (body: object) => boolean
}

/** Maximum size of a request body: enough for 1,000 events with every field at its usual length. */
export const BODY_LIMIT_BYTES = 8 * 1024 * 1024

/** Creates the handler of all paths. */
export function createRoutes({ health, metrics, graphql, worksOffline }: RouteOptions): RequestHandler {
  const readOnly: Readonly<Record<string, (response: ServerResponse) => void | Promise<void>>> = {
    '/': response => respond(response, { status: 302, type: 'text/plain', body: 'See /graphql\n', headers: { location: '/graphql' } }),
    '/healthz': response => respondJson(response, 200, { status: 'alive' }),
    '/readyz': async response => {
      const readiness = await health.readiness()
      respondJson(response, readiness.ready ? 200 : 503, readiness)
    },
    '/metrics': async response => respond(response, { status: 200, type: metrics.contentType, body: await metrics.text() }),
  }

  return async (request, response, { requestId, path }) => {
    if (path === '/graphql') return answerGraphQL(request, response, requestId)
    const show = Object.hasOwn(readOnly, path) ? readOnly[path] : undefined
    if (show === undefined) return respondError(response, { status: 404, code: 'NOT_FOUND', message: `Nothing is served at ${path}. GraphQL is at /graphql.` })
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return respondError(response, { status: 405, code: 'METHOD_NOT_ALLOWED', message: `${path} accepts only GET and HEAD.`, headers: { allow: 'GET, HEAD' } })
    }
    return show(response)
  }

  async function answerGraphQL(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const handler = graphql()
    const unavailable = health.unavailable()
    const isOffline = unavailable?.code === 'DATABASE_UNAVAILABLE' && request.method === 'POST'
    if (handler === undefined || (unavailable !== undefined && !isOffline)) return respondUnavailable(response, unavailable)
    if (request.method !== 'POST') return handler(request, response, { requestId })
    const body = await readJsonBody(request, BODY_LIMIT_BYTES)
    if (isOffline && ('error' in body || !worksOffline(body.value))) return respondUnavailable(response, unavailable)
    if ('error' in body) return respondError(response, body.error)
    return handler(Object.assign(request, { body: body.value }), response, { requestId })
  }
}

function respondUnavailable(
  response: ServerResponse,
  { code, message }: UnavailableReason = { code: 'STARTING', message: 'The server is still starting.' },
): void {
  respondError(response, { status: 503, code, message: `${message} Try again in a moment.`, headers: { 'retry-after': '1' } })
}
