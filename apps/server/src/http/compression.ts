import { type BrotliOptions, constants, createBrotliCompress, createGzip, type Zlib } from 'node:zlib'
import type { Transform } from 'node:stream'
import type { ContentEncoding } from './accepted-encoding.ts'

/** Compresses a response that passes through it. */
export type Compressor = Transform & Zlib

/** Smaller responses fit into one packet, and compressing them costs more than it saves. */
export const MIN_COMPRESSED_BYTES = 1_024

/** A little slower than gzip at its fastest, and smaller. The window bounds the memory of one response. */
const BROTLI: BrotliOptions = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 3,
    [constants.BROTLI_PARAM_LGWIN]: 18,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
}
const GZIP = { level: 4 }

/** Types that become smaller. Event streams are not among them: each event is to arrive at once. */
const COMPRESSIBLE = /^(?:application\/(?:[\w.-]+\+)?(?:json|xml)|application\/(?:x-ndjson|openmetrics-text)|text\/(?!event-stream)[\w-]+)\s*(?:;|$)/i

/** Returns whether a response is worth compressing. One of unknown length is: only downloads have none. */
export function isCompressible(type: unknown, length: unknown): boolean {
  return (length === undefined || Number(length) >= MIN_COMPRESSED_BYTES) && typeof type === 'string' && COMPRESSIBLE.test(type)
}

/** Creates a compressor. */
export function createCompressor(encoding: ContentEncoding): Compressor {
  return encoding === 'br' ? createBrotliCompress(BROTLI) : createGzip(GZIP)
}
