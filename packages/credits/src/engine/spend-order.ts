import { Temporal } from '@tollgate/kernel'
import type { Grant } from '../model/grant.ts'

/** Orders grants as they are spent: lower priority number, then earlier expiry (never is last), then earlier effective time, then id. `debit-in-place.ts` repeats it in SQL. */
export function compareSpendOrder(one: Grant, other: Grant): number {
  return (
    one.priority - other.priority ||
    compareExpiry(one.expiresAt, other.expiresAt) ||
    Temporal.Instant.compare(one.effectiveAt, other.effectiveAt) ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  )
}

function compareExpiry(one: Temporal.Instant | null, other: Temporal.Instant | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return Temporal.Instant.compare(one, other)
}
