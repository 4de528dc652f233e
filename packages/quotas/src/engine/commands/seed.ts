import { Decimal, ZERO } from '@tollgate/kernel'
import { raiseAlerts } from '../alerts/raise-alerts.ts'
import type { Demand } from '../demands/demand.ts'
import { addUse } from '../state/counter-state.ts'
import { counterAt, type QuotaState } from '../state/quota-state.ts'
import type { Done } from './outcome.ts'

/** Seeds a counter with recorded usage that it has not counted. */
export interface SeedCommand {
  readonly kind: 'seed'
  readonly tenantId: string
  readonly nowMs: number
  /** Recorded usage of one counter: its total or, for a sliding window, the total of each step. */
  readonly demands: readonly Demand[]
}

/**
 * Applies a seed command: raises the counter to the recorded usage. What it has counted already is not counted twice, and
 * what was taken without a usage event stays. In a sliding window the latest steps are filled first, so that usage is
 * forgotten late rather than early.
 */
export function seed(state: QuotaState, { demands, nowMs }: SeedCommand): Done {
  const [first] = demands
  if (first !== undefined) {
    const counter = counterAt(state, first.counter, nowMs)
    const before = counter.used
    const { stepMs } = first.counter
    let missing = demands.reduce((sum, { amount }) => sum.plus(amount), ZERO).minus(before)
    for (const { amount, atMs } of demands.toSorted((a, b) => b.atMs - a.atMs)) {
      const counted = stepMs === null ? before : (counter.steps.get(Math.floor(atMs / stepMs)) ?? ZERO)
      const added = Decimal.min(missing, amount.minus(counted))
      if (added.lte(0) || !addUse(counter, added, { atMs, nowMs })) continue
      missing = missing.minus(added)
    }
    if (counter.used !== before) {
      counter.limit = first.policy.limit
      raiseAlerts(state.alerts, counter, first, { before, nowMs })
    }
  }
  return { kind: 'done', stateBefore: null, expiresAtMs: null }
}
