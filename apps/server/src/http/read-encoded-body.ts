import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { type BodyLimits, NO_MEMORY, readBytes } from './read-json-body.ts'
import type { ErrorResponse } from './respond.ts'

/**
 * Reads a body that may be compressed with gzip. Its limits hold for the bytes that arrive and for the decompressed bytes, so a
 * small body cannot expand to a large one. Rejects only if the client disconnects.
 */
export async function readEncodedBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer | ErrorResponse> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip') {
    return { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send the body as it is, or compressed with "Content-Encoding: gzip".' }
  }
  if (Number(request.headers['content-length'] ?? 0) > limits.maxBytes) return limits.tooLarge
  limits.onRead()
  const body = await readBytes(request, limits)
  return Buffer.isBuffer(body) && encoding === 'gzip' ? gunzip(body, limits) : body
}

/** Decompresses in pieces, and stops at the first one that is too much. */
function gunzip(body: Buffer, { maxBytes, memory, tooLarge }: BodyLimits): Promise<Buffer | ErrorResponse> {
  return new Promise(settle => {
    const chunks: Buffer[] = []
    let length = 0
    const gunzipping = createGunzip()
    const stop = (error: ErrorResponse) => {
      chunks.length = 0
      gunzipping.destroy()
      settle(error)
    }
    gunzipping.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBytes) stop(tooLarge)
      else if (!memory.take(chunk.length)) stop(NO_MEMORY)
      else chunks.push(chunk)
    })
    gunzipping.on('end', () => settle(Buffer.concat(chunks)))
    gunzipping.on('error', () => stop(NOT_GZIP))
    gunzipping.end(body)
  })
}

const NOT_GZIP: ErrorResponse = { status: 400, code: 'BAD_REQUEST', message: 'The body is not valid gzip, which its header "Content-Encoding" says.' }
