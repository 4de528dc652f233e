import { hash } from 'node:crypto'
import { DIMENSIONS, type DimensionSet } from '../../dimension.ts'

/**
 * The id of a dimension set: the first 16 bytes of SHA-256 over its values, in the order of `DIMENSIONS`, as JSON; as a
 * UUIDv8 (RFC 9562: the version for hashes of one's own). Ids are stored: this must never change.
 */
export function dimensionSetId(set: DimensionSet): string {
  const hex = hash('sha256', JSON.stringify(DIMENSIONS.map(dimension => set[dimension])))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Tells sets apart within a process, at less cost than the id. Unambiguous: values hold no NUL, and may be empty. */
export function dimensionSetKey(set: DimensionSet): string {
  let key = ''
  for (const dimension of DIMENSIONS) {
    const value = set[dimension]
    key += value === null ? '\0' : `\0=${value}`
  }
  return key
}
