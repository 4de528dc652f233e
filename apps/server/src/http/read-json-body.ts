import type { IncomingMessage } from 'node:http'
import type { Refusal } from './answer.ts'

/** A body of JSON, or why there is none. */
export type JsonBody = { readonly value: object } | { readonly refusal: Refusal }

const JSON_TYPE = /^application\/(?:[\w.+-]*\+)?json\s*(?:;|$)/i

/**
 * Reads a request's JSON body of at most `limitBytes`: by its Content-Length where it has one, and counted as it
 * comes in, so that a body in chunks cannot be larger. Rejects only where the client goes away.
 */
export async function readJsonBody(request: IncomingMessage, limitBytes: number): Promise<JsonBody> {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
    return { refusal: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send the request as JSON, with the header "Content-Type: application/json".' } }
  }
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return tooLarge(limitBytes)
  const chunks = await chunksOf(request, limitBytes)
  return chunks === undefined ? tooLarge(limitBytes) : parse(Buffer.concat(chunks).toString('utf8'))
}

/** Undefined where there is more than the limit. By events: iterating costs a small request a tenth of its time. */
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
    request.on('close', () => fail(new Error('The client went away in the middle of its body.')))
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

function badRequest(message: string): JsonBody {
  return { refusal: { status: 400, code: 'BAD_REQUEST', message: `${message}.` } }
}

/** The rest of the body is not read: the connection ends with the answer. */
function tooLarge(limitBytes: number): JsonBody {
  const message = `The body is larger than ${limitBytes} bytes; send fewer events in one request.`
  return { refusal: { status: 413, code: 'PAYLOAD_TOO_LARGE', message, headers: { connection: 'close' } } }
}
