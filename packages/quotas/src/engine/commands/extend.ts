import { reservationStateAt } from '../../model/decisions/reservation.ts'
import { findReservation, type QuotaState } from '../state/quota-state.ts'
import type { Done } from './outcome.ts'

/** Extends a reservation. Never shortens it. */
export interface ExtendCommand {
  readonly kind: 'extend'
  readonly tenantId: string
  /** Whom to count the command for. Undefined to count nothing; null for a caller without a name. */
  readonly caller?: string | null | undefined
  readonly nowMs: number
  readonly reservationId: string
  readonly expiresAtMs: number
}

/** Applies an extend command. */
export function extend(state: QuotaState, { tenantId, reservationId, nowMs, expiresAtMs }: ExtendCommand): Done {
  const record = findReservation(state, tenantId, reservationId)
  if (record === undefined) return { kind: 'done', stateBefore: null, expiresAtMs: null }
  const counters = record.counters.map(key => state.counters.get(key))
  // Another process, whose clock is ahead, may have expired a hold already. Then the reservation cannot be extended.
  const isComplete = counters.every(counter => counter?.holds.has(reservationId) === true)
  const stateBefore = reservationStateAt(record, nowMs)
  if (stateBefore !== 'held' || !isComplete) return { kind: 'done', stateBefore: stateBefore === 'held' ? 'expired' : stateBefore, expiresAtMs: null }
  record.expiresAtMs = Math.max(record.expiresAtMs, expiresAtMs)
  for (const counter of counters) {
    const hold = counter?.holds.get(reservationId)
    if (hold) counter?.holds.set(reservationId, { ...hold, expiresAtMs: record.expiresAtMs })
  }
  return { kind: 'done', stateBefore, expiresAtMs: record.expiresAtMs }
}
