import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { QuotaPolicy } from '../../model/policies/policy.ts'
import { slidingWindowAt } from '../../model/limits/sliding-window.ts'
import type { Demand } from '../demands/demand.ts'
import type { CounterState } from '../state/counter-state.ts'
import type { QuotaState } from '../state/quota-state.ts'

/** When usage was counted, and how much was used before it. */
export interface CountedUse {
  readonly before: Decimal
  readonly nowMs: number
}

/**
 * Raises an alert for every threshold that usage has reached and that has no alert in this window yet. Holds do not count:
 * they can be released. A threshold is compared with the alerts raised, not with the usage before. Another limit alerts
 * again; a policy that is replaced by one with the same limit does not.
 */
export function raiseAlerts(alerts: QuotaState['alerts'], counter: CounterState, { policy, counter: of }: Demand, use: CountedUse): void {
  const { limit } = policy
  if (limit === null || counter.used.isZero()) return
  // Thresholds ascend, and most uses reach none of them.
  if (policy.alertAmounts[0]?.gt(counter.used) !== false) return
  const reached = policy.alertAt.filter((_, i) => policy.alertAmounts[i]?.lte(counter.used) === true)
  if (reached.length === 0) return
  const due = of.stepMs === null ? dueInFixedWindow(counter, policy, reached) : dueInSlidingWindow(counter, policy, reached, { ...use, stepMs: of.stepMs })
  if (due.length === 0) return
  const { fromMs, toMs } = of.stepMs === null ? of : slidingWindowAt(of.stepMs, use.nowMs)
  for (const threshold of due) {
    alerts.push({
      counterKey: of.key,
      alert: {
        tenantId: of.tenantId,
        policyId: policy.id,
        metric: policy.metric,
        operation: policy.operation,
        window: policy.window,
        sliding: policy.sliding,
        windowFrom: Temporal.Instant.fromEpochMilliseconds(fromMs),
        windowTo: Temporal.Instant.fromEpochMilliseconds(toMs),
        scope: policy.scope,
        scopeValue: of.scopeValues,
        threshold,
        used: counter.used,
        limit,
        occurredAt: Temporal.Instant.fromEpochMilliseconds(use.nowMs),
      },
    })
  }
}

/** Raises alerts for the amount of an expired lease, which counts as used. */
export function raiseAlertsOfLapse(alerts: QuotaState['alerts'], counter: CounterState | undefined, demand: Demand, nowMs: number): void {
  if (counter?.hasLapsed !== true) return
  counter.hasLapsed = false
  raiseAlerts(alerts, counter, demand, { before: counter.used, nowMs })
}

/** Key of an alert among those raised. It also names the policy, but alerts of other policies with the same limit are found too. */
function policyAndLimit({ id, limit }: QuotaPolicy): string {
  return `${id}@${limit?.toFixed()}`
}

/** Returns the highest value whose key ends with a limit, and a threshold if there is one. */
function lastRaised({ raised }: CounterState, ending: string): Decimal | undefined {
  let last: Decimal | undefined
  for (const [key, value] of raised) if (key.endsWith(ending) && last?.gte(value) !== true) last = value
  return last
}

/** Each threshold alerts once in a fixed window. Thresholds ascend, so the highest one stands for all that were raised. */
function dueInFixedWindow(counter: CounterState, policy: QuotaPolicy, reached: readonly Decimal[]): readonly Decimal[] {
  const key = policyAndLimit(policy)
  const raised = counter.raised.get(key) ?? lastRaised(counter, `@${policy.limit?.toFixed()}`) ?? ZERO
  const due = reached.filter(threshold => threshold.gt(raised))
  const highest = due.at(-1)
  if (highest !== undefined) counter.raised = new Map(counter.raised).set(key, highest)
  return due
}

/**
 * A threshold of a sliding window alerts again if this use crosses it from below, at least a window's length after its last
 * alert. So usage that oscillates around a threshold alerts at most once a window, and usage that stays above it does
 * not alert again.
 */
function dueInSlidingWindow(
  counter: CounterState,
  policy: QuotaPolicy,
  reached: readonly Decimal[],
  { before, nowMs, stepMs }: CountedUse & { readonly stepMs: number },
): readonly Decimal[] {
  const key = policyAndLimit(policy)
  const sameLimit = `@${policy.limit?.toFixed()}@`
  const { fromMs } = slidingWindowAt(stepMs, nowMs)
  const due = reached.filter((threshold, i) => {
    const raised = counter.raised.get(`${key}@${threshold.toFixed()}`) ?? lastRaised(counter, `${sameLimit}${threshold.toFixed()}`)
    return raised === undefined || (raised.lt(fromMs) && policy.alertAmounts[i]?.gt(before) === true)
  })
  if (due.length === 0) return due
  // Forgets old alerts of other limits, so that the map stays small.
  const kept = [...counter.raised].filter(([other, raised]) => other.includes(sameLimit) || raised.gte(fromMs))
  counter.raised = new Map([...kept, ...due.map(threshold => [`${key}@${threshold.toFixed()}`, new Decimal(nowMs)] as const)])
  return due
}
