import type { Demand } from '../demands/demand.ts'
import { raiseAlerts } from '../alerts/raise-alerts.ts'
import { counterAt, type QuotaState } from '../state/quota-state.ts'
import type { Done } from './outcome.ts'

/** Compares counters with the new limits of their policies. */
export interface ReviewCommand {
  readonly kind: 'review'
  readonly tenantId: string
  readonly nowMs: number
  /** Counters and their new policies, with amounts of 0. */
  readonly demands: readonly Demand[]
}

/** Applies a review command: raises the alerts of thresholds that usage has reached already, so that a lowered limit alerts at once. */
export function review(state: QuotaState, { demands, nowMs }: ReviewCommand): Done {
  for (const demand of demands) {
    const counter = counterAt(state, demand.counter, nowMs)
    counter.hasLapsed = false
    if (counter.used.isZero()) continue
    counter.limit = demand.policy.limit
    raiseAlerts(state.alerts, counter, demand, { before: counter.used, nowMs })
  }
  return { kind: 'done', stateBefore: null, expiresAtMs: null }
}
