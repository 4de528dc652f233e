import type { Reservation } from '../../model/decisions/reservation.ts'
import { raiseAlertsOfLapse } from '../alerts/raise-alerts.ts'
import type { Demand } from '../demands/demand.ts'
import { findRefusals } from '../demands/find-refusals.ts'
import { addHold, type CounterState, newCounter } from '../state/counter-state.ts'
import { counterAt, type QuotaState } from '../state/quota-state.ts'
import { countUse } from './count-use.ts'
import type { Decided, Recalling } from './outcome.ts'

/** Demands to take together. */
export interface DemandsToTake {
  readonly nowMs: number
  readonly demands: readonly Demand[]
  /** Whether to recall leases that are in the way. If not, they count like any other hold. */
  readonly recalls: boolean
}

/** Takes all demands or none: they are held by the reservation or, without one, counted as used. */
export function decideDemands(state: QuotaState, { demands, recalls, nowMs }: DemandsToTake, reservation: Reservation | null): Decided | Recalling {
  const counters = demands.map(({ counter }) => counterAt(state, counter, nowMs))
  const refusals = findRefusals(demands, i => counters[i] ?? newCounter(), reservation !== null)
  const allowed = refusals.every(refusal => refusal === null)
  if (!allowed && recalls && refusals.every(refusal => refusal === null || refusal === 'over_limit') && recallLeases(state, demands, counters))
    return { kind: 'recalling' }
  if (allowed) {
    demands.forEach((demand, i) => {
      const counter = counters[i] ?? newCounter()
      if (reservation === null) countUse(state, counter, demand, nowMs)
      else addHold(counter, reservation.id, { amount: demand.amount, expiresAtMs: reservation.expiresAtMs, revision: null })
    })
  }
  demands.forEach((demand, i) => raiseAlertsOfLapse(state.alerts, counters[i], demand, nowMs))
  const outcomes = demands.map((demand, i) => {
    const { used, reserved, steps } = counterAt(state, demand.counter, nowMs)
    return { demand, refusal: refusals[i] ?? null, used, reserved, steps }
  })
  return { kind: 'decided', allowed, outcomes }
}

/** Recalls the leases of the demands' counters, if everything would fit without them. */
function recallLeases(state: QuotaState, demands: readonly Demand[], counters: readonly CounterState[]): boolean {
  if (counters.every(({ leased }) => leased.isZero())) return false
  const unleased = counters.map(counter => ({ ...counter, reserved: counter.reserved.minus(counter.leased) }))
  const refusals = findRefusals(demands, i => unleased[i] ?? newCounter(), false)
  if (refusals.some(refusal => refusal !== null)) return false
  demands.forEach(({ counter: { key }, policy }, i) => {
    const counter = counters[i]
    if (counter === undefined || counter.leased.isZero() || counter.recalled || policy.ceiling === null) return
    counter.recalled = true
    state.recalls.push(key)
  })
  return true
}
