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
 * Returns the headers for a sender of CloudEvents that asks whether this server wants them (abuse protection of CloudEvents webhooks).
 * A sender still needs a key.
 */
export function webhookHeaders({ 'webhook-request-origin': origin }: IncomingHttpHeaders): Record<string, string> {
  return typeof origin === 'string' ? { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' } : {}
}
