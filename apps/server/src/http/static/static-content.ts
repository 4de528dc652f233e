import { hash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { acceptedEncoding, type ContentEncoding } from '../accepted-encoding.ts'

/** Content that does not change while the server runs. */
export interface StaticContent {
  /** Changes with the content. */
  readonly hash: string
  /** Sends the content, compressed if the client accepts it, or 304 to a client that has it. */
  send(request: IncomingMessage, response: ServerResponse, headers: Readonly<Record<string, string>>): Promise<void>
}

/** How to send content. */
export interface StaticContentOptions {
  /** 0 to 11. Defaults to 5: higher qualities take seconds for megabytes. */
  readonly brotliQuality?: number
  /** Whether to compress it. Defaults to true. */
  readonly compress?: boolean
}

const COMPRESS: Readonly<Record<ContentEncoding, (body: Buffer, brotliQuality: number) => Promise<Buffer>>> = {
  br: (body, brotliQuality) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: body => promisify(gzip)(body),
}

/** Creates static content. It is compressed once for each encoding, when it is first asked for. */
export function staticContent(type: string, body: Buffer, { brotliQuality = 5, compress = true }: StaticContentOptions = {}): StaticContent {
  const digest = hash('sha256', body, 'base64url').slice(0, 20)
  const etag = `"${digest}"`
  const compressed = new Map<ContentEncoding, Promise<Buffer>>()

  function compressedWith(encoding: ContentEncoding): Promise<Buffer> {
    const known = compressed.get(encoding) ?? COMPRESS[encoding](body, brotliQuality)
    compressed.set(encoding, known)
    return known
  }

  return {
    hash: digest,
    async send(request, response, headers) {
      const cached = { ...headers, etag, vary: 'Accept-Encoding' }
      if (isCurrent(request.headers['if-none-match'], etag)) return void response.writeHead(304, cached).end()
      const encoding = compress ? acceptedEncoding(request.headers['accept-encoding']) : undefined
      const sent = encoding === undefined ? body : await compressedWith(encoding)
      response.writeHead(200, { ...cached, 'content-type': type, 'content-length': sent.length, ...(encoding && { 'content-encoding': encoding }) })
      response.end(sent)
    },
  }
}

/** A proxy that compresses marks the tag as weak. */
function isCurrent(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some(tag => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}
