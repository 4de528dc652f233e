import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { ErrorResponse } from './respond.ts'

/** The JSON body of a request, or the error to respond with. */
export type JsonBody = { readonly value: object } | { readonly error: ErrorResponse }

const JSON_TYPE = /^application\/(?:[\w.+-]*\+)?json\s*(?:;|$)/i
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)/i

/**
 * Reads a JSON body of at most `limitBytes`. Checks Content-Length first and counts the bytes that arrive, so that a
 * chunked body cannot be larger. Rejects only if the client disconnects.
 */
export async function readJsonBody(request: IncomingMessage, limitBytes: number): Promise<JsonBody> {
  const type = request.headers['content-type'] ?? ''
  if (!JSON_TYPE.test(type)) return unsupported('Send the request as JSON, with the header "Content-Type: application/json".')
  const [, charset = 'utf-8'] = CHARSET.exec(type) ?? []
  if (!/^utf-?8$/i.test(charset)) return unsupported(`Send the request in UTF-8, which is the only charset of JSON, not in "${charset.slice(0, 40)}".`)
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return tooLarge(limitBytes)
  const chunks = await chunksOf(request, limitBytes)
  if (chunks === undefined) return tooLarge(limitBytes)
  const body = Buffer.concat(chunks)
  // Other bytes would be read as U+FFFD, so that different texts would become the same one.
  return isUtf8(body) ? parse(body.toString('utf8')) : badRequest('The body is not valid UTF-8')
}

/** Undefined if the body exceeds the limit. Uses events, because async iteration costs a tenth of the time of a small request. */
function chunksOf(request: IncomingMessage, limitBytes: number): Promise<Buffer[] | undefined> {
  return new Promise((settle, fail) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= limitBytes) return void chunks.push(chunk)
      request.pause()
      settle(undefined)
    })
    request.on('end', () => settle(chunks))
    request.on('error', fail)
    request.on('close', () => fail(new Error('The client disconnected while sending its body.')))
  })
}

function parse(text: string): JsonBody {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) return { value }
    return badRequest('The body must be a JSON object with a "query"')
  } catch (error) {
    return badRequest(text.trim() === '' ? 'The body is empty; send a JSON object with a "query"' : `The body is not valid JSON: ${(error as Error).message}`)
  }
}

function unsupported(message: string): JsonBody {
  return { error: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message } }
}

function badRequest(message: string): JsonBody {
  return { error: { status: 400, code: 'BAD_REQUEST', message: `${message}.` } }
}

/** The rest of the body is not read, so the connection is closed after the response. */
function tooLarge(limitBytes: number): JsonBody {
  const message = `The body is larger than ${limitBytes} bytes; send fewer events in one request.`
  return { error: { status: 413, code: 'PAYLOAD_TOO_LARGE', message, headers: { connection: 'close' } } }
}
