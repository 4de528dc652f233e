import { hash } from 'node:crypto'
import type { NewRejectedEvent } from '../model/rejected-event.ts'

/**
 * Returns a hash that is equal for equal rejected events: SHA-256 (hexadecimal) of tenant, key and payload, or of the
 * reason if the payload was too large to store.
 */
export function rejectionFingerprint({ tenantId, idempotencyKey, payload, reason }: NewRejectedEvent): string {
  return hash('sha256', JSON.stringify([tenantId, idempotencyKey, payload === null ? reason : sortedKeys(payload)]))
}

/** Sorts the keys of objects, because a store may not preserve their order. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, entry]) => [key, sortedKeys(entry)]))
}
