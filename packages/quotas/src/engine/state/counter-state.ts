import { type Decimal, ZERO } from '@tollgate/kernel'
import type { CounterReading } from '../../model/counters/counter-reading.ts'
import { addToStep, NO_STEPS, type StepAmounts, stepsCountingAt, sumOfSteps } from '../../model/limits/sliding-window.ts'

/** What one reservation or lease holds of one counter. */
export interface Hold {
  readonly amount: Decimal
  readonly expiresAtMs: number
  /** Policy revision of a lease. Null for a reservation. */
  readonly revision: string | null
}

/** A counter as commands read and change it. */
export interface CounterState {
  /** In a sliding window, the sum of `steps`. */
  used: Decimal
  /** Null for a fixed window. */
  stepMs: number | null
  /** Empty for a fixed window. */
  steps: StepAmounts
  /** The limit at the last use; null if it was unlimited or there was no use. For the history: no decision depends on it. */
  limit: Decimal | null
  /** The sum of all holds, including those that are not in `holds`. */
  reserved: Decimal
  /** The part of `reserved` that leases hold. */
  leased: Decimal
  /** Whether leases were recalled near the limit. None is granted until enough is free. */
  recalled: boolean
  /** Whether an expired lease still has to be checked for alerts. */
  hasLapsed: boolean
  /**
   * By id of the reservation or lease. A store may load a part: the holds that expire by the time of the commands, and those
   * of the reservations that commands name.
   */
  readonly holds: Map<string, Hold>
  /** No hold expires before this time. Saves looking at each of them. */
  nextExpiryMs: number
  /**
   * The highest percentage that an alert was raised for, by policy and limit. In a sliding window: when the alert was
   * raised, in milliseconds, by policy, limit and percentage. Replaced, never changed.
   */
  raised: ReadonlyMap<string, Decimal>
}

/** `raised` of a counter without alerts. */
export const NO_ALERTS: CounterState['raised'] = new Map()

/** Returns a counter that has counted nothing. */
export function newCounter(): CounterState {
  return {
    used: ZERO,
    stepMs: null,
    steps: NO_STEPS,
    limit: null,
    reserved: ZERO,
    leased: ZERO,
    recalled: false,
    hasLapsed: false,
    holds: new Map(),
    nextExpiryMs: Infinity,
    raised: NO_ALERTS,
  }
}

/**
 * Removes holds that have expired: from `expiresAtMs` on, a hold no longer counts. What a lease held may have been spent by
 * a process that can no longer report it, so it counts as used.
 */
export function expireHolds(counter: CounterState, nowMs: number): void {
  if (nowMs < counter.nextExpiryMs) return
  let nextExpiryMs = Infinity
  for (const [id, { amount, expiresAtMs, revision }] of counter.holds) {
    if (expiresAtMs <= nowMs) {
      dropHold(counter, id)
      if (revision === null) continue
      counter.used = counter.used.plus(amount)
      counter.hasLapsed = true
    } else {
      nextExpiryMs = Math.min(nextExpiryMs, expiresAtMs)
    }
  }
  counter.nextExpiryMs = nextExpiryMs
}

/** Removes the steps of a sliding window that no longer count. */
export function slideCounter(counter: CounterState, stepMs: number, nowMs: number): void {
  counter.stepMs = stepMs
  const steps = stepsCountingAt(counter.steps, stepMs, nowMs)
  if (steps === counter.steps) return
  counter.steps = steps
  counter.used = sumOfSteps(steps)
}

/** Returns the reading of a counter whose holds are up to date. Unlike `slideCounter`, changes nothing. */
export function readCounter({ used, reserved, stepMs, steps }: CounterState, nowMs: number): CounterReading {
  if (stepMs === null) return { used, reserved, steps }
  const counting = stepsCountingAt(steps, stepMs, nowMs)
  return { used: counting === steps ? used : sumOfSteps(counting), reserved, steps: counting }
}

/** Adds an amount to what is used. Returns false if it is older than the sliding window, so that it does not count. */
export function addUse(counter: CounterState, amount: Decimal, { atMs, nowMs }: { readonly atMs: number; readonly nowMs: number }): boolean {
  if (counter.stepMs !== null) {
    const steps = addToStep(counter.steps, amount, { stepMs: counter.stepMs, atMs, nowMs })
    if (steps === undefined) return false
    counter.steps = steps
  }
  counter.used = counter.used.plus(amount)
  return true
}

/** Adds a hold, on top of what the same reservation or lease holds already. */
export function addHold(counter: CounterState, id: string, { amount, expiresAtMs, revision }: Hold): void {
  const before = counter.holds.get(id)
  counter.holds.set(id, { amount: before ? before.amount.plus(amount) : amount, expiresAtMs, revision })
  counter.reserved = counter.reserved.plus(amount)
  if (revision !== null) counter.leased = counter.leased.plus(amount)
  counter.nextExpiryMs = Math.min(counter.nextExpiryMs, expiresAtMs)
}

/** Removes what a reservation or lease holds of the counter, if anything. */
export function dropHold(counter: CounterState, id: string): void {
  const hold = counter.holds.get(id)
  if (hold === undefined) return
  counter.holds.delete(id)
  counter.reserved = counter.reserved.minus(hold.amount)
  if (hold.revision !== null) counter.leased = counter.leased.minus(hold.amount)
}
