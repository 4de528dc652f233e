import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { QuotaPolicy } from '../../model/policy.ts'
import { slidingWindowAt } from '../../model/sliding-window.ts'
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
 * they can be released. A threshold is compared with the alerts raised, not with the usage before, so a lowered limit
 * alerts at the next use. A policy with another limit counts as another policy and alerts again.
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

function policyAndLimit({ id, limit }: QuotaPolicy): string {
  return `${id}@${limit?.toFixed()}`
}

/** Each threshold alerts once in a fixed window. Thresholds ascend, so the highest one stands for all that were raised. */
function dueInFixedWindow(counter: CounterState, policy: QuotaPolicy, reached: readonly Decimal[]): readonly Decimal[] {
  const key = policyAndLimit(policy)
  const raised = counter.raised.get(key) ?? ZERO
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
  const { fromMs } = slidingWindowAt(stepMs, nowMs)
  const due = reached.filter((threshold, i) => {
    const raised = counter.raised.get(`${key}@${threshold.toFixed()}`)
    return raised === undefined || (raised.lt(fromMs) && policy.alertAmounts[i]?.gt(before) === true)
  })
  if (due.length === 0) return due
  // Forgets old alerts of other limits, so that the map stays small.
  const kept = [...counter.raised].filter(([other, raised]) => other.startsWith(`${key}@`) || raised.gte(fromMs))
  counter.raised = new Map([...kept, ...due.map(threshold => [`${key}@${threshold.toFixed()}`, new Decimal(nowMs)] as const)])
  return due
}
