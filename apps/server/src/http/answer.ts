import type { ServerResponse } from 'node:http'

/** Sends a whole answer. */
export function answer(
  response: ServerResponse,
  { status, type, body, headers = {} }: { status: number; type: string; body: string; headers?: Record<string, string> },
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers })
  response.end(body)
}

/** Sends JSON. */
export function answerJson(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  answer(response, { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value), headers })
}

/** Why a request was refused before it came to GraphQL. */
export interface Refusal {
  readonly status: number
  /** Stable, for programs. */
  readonly code: string
  readonly message: string
  readonly headers?: Record<string, string>
}

/** Refuses in the form that GraphQL clients know: a list of errors with a code each. */
export function refuse(response: ServerResponse, { status, code, message, headers }: Refusal): void {
  answerJson(response, status, { errors: [{ message, extensions: { code } }] }, headers)
}
