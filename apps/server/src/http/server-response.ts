import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { REQUEST_ID_HEADER } from './request-id.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[]

const EVENT_STREAM = 'text/event-stream'

/** The lines of the headers that every response has. Node.js would check their names and values for each response. */
const SECURITY_LINES = SECURITY_HEADERS.map(([name, value]) => `${name}: ${value}\r\n`).join('')

/** Writes the head of a response. Node.js passes the status line, and the headers that follow it. */
const { _storeHeader: storeHeader } = ServerResponse.prototype as unknown as {
  readonly _storeHeader: (this: ServerResponse, statusLine: string, headers: unknown) => void
}

/** A response with the headers that every response has. They are added last, because setting them one by one costs more. */
export class TollgateResponse extends ServerResponse {
  requestId = ''
  /**
   * The state of its server, which is read when the headers are sent. A set of all responses would do too, but keep them alive:
   * each time a JavaScript set grows or is cleaned up, its previous table refers to the next one, and only a full garbage
   * collection removes such a chain once its beginning is old.
   */
  server: { readonly isClosing: boolean } = { isClosing: false }
  /** Whether it lasts as long as its reader. */
  isEventStream = false

  /** Lines between the status line and the headers. */
  #lines = ''

  /** Called by `writeHead` of Node.js. */
  _storeHeader(statusLine: string, headers: unknown): void {
    storeHeader.call(this, statusLine + this.#lines, headers)
  }

  override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
    if (typeof reason === 'object' && !Array.isArray(reason) && this.getHeaderNames().length === 0) return super.writeHead(status, this.#withOwn(reason))
    for (const [name, value] of SECURITY_HEADERS) if (!this.hasHeader(name)) this.setHeader(name, value)
    this.setHeader(REQUEST_ID_HEADER, this.requestId)
    if (this.server.isClosing) this.setHeader('connection', 'close')
    if (typeof reason === 'string') super.writeHead(status, reason, headers)
    else super.writeHead(status, reason)
    this.isEventStream = this.getHeader('content-type') === EVENT_STREAM
    return this
  }

  /** Returns all headers as names and values in turn. */
  #withOwn(headers: OutgoingHttpHeaders): OutgoingHttpHeader[] {
    this.isEventStream = headers['content-type'] === EVENT_STREAM
    const list: OutgoingHttpHeader[] = [REQUEST_ID_HEADER, this.requestId]
    if (SECURITY_HEADERS.some(([name]) => headers[name] !== undefined)) {
      for (const [name, value] of SECURITY_HEADERS) if (headers[name] === undefined) list.push(name, value)
    } else this.#lines = SECURITY_LINES
    if (this.server.isClosing && headers['connection'] === undefined) list.push('connection', 'close')
    for (const name in headers) {
      const value = headers[name]
      if (value !== undefined) list.push(name, value)
    }
    return list
  }
}
