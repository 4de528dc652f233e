const POLYNOMIAL = 0xedb88320

/** The CRC of each byte. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0)
  return crc
})

/** Returns the CRC-32 of an ASCII text, as in gzip and PNG. `node:zlib` has it too, but not browsers and edge runtimes. */
export function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ (TABLE[(crc ^ text.charCodeAt(i)) & 0xff] as number)
  return (crc ^ 0xffffffff) >>> 0
}
