import type { ErrorResponse } from './respond.ts'

const RESPONSES: Readonly<Record<string, ErrorResponse>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', message: 'The headers of the request are larger than 16 KiB. Send fewer or shorter ones.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'REQUEST_TIMEOUT', message: 'The request did not arrive in time.' },
}

/** Returns the response to a request that Node.js could not read; undefined if the client has disconnected. */
export function malformedRequest({ code }: NodeJS.ErrnoException): ErrorResponse | undefined {
  if (code === 'ECONNRESET' || code === 'EPIPE') return undefined
  return RESPONSES[code ?? ''] ?? { status: 400, code: 'BAD_REQUEST', message: 'The request is not valid HTTP/1.1.' }
}
