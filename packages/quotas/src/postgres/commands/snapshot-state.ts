import type { Decimal } from '@tollgate/kernel'
import type { CounterState } from '../../engine/state/counter-state.ts'
import type { KeyedUse, QuotaState, ReservationRecord } from '../../engine/state/quota-state.ts'
import type { ChangedCounter } from '../tables/counters.ts'
import type { KeyedHold } from '../tables/holds.ts'

/** What commands changed. */
export interface StateChanges {
  /** Counters of fixed windows of which only the used amount changed: nearly all. */
  readonly usedCounters: readonly ChangedCounter[]
  /** All other counters that changed. */
  readonly counters: readonly ChangedCounter[]
  readonly newReservations: readonly ReservationRecord[]
  readonly changedReservations: readonly ReservationRecord[]
  /** Holds that are new, or have another amount or expiry. */
  readonly holds: readonly KeyedHold[]
  readonly endedHolds: readonly KeyedHold[]
  readonly newKeyedUses: readonly KeyedUse[]
}

/** Remembers a state, and returns a function that finds what changed since. Amounts are immutable: another object is another amount. */
export function snapshotState(state: QuotaState): () => StateChanges {
  const counters = new Map<string, CounterState>()
  for (const [id, counter] of state.counters) counters.set(id, { ...counter })
  const reservations = new Map([...state.reservations].map(([id, { closed, expiresAtMs }]) => [id, { closed, expiresAtMs }]))
  const holds = keyedHolds(state)
  const keyedUses = new Set(state.keyedUses.keys())

  return () => {
    const now = keyedHolds(state)
    const changed = { usedCounters: [] as ChangedCounter[], counters: [] as ChangedCounter[] }
    for (const entry of state.counters) {
      const [id, { used, reserved, raised, limit, stepMs, leased, recalled }] = entry
      const before = counters.get(id)
      const isSame =
        before !== undefined && before.reserved === reserved && before.raised === raised && before.leased === leased && before.recalled === recalled
      if (!isSame || stepMs !== null || !areEqual(before.limit, limit)) changed.counters.push(entry)
      else if (before.used !== used) changed.usedCounters.push(entry)
    }
    return {
      ...changed,
      newReservations: [...state.reservations].flatMap(([id, record]) => (reservations.has(id) ? [] : [record])),
      changedReservations: [...state.reservations].flatMap(([id, record]) => {
        const before = reservations.get(id)
        return before && (before.closed !== record.closed || before.expiresAtMs !== record.expiresAtMs) ? [record] : []
      }),
      holds: [...now].flatMap(([key, hold]) => {
        const before = holds.get(key)
        return before?.amount === hold.amount && before.expiresAtMs === hold.expiresAtMs ? [] : [hold]
      }),
      endedHolds: [...holds].flatMap(([key, hold]) => (now.has(key) ? [] : [hold])),
      newKeyedUses: [...state.keyedUses].flatMap(([id, use]) => (keyedUses.has(id) ? [] : [use])),
    }
  }
}

function areEqual(a: Decimal | null, b: Decimal | null): boolean {
  return a === b || (a !== null && b !== null && a.eq(b))
}

function keyedHolds({ counters }: QuotaState): Map<string, KeyedHold> {
  const keyed = new Map<string, KeyedHold>()
  for (const [counterId, { holds }] of counters) {
    for (const [reservationId, hold] of holds) keyed.set(`${reservationId} ${counterId}`, { ...hold, reservationId, counterId })
  }
  return keyed
}
