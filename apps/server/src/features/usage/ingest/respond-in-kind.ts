import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { type ErrorResponse, respond, respondError } from '../../../http/respond.ts'
import { traceEncodingOf, traceError } from './traces/trace-reply.ts'

/** Returns whether usage events can be sent to a path, besides GraphQL. */
export function isWayIn(path: string): boolean {
  return path === '/v1/events' || path === '/v1/traces'
}

/** Returns what responds with errors to a request: exporters of traces expect them in the encoding of the request. */
export function errorResponder(path: string, headers: IncomingHttpHeaders): (response: ServerResponse, error: ErrorResponse) => void {
  if (path !== '/v1/traces') return respondError
  const encoding = traceEncodingOf(headers['content-type']) ?? 'json'
  return (response, error) => respond(response, { ...traceError(encoding, error), ...(error.headers && { headers: error.headers }) })
}

/**
 * Responds to OPTIONS: to a browser that asks whether a page may send events, and to a sender of CloudEvents that asks whether this
 * server wants them (abuse protection of CloudEvents webhooks). A sender still needs a key.
 */
export function respondToOptions(response: ServerResponse, headers: IncomingHttpHeaders, allowOrigin: Record<string, string>): void {
  const webhookOrigin = headers['webhook-request-origin']
  const { 'access-control-request-headers': requested } = headers
  response.writeHead(204, {
    allow: 'POST, OPTIONS',
    'content-length': 0,
    ...allowOrigin,
    ...(Object.keys(allowOrigin).length > 0 && {
      'access-control-allow-methods': 'POST, OPTIONS',
      ...(requested !== undefined && { 'access-control-allow-headers': requested }),
    }),
    ...(typeof webhookOrigin === 'string' && { 'webhook-allowed-origin': webhookOrigin, 'webhook-allowed-rate': '*' }),
  })
  response.end()
}
