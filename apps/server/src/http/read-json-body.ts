import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { parseExactJson } from '@tollgate/kernel'
import type { OpenBody } from './body-memory.ts'
import { isNestedDeeperThan } from './json-nesting.ts'
import { MAX_BODY_NESTING } from './request-limits.ts'
import type { ErrorResponse } from './respond.ts'

/** The JSON body of a request, or the error to respond with. */
export type JsonBody = { readonly value: object } | { readonly error: ErrorResponse }

/** Bounds of one body. */
export interface BodyLimits {
  readonly maxBytes: number
  /** How long the client may take to send it. Undefined for the time that every request has. */
  readonly withinMs?: number | undefined
  /** The memory that it takes. */
  readonly memory: OpenBody
  /** The error for a body of more than `maxBytes`. */
  readonly tooLarge: ErrorResponse
  /** Asks a client that waits for it to send the body. */
  readonly onRead: () => void
}

const JSON_TYPE = /^application\/(?:[\w.+-]*\+)?json\s*(?:;|$)/i
const UTF_8 = /^utf-?8$/i
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)/i

/**
 * Reads a JSON body. A number that JavaScript cannot represent is a `LongNumber`. Checks Content-Length first and counts the
 * bytes that arrive, so that a chunked body cannot be larger. Rejects only if the client disconnects. Returns no promise for a body that
 * has arrived.
 */
export function readJsonBody(request: IncomingMessage, limits: BodyLimits): Promise<JsonBody> | JsonBody {
  const { 'content-type': type = '', 'content-length': length = '', 'content-encoding': encoding } = request.headers
  const problem = type === 'application/json' ? undefined : problemOf(type)
  if (problem !== undefined) return unsupported(problem)
  if (encoding !== undefined && !/^\s*identity\s*$/i.test(encoding)) {
    return unsupported(`Send the request uncompressed, without the header "Content-Encoding: ${encoding.slice(0, 40)}".`)
  }
  if (Number(length) > limits.maxBytes) return { error: limits.tooLarge }
  limits.onRead()
  const body = readBytes(request, limits)
  return body instanceof Promise ? body.then(parseRead) : parseRead(body)
}

/** Returns what is wrong with a content type that must be JSON. */
function problemOf(type: string): string | undefined {
  if (!JSON_TYPE.test(type)) return 'Send the request as JSON, with the header "Content-Type: application/json".'
  const [, charset = 'utf-8'] = CHARSET.exec(type) ?? []
  return UTF_8.test(charset) ? undefined : `Send the request in UTF-8, which is the only charset of JSON, not in "${charset.slice(0, 40)}".`
}

function parseRead(body: Buffer | ErrorResponse): JsonBody {
  return Buffer.isBuffer(body) ? parse(body) : { error: body }
}

/**
 * Reads the bytes of a body, or returns the error to respond with. Rejects only if the client disconnects. Most small bodies have
 * arrived with their headers, so that there is nothing to wait for. For others it uses events, because async iteration costs a
 * tenth of the time of a small request.
 */
export function readBytes(request: IncomingMessage, limits: BodyLimits): Promise<Buffer | ErrorResponse> | Buffer | ErrorResponse {
  const { complete, destroyed, readableLength } = request
  return complete && !destroyed && readableLength > 0 ? readArrived(request, limits) : readArriving(request, limits)
}

function readArrived(request: IncomingMessage, { maxBytes, memory, tooLarge }: BodyLimits): Buffer | ErrorResponse {
  const { readableLength } = request
  if (readableLength > maxBytes) return tooLarge
  if (!memory.take(readableLength)) return NO_MEMORY
  const first = request.read() as Buffer
  if (first.length === readableLength) return first
  // One read can return the first chunk only.
  const chunks = [first]
  for (let chunk = request.read() as Buffer | null; chunk !== null; chunk = request.read() as Buffer | null) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function readArriving(request: IncomingMessage, { maxBytes, withinMs, memory, tooLarge }: BodyLimits): Promise<Buffer | ErrorResponse> {
  return new Promise((settle, fail) => {
    const chunks: Buffer[] = []
    let length = 0
    let isSettled = false
    const timer = withinMs === undefined ? undefined : setTimeout(() => stop(TOO_SLOW), withinMs)
    const end = (result: Buffer | ErrorResponse) => {
      isSettled = true
      clearTimeout(timer)
      settle(result)
    }
    const stop = (error: ErrorResponse) => {
      chunks.length = 0
      request.off('data', add)
      end(error)
    }
    const add = (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBytes) stop(tooLarge)
      else if (!memory.take(chunk.length)) stop(NO_MEMORY)
      else chunks.push(chunk)
    }
    request.on('data', add)
    request.on('end', () => end(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', fail)
    request.on('close', () => {
      if (isSettled) return // Creating an error costs more than reading a small body.
      clearTimeout(timer)
      fail(new Error('The client disconnected while sending its body.'))
    })
  })
}

function parse(body: Buffer): JsonBody {
  // Other bytes would be read as U+FFFD, so that different texts would become the same one.
  if (!isUtf8(body)) return badRequest('The body is not valid UTF-8')
  if (isNestedDeeperThan(body, MAX_BODY_NESTING)) return badRequest(`The body is nested deeper than ${MAX_BODY_NESTING} levels`)
  const text = body.toString('utf8')
  try {
    const value = parseExactJson(text)
    if (Array.isArray(value)) return badRequest('The body is a list. Send one operation in each request; trackUsage takes many events')
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) return { value }
    return badRequest('The body must be a JSON object with a "query"')
  } catch (error) {
    return badRequest(text.trim() === '' ? 'The body is empty; send a JSON object with a "query"' : `The body is not valid JSON: ${(error as Error).message}`)
  }
}

const TOO_SLOW: ErrorResponse = { status: 408, code: 'REQUEST_TIMEOUT', message: 'The body did not arrive in time.', headers: { connection: 'close' } }

/** The error for a body that has no memory left. */
export const NO_MEMORY: ErrorResponse = {
  status: 503,
  code: 'OVERLOADED',
  message: 'The server is reading too many large requests. Try again in a moment, and send fewer requests at once.',
  headers: { 'retry-after': '1' },
}

function unsupported(message: string): JsonBody {
  return { error: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message } }
}

function badRequest(message: string): JsonBody {
  return { error: { status: 400, code: 'BAD_REQUEST', message: `${message}.` } }
}
