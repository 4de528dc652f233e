/** An encoding of responses. */
export type ContentEncoding = 'br' | 'gzip'

const NAMED = /(?:^|,)\s*(br|gzip|\*)\s*(?:;\s*q\s*=\s*([\d.]+))?\s*(?=,|$)/gi

/** Returns the encoding to compress a response with, as the header `Accept-Encoding` has it: Brotli, or else gzip. */
export function acceptedEncoding(header: string | string[] | undefined): ContentEncoding | undefined {
  if (typeof header !== 'string') return undefined
  let accepted: ContentEncoding | undefined
  for (const [, name = '', quality = '1'] of header.matchAll(NAMED)) {
    if (Number(quality) <= 0) continue
    if (name.toLowerCase() === 'br') return 'br'
    accepted = 'gzip'
  }
  return accepted
}
