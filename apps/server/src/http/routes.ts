import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Health, Obstacle } from '../observability/health.ts'
import type { Metrics } from '../observability/metrics.ts'
import { answer, answerJson, refuse } from './answer.ts'
import type { RequestHandler } from './http-server.ts'
import { readJsonBody } from './read-json-body.ts'

/** GraphQL, as node:http hands requests over; a JSON body that was read already is in `request.body`. */
export type GraphQLHandler = (request: IncomingMessage & { body?: object }, response: ServerResponse, context: { requestId: string }) => void | Promise<void>

/** What is served. */
export interface RouteOptions {
  readonly health: Health
  readonly metrics: Metrics
  /** Undefined until the start is done. */
  readonly graphql: () => GraphQLHandler | undefined
  /** Whether a request to GraphQL can be answered while the database is away. */
  readonly worksOffline: (body: object) => boolean
}

/** Room for 1,000 events of every field at its usual length. */
export const BODY_LIMIT_BYTES = 8 * 1024 * 1024

/** Says which path is answered by what. */
export function createRoutes({ health, metrics, graphql, worksOffline }: RouteOptions): RequestHandler {
  const readOnly: Readonly<Record<string, (response: ServerResponse) => void | Promise<void>>> = {
    '/': response => answer(response, { status: 302, type: 'text/plain', body: 'See /graphql\n', headers: { location: '/graphql' } }),
    '/healthz': response => answerJson(response, 200, { status: 'alive' }),
    '/readyz': async response => {
      const readiness = await health.readiness()
      answerJson(response, readiness.ready ? 200 : 503, readiness)
    },
    '/metrics': async response => answer(response, { status: 200, type: metrics.contentType, body: await metrics.text() }),
  }

  return async (request, response, { requestId, path }) => {
    if (path === '/graphql') return answerGraphQL(request, response, requestId)
    const show = Object.hasOwn(readOnly, path) ? readOnly[path] : undefined
    if (show === undefined) return refuse(response, { status: 404, code: 'NOT_FOUND', message: `There is nothing at ${path}; GraphQL is at /graphql.` })
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(response, { status: 405, code: 'METHOD_NOT_ALLOWED', message: `${path} can only be read.`, headers: { allow: 'GET, HEAD' } })
    }
    return show(response)
  }

  async function answerGraphQL(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const handler = graphql()
    const obstacle = health.obstacle()
    const isAway = obstacle?.code === 'DATABASE_UNAVAILABLE' && request.method === 'POST'
    if (handler === undefined || (obstacle !== undefined && !isAway)) return refuseFor(response, obstacle)
    if (request.method !== 'POST') return handler(request, response, { requestId })
    const body = await readJsonBody(request, BODY_LIMIT_BYTES)
    if (isAway && ('refusal' in body || !worksOffline(body.value))) return refuseFor(response, obstacle)
    if ('refusal' in body) return refuse(response, body.refusal)
    return handler(Object.assign(request, { body: body.value }), response, { requestId })
  }
}

function refuseFor(response: ServerResponse, { code, message }: Obstacle = { code: 'STARTING', message: 'The server is still starting.' }): void {
  refuse(response, { status: 503, code, message: `${message} Try again in a moment.`, headers: { 'retry-after': '1' } })
}
