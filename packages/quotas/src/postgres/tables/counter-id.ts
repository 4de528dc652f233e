import { hash } from 'node:crypto'

/**
 * Returns the id of a counter: the first 16 bytes of SHA-256 over its key, as a UUIDv8 (RFC 9562, for custom formats). Stored:
 * it must never change.
 */
export function counterId(key: string): string {
  const hex = hash('sha256', key)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
