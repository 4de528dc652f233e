import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ErrorResponse } from './respond.ts'

/** Rejects a WebSocket request with an error in the form that GraphQL clients expect, and closes the connection. */
export function rejectUpgrade(socket: Duplex, { status, code, message, headers = {} }: ErrorResponse): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] })
  const lines = Object.entries({
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`)
}
