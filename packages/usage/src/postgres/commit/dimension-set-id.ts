import { hash } from 'node:crypto'
import { DIMENSIONS, type DimensionSet } from '../../dimension.ts'

/**
 * What a dimension set's id is made of: its values in the order of `DIMENSIONS`, as JSON. Ids are stored: this must
 * never change, so a new dimension goes to the end, and is left out of the text where it is null.
 */
export function dimensionSetText(set: DimensionSet): string {
  return JSON.stringify(DIMENSIONS.map(dimension => set[dimension]))
}

/** The first 16 bytes of SHA-256 over the text, as a UUIDv8 (RFC 9562: the version for hashes of one's own). */
export function dimensionSetId(text: string): string {
  const hex = hash('sha256', text)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
