import { type AllowedOrigins, crossOriginHeaders } from './cross-origin.ts'
import type { ErrorResponse } from './respond.ts'

/** An error of Node.js about a client, and what it had sent. */
type ClientError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer }

const RESPONSES: Readonly<Record<string, ErrorResponse>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', message: 'The headers of the request are larger than 16 KiB. Send fewer or shorter ones.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'REQUEST_TIMEOUT', message: 'The request did not arrive in time.' },
}

/** Returns the response to a request that Node.js could not read; undefined if the client has disconnected. */
export function malformedRequest({ code, rawPacket }: ClientError, allowed: AllowedOrigins): ErrorResponse | undefined {
  if (code === 'ECONNRESET' || code === 'EPIPE') return undefined
  const known = RESPONSES[code ?? ''] ?? { status: 400, code: 'BAD_REQUEST', message: 'The request is not valid HTTP/1.1.' }
  // A page whose headers are too large can read why. The last packet may not have the header.
  const [, origin = allowed === undefined ? '' : undefined] = /^origin: *(\S+)\r?$/im.exec(rawPacket?.toString('latin1') ?? '') ?? []
  return { ...known, headers: crossOriginHeaders(origin, allowed) }
}
