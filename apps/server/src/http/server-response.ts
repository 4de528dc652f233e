import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { acceptedEncoding } from './accepted-encoding.ts'
import type { OpenBody } from './body-memory.ts'
import { type Compressor, createCompressor, isCompressible } from './compression.ts'
import { REQUEST_ID_HEADER } from './request-id.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[]
type Written = Parameters<ServerResponse['write']>
type Ended = Parameters<ServerResponse['end']>

const EVENT_STREAM = 'text/event-stream'

/** The lines of the headers that every response has. Node.js would check their names and values for each response. */
const SECURITY_LINES = SECURITY_HEADERS.map(([name, value]) => `${name}: ${value}\r\n`).join('')

const SECURITY_NAMES: ReadonlySet<string> = new Set(SECURITY_HEADERS.map(([name]) => name))

function hasSecurityHeader(headers: OutgoingHttpHeaders): boolean {
  for (const name in headers) if (SECURITY_NAMES.has(name) && headers[name] !== undefined) return true
  return false
}

const VARIES_LINE = 'vary: Accept-Encoding\r\n'

/** Writes the head of a response. Node.js passes the status line, and the headers that follow it. */
const { _storeHeader: storeHeader } = ServerResponse.prototype as unknown as {
  readonly _storeHeader: (this: ServerResponse, statusLine: string, headers: unknown) => void
}

/**
 * A response with the headers that every response has. They are added last, because setting them one by one costs more. A response
 * with a `writeHead` whose content is large text is compressed if its client accepts that.
 */
export class TollgateResponse extends ServerResponse {
  /** As `requestIdOf` returns it: it is written without a check. */
  requestId = ''
  /** Header lines for pages of other origins. */
  crossOriginLines = ''
  /**
   * The state of its server, which is read when the headers are sent. A set of all responses would do too, but keep them alive:
   * each time a JavaScript set grows or is cleaned up, its previous table refers to the next one, and only a full garbage
   * collection removes such a chain once its beginning is old.
   */
  server: { readonly isClosing: boolean } = { isClosing: false }
  /** Whether it lasts as long as its reader. */
  isEventStream = false
  /** The memory of the body of its request, which its server releases when it is closed. */
  bodyMemory: OpenBody | undefined

  /** Lines between the status line and the headers. */
  #lines = ''
  #compressor: Compressor | undefined
  /** Whether its content was written, so that it is too late to compress it. */
  #isWritten = false

  /** Called by `writeHead` of Node.js. */
  _storeHeader(statusLine: string, headers: unknown): void {
    storeHeader.call(this, statusLine + this.#lines + this.crossOriginLines, headers)
  }

  override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
    if (typeof reason === 'object' && !Array.isArray(reason) && this.getHeaderNames().length === 0) return super.writeHead(status, this.#withOwn(reason))
    for (const [name, value] of SECURITY_HEADERS) if (!this.hasHeader(name)) this.setHeader(name, value)
    this.setHeader(REQUEST_ID_HEADER, this.requestId)
    if (this.server.isClosing) this.setHeader('connection', 'close')
    const encoding = this.#compress(this.getHeader('content-type'), this.getHeader('content-length'), this.getHeader('content-encoding'))
    if (encoding !== undefined) {
      this.removeHeader('content-length')
      this.setHeader('content-encoding', encoding)
    }
    if (typeof reason === 'string') super.writeHead(status, reason, headers)
    else super.writeHead(status, reason)
    this.isEventStream = this.getHeader('content-type') === EVENT_STREAM
    return this
  }

  override write(...written: unknown[]): boolean {
    if (this.#compressor !== undefined) return this.#compressor.write(...(written as [unknown]))
    this.#isWritten = true
    return super.write(...(written as Written))
  }

  override end(...ended: unknown[]): this {
    if (this.#compressor !== undefined) {
      this.#compressor.end(...(ended as []))
      return this
    }
    this.#isWritten = true
    return super.end(...(ended as Ended))
  }

  /** Returns all headers as names and values in turn. */
  #withOwn(headers: OutgoingHttpHeaders): OutgoingHttpHeader[] {
    this.isEventStream = headers['content-type'] === EVENT_STREAM
    const list: OutgoingHttpHeader[] = []
    const requestIdLine = `${REQUEST_ID_HEADER}: ${this.requestId}\r\n`
    if (hasSecurityHeader(headers)) {
      for (const [name, value] of SECURITY_HEADERS) if (headers[name] === undefined) list.push(name, value)
      this.#lines = requestIdLine
    } else this.#lines = requestIdLine + SECURITY_LINES
    if (this.server.isClosing && headers['connection'] === undefined) list.push('connection', 'close')
    const encoding = this.#compress(headers['content-type'], headers['content-length'], headers['content-encoding'])
    if (encoding !== undefined) list.push('content-encoding', encoding)
    for (const name in headers) {
      const value = headers[name]
      if (value !== undefined && !(encoding !== undefined && name === 'content-length')) list.push(name, value)
    }
    return list
  }

  /** Starts to compress, and returns the encoding; undefined if the response is not to be compressed. */
  #compress(type: unknown, length: unknown, encoded: unknown): string | undefined {
    if (encoded !== undefined || !isCompressible(type, length)) return undefined
    this.#lines += VARIES_LINE
    const encoding = this.req.method === 'HEAD' || this.#isWritten ? undefined : acceptedEncoding(this.req.headers['accept-encoding'])
    if (encoding === undefined) return undefined
    const compressor = createCompressor(encoding)
    this.#compressor = compressor
    compressor.on('data', (chunk: Buffer) => {
      if (!super.write(chunk)) compressor.pause()
    })
    compressor.on('end', () => super.end())
    compressor.on('drain', () => this.emit('drain'))
    compressor.on('error', error => this.destroy(error))
    this.on('drain', () => compressor.resume())
    this.on('close', () => compressor.destroy())
    return encoding
  }
}
