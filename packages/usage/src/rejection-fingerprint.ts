import { hash } from 'node:crypto'
import type { NewRejectedEvent } from './rejected-event-store.ts'

/**
 * What tells whether two refused events are the same: SHA-256, hexadecimal, of tenant, key and payload; of the reason
 * in place of a payload that was too large to keep.
 */
export function rejectionFingerprint({ tenantId, idempotencyKey, payload, reason }: NewRejectedEvent): string {
  return hash('sha256', JSON.stringify([tenantId, idempotencyKey, payload === null ? reason : sortedKeys(payload)]))
}

/** JSON with the keys of objects in order: stores do not promise to keep the order that they were given. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, entry]) => [key, sortedKeys(entry)]))
}
