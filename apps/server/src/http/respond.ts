import type { ServerResponse } from 'node:http'

/** Sends a complete response. */
export function respond(
  response: ServerResponse,
  { status, type, body, headers = {} }: { status: number; type: string; body: string | Buffer; headers?: Record<string, string> },
): void {
  const length = Buffer.byteLength(body)
  response.writeHead(status, { 'content-type': type, 'content-length': length, ...headers })
  // A text of as many bytes as characters is ASCII, which Node.js writes faster as such.
  if (length === body.length) response.end(body, 'latin1')
  else response.end(body)
}

/** Sends JSON. */
export function respondJson(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  respond(response, { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value), headers })
}

/** An error for a request that does not reach GraphQL. */
export interface ErrorResponse {
  readonly status: number
  /** For programs; does not change. */
  readonly code: string
  readonly message: string
  /** When the request can be sent again. */
  readonly retryAfterMs?: number
  readonly headers?: Record<string, string>
}

/** Sends an error in the form that GraphQL clients expect: a list of errors, each with a code. */
export function respondError(response: ServerResponse, { status, code, message, retryAfterMs, headers }: ErrorResponse): void {
  respondJson(response, status, { errors: [{ message, extensions: { code, retryAfterMs } }] }, headers)
}
