import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ErrorResponse } from './respond.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/**
 * Sends an error on a connection that Node.js has no response for: it asks to become a WebSocket, or sent no valid HTTP. Then
 * closes the connection. The error has the form that GraphQL clients expect.
 */
export function respondAndClose(socket: Duplex, { status, code, message, headers = {} }: ErrorResponse): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] })
  const lines = Object.entries({
    ...Object.fromEntries(SECURITY_HEADERS),
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`)
}
