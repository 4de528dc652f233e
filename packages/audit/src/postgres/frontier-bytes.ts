import type { Frontier } from '../model/frontier.ts'

const HASH_BYTES = 32

/** Returns a frontier as the hexadecimal text of its hashes, one after the other. */
export function frontierHex(frontier: Frontier): string {
  return Buffer.concat(frontier).toString('hex')
}

/** Reads a frontier. A part that is no hash is kept, so that verification finds it. */
export function toFrontier(hex: string): Uint8Array[] {
  const bytes = Buffer.from(hex, 'hex')
  return Array.from({ length: Math.ceil(bytes.length / HASH_BYTES) }, (_, i) => Uint8Array.from(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)))
}
