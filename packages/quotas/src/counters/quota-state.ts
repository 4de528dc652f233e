import { type Decimal, ZERO } from '@tollgate/kernel'
import type { QuotaAlert } from '../alerts/alert.ts'
import type { CounterReading } from './counter-reading.ts'
import type { Reservation } from '../reservations/reservation.ts'
import { addToStep, NO_STEPS, type StepAmounts, stepsAt, sumOfSteps } from '../windows/sliding-steps.ts'

/** What one reservation, or one lease, holds of one counter. */
export interface Hold {
  readonly amount: Decimal
  readonly expiresAtMs: number
  /** Of a lease: that of the policies that it was made by. Null: a reservation's. */
  readonly revision: string | null
}

/** One counter, as commands change it. */
export interface CounterState {
  /** Where the window slides: the sum of `steps`. */
  used: Decimal
  /** Null where the window is fixed. */
  stepMs: number | null
  /** Empty where the window is fixed. */
  steps: StepAmounts
  /** That it was last used under; null where it was not, or is unlimited. Decides nothing. */
  limit: Decimal | null
  /** The sum of all holds, also of those that are not in `holds`. */
  reserved: Decimal
  /** The part of it that leases hold. */
  leased: Decimal
  /** Leases were called back near the limit: none is given any more. */
  recalled: boolean
  /** A lease expired, and no alert was raised yet for what it came to. */
  lapsed: boolean
  /** By reservation, or lease. A store that loads only some must load those that expire by the time of the commands, and those of reservations that they name. */
  readonly holds: Map<string, Hold>
  /** No hold expires before this time: spares looking at each. */
  nextExpiryMs: number
  /**
   * By policy and limit: the highest threshold, in percent, that an alert was raised for. Where the window slides, by
   * threshold too: when it was raised, in milliseconds. Replaced, not changed.
   */
  raised: ReadonlyMap<string, Decimal>
}

/** A reservation, as commands change it. */
export interface ReservationRecord {
  readonly reservation: Reservation
  closed: 'settled' | 'released' | null
  expiresAtMs: number
  /** The counters that it held something of, when it was made. */
  readonly counters: readonly string[]
}

/**
 * What commands read and change. A store hands in the part that they need, exclusively its own until they are through,
 * and keeps what was changed.
 */
export interface QuotaState {
  revisionOf(tenantId: string): string
  /** By the counter's key. One that is missing has counted nothing. */
  readonly counters: Map<string, CounterState>
  readonly reservations: Map<string, ReservationRecord>
  /** Raised by the commands; appended. */
  readonly alerts: RaisedAlert[]
  /** Keys of the counters whose leases the commands called back; appended. */
  readonly recalls: string[]
}

/** An alert that has no place in the order of alerts yet, and the counter that it is of. */
export interface RaisedAlert {
  readonly counterKey: string
  readonly alert: Omit<QuotaAlert, 'cursor'>
}

/** No alert was raised yet. */
export const NOTHING_RAISED: CounterState['raised'] = new Map()

/** A counter that has counted nothing. */
export function newCounter(): CounterState {
  return {
    used: ZERO,
    stepMs: null,
    steps: NO_STEPS,
    limit: null,
    reserved: ZERO,
    leased: ZERO,
    recalled: false,
    lapsed: false,
    holds: new Map(),
    nextExpiryMs: Infinity,
    raised: NOTHING_RAISED,
  }
}

/**
 * Lets go of what reservations hold whose time has come: from `expiresAtMs` on, a hold counts no more. What a lease held
 * may have been spent, by a process that cannot report it any more: it counts as used.
 */
export function expireHolds(counter: CounterState, nowMs: number): void {
  if (nowMs < counter.nextExpiryMs) return
  let nextExpiryMs = Infinity
  for (const [id, { amount, expiresAtMs, revision }] of counter.holds) {
    if (expiresAtMs <= nowMs) {
      dropHold(counter, id)
      if (revision === null) continue
      counter.used = counter.used.plus(amount)
      counter.lapsed = true
    } else {
      nextExpiryMs = Math.min(nextExpiryMs, expiresAtMs)
    }
  }
  counter.nextExpiryMs = nextExpiryMs
}

/** Forgets the steps of a sliding window that count no more. */
export function slideCounter(counter: CounterState, stepMs: number, nowMs: number): void {
  counter.stepMs = stepMs
  const steps = stepsAt(counter.steps, stepMs, nowMs)
  if (steps === counter.steps) return
  counter.steps = steps
  counter.used = sumOfSteps(steps)
}

/** What a counter whose holds are those of the time shows then. Unlike `slideCounter`, forgets nothing. */
export function readCounter({ used, reserved, stepMs, steps }: CounterState, nowMs: number): CounterReading {
  if (stepMs === null) return { used, reserved, steps }
  const counting = stepsAt(steps, stepMs, nowMs)
  return { used: counting === steps ? used : sumOfSteps(counting), reserved, steps: counting }
}

/** Counts an amount; answers whether it counts now: what was used before a sliding window began does not. */
export function countUse(counter: CounterState, amount: Decimal, { atMs, nowMs }: { readonly atMs: number; readonly nowMs: number }): boolean {
  if (counter.stepMs !== null) {
    const steps = addToStep(counter.steps, amount, { stepMs: counter.stepMs, atMs, nowMs })
    if (steps === undefined) return false
    counter.steps = steps
  }
  counter.used = counter.used.plus(amount)
  return true
}

/** Holds an amount, beside what the reservation may hold of the counter already. */
export function addHold(counter: CounterState, reservationId: string, { amount, expiresAtMs, revision }: Hold): void {
  const before = counter.holds.get(reservationId)
  counter.holds.set(reservationId, { amount: before ? before.amount.plus(amount) : amount, expiresAtMs, revision })
  counter.reserved = counter.reserved.plus(amount)
  if (revision !== null) counter.leased = counter.leased.plus(amount)
  counter.nextExpiryMs = Math.min(counter.nextExpiryMs, expiresAtMs)
}

/** Gives back what the reservation holds of the counter, if anything. */
export function dropHold(counter: CounterState, reservationId: string): void {
  const hold = counter.holds.get(reservationId)
  if (hold === undefined) return
  counter.holds.delete(reservationId)
  counter.reserved = counter.reserved.minus(hold.amount)
  if (hold.revision !== null) counter.leased = counter.leased.minus(hold.amount)
}
