import { raiseAlerts } from '../alerts/raise-alerts.ts'
import type { Demand } from '../demands/demand.ts'
import { addUse, type CounterState } from '../state/counter-state.ts'
import type { QuotaState } from '../state/quota-state.ts'

/** Counts the amount of a demand as used, and raises the alerts that it reaches. */
export function countUse({ alerts }: QuotaState, counter: CounterState, demand: Demand, nowMs: number): void {
  const before = counter.used
  if (!addUse(counter, demand.amount, { atMs: demand.atMs, nowMs })) return
  counter.limit = demand.policy.limit
  raiseAlerts(alerts, counter, demand, { before, nowMs })
}
