import type { Decimal } from '@tollgate/kernel'
import type { CounterState, Hold, QuotaState, ReservationRecord } from '../counters/quota-state.ts'

/** A hold, and whose of what it is. */
export interface KeyedHold extends Hold {
  readonly reservationId: string
  readonly counterId: string
}

/** What commands changed. */
export interface StateChanges {
  /** Of which nothing changed but what was used: nearly all. Those whose windows slide are not among them. */
  readonly usedMore: readonly (readonly [id: string, counter: CounterState])[]
  /** All others that changed. */
  readonly counters: readonly (readonly [id: string, counter: CounterState])[]
  readonly newReservations: readonly ReservationRecord[]
  readonly changedReservations: readonly ReservationRecord[]
  /** New, or with another expiry. */
  readonly holds: readonly KeyedHold[]
  readonly endedHolds: readonly KeyedHold[]
}

/** Remembers a state, and tells later what was changed since. Amounts are immutable: another object is another amount. */
export function snapshotState(state: QuotaState): () => StateChanges {
  const counters = new Map<string, CounterState>()
  for (const [id, counter] of state.counters) counters.set(id, { ...counter })
  const reservations = new Map([...state.reservations].map(([id, { closed, expiresAtMs }]) => [id, { closed, expiresAtMs }]))
  const holds = keyedHolds(state)

  return () => {
    const now = keyedHolds(state)
    const changed = { usedMore: [] as [string, CounterState][], counters: [] as [string, CounterState][] }
    for (const entry of state.counters) {
      const [id, { used, reserved, raised, limit, stepMs, leased, recalled }] = entry
      const before = counters.get(id)
      const same = before !== undefined && before.reserved === reserved && before.raised === raised && before.leased === leased && before.recalled === recalled
      if (!same || stepMs !== null || !isSame(before.limit, limit)) changed.counters.push(entry)
      else if (before.used !== used) changed.usedMore.push(entry)
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
    }
  }
}

function isSame(a: Decimal | null, b: Decimal | null): boolean {
  return a === b || (a !== null && b !== null && a.eq(b))
}

function keyedHolds({ counters }: QuotaState): Map<string, KeyedHold> {
  const keyed = new Map<string, KeyedHold>()
  for (const [counterId, { holds }] of counters) {
    for (const [reservationId, hold] of holds) keyed.set(`${reservationId} ${counterId}`, { ...hold, reservationId, counterId })
  }
  return keyed
}
