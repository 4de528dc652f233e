import { sha256 as digestOf } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Returns the SHA-256 of a text (UTF-8) or of bytes, in hexadecimal. Plain JavaScript, so that catalogues also load in browsers. */
export function sha256(contents: string | Uint8Array): string {
  return bytesToHex(digestOf(typeof contents === 'string' ? utf8ToBytes(contents) : contents))
}
