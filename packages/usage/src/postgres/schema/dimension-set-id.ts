import { hash } from 'node:crypto'
import { DIMENSIONS, type DimensionSet } from '../../model/dimension.ts'

/**
 * Returns the id of a dimension set: the first 16 bytes of SHA-256 over the JSON of its values in the order of
 * `DIMENSIONS`, as a UUIDv8 (the version for custom hashes, RFC 9562). Ids are stored, so this must never change.
 */
export function dimensionSetId(set: DimensionSet): string {
  const hex = hash('sha256', JSON.stringify(DIMENSIONS.map(dimension => set[dimension])))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Returns a key that is unique within a process, at less cost than the id. Unambiguous, because values cannot contain NUL. */
export function dimensionSetKey(set: DimensionSet): string {
  let key = ''
  for (const dimension of DIMENSIONS) {
    const value = set[dimension]
    key += value === null ? '\0' : `\0=${value}`
  }
  return key
}
