const POLYNOMIAL = 0xedb88320

/** Returns the CRC-32 of an ASCII text, as in gzip and PNG. `node:zlib` has it too, but not browsers and edge runtimes. */
export function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
