import type { QuotaAlert } from '../../model/alert.ts'
import type { Counter } from '../../model/counters/counter.ts'
import type { Reservation } from '../../model/decisions/reservation.ts'
import { type CounterState, dropHold, expireHolds, newCounter, slideCounter } from './counter-state.ts'

/** A reservation as commands read and change it. */
export interface ReservationRecord {
  readonly reservation: Reservation
  closed: 'settled' | 'released' | null
  expiresAtMs: number
  /** Keys of the counters that it held something of when it was made. */
  readonly counters: readonly string[]
}

/** Amounts that were counted under an idempotency key. */
export interface KeyedUse {
  readonly tenantId: string
  readonly key: string
  /** What was asked. A store may keep a hash of it. */
  readonly content: string
  readonly atMs: number
}

/** Identifies the key of a tenant. */
export function keyedUseId({ tenantId, key }: Pick<KeyedUse, 'tenantId' | 'key'>): string {
  return JSON.stringify([tenantId, key])
}

/** An alert without a cursor yet, and the counter that raised it. */
export interface RaisedAlert {
  readonly counterKey: string
  readonly alert: Omit<QuotaAlert, 'cursor'>
}

/**
 * Everything that commands read and change. A store loads the part that they need, lets nobody else touch it until they
 * are done, and saves what changed.
 */
export interface QuotaState {
  revisionOf(tenantId: string): string
  /** By the counter's key. A counter that is missing has counted nothing. */
  readonly counters: Map<string, CounterState>
  readonly reservations: Map<string, ReservationRecord>
  /** By `keyedUseId`. */
  readonly keyedUses: Map<string, KeyedUse>
  /** Alerts that the commands raised, appended. */
  readonly alerts: RaisedAlert[]
  /** Keys of the counters whose leases the commands recalled, appended. */
  readonly recalls: string[]
}

/** Whether the policies of a tenant changed after a command was made. */
export function isStale(state: QuotaState, { tenantId, revision }: { readonly tenantId: string; readonly revision: string }): boolean {
  return state.revisionOf(tenantId) !== revision
}

/** Returns the state of a counter at a time, without expired holds and steps. Adds it if it is missing. */
export function counterAt({ counters }: QuotaState, { key, stepMs }: Counter, nowMs: number): CounterState {
  let counter = counters.get(key)
  if (counter === undefined) {
    counter = newCounter()
    counters.set(key, counter)
  }
  expireHolds(counter, nowMs)
  if (stepMs !== null) slideCounter(counter, stepMs, nowMs)
  return counter
}

/** Returns a reservation of a tenant, if there is one with this id. */
export function findReservation({ reservations }: QuotaState, tenantId: string, id: string): ReservationRecord | undefined {
  const record = reservations.get(id)
  return record?.reservation.tenantId === tenantId ? record : undefined
}

/** Ends a reservation: it no longer holds anything. */
export function closeReservation(state: QuotaState, record: ReservationRecord, closed: 'settled' | 'released'): void {
  record.closed = closed
  for (const key of record.counters) {
    const counter = state.counters.get(key)
    if (counter) dropHold(counter, record.reservation.id)
  }
}
