import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { Demand } from '../decisions/demand.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import type { CounterState, QuotaState } from '../counters/quota-state.ts'
import { windowOfSteps } from '../windows/sliding-steps.ts'

/** When usage was counted, and what was used before it. */
export interface CountedUse {
  readonly before: Decimal
  readonly nowMs: number
}

/**
 * Raises an alert for every threshold that usage has reached and that none was raised for in this window. Holds do not
 * count: they may be given back. Compares with what was raised, not with what was used before, so that a limit that
 * was lowered alerts at the next use. Another limit is another policy here: it alerts anew.
 */
export function raiseAlerts(alerts: QuotaState['alerts'], counter: CounterState, { policy, counter: of }: Demand, use: CountedUse): void {
  const { limit } = policy
  if (limit === null || counter.used.isZero()) return
  // Thresholds ascend, and most uses reach none of them.
  if (policy.alertAmounts[0]?.gt(counter.used) !== false) return
  const reached = policy.alertAt.filter((_, i) => policy.alertAmounts[i]?.lte(counter.used) === true)
  if (reached.length === 0) return
  const due = of.stepMs === null ? dueInWindow(counter, policy, reached) : dueWhileSliding(counter, policy, reached, { ...use, stepMs: of.stepMs })
  if (due.length === 0) return
  const { fromMs, toMs } = of.stepMs === null ? of : windowOfSteps(of.stepMs, use.nowMs)
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

function termsOf({ id, limit }: QuotaPolicy): string {
  return `${id}@${limit?.toFixed()}`
}

/** Of a fixed window: each once. Thresholds ascend, so that the highest one says which were raised. */
function dueInWindow(counter: CounterState, policy: QuotaPolicy, reached: readonly Decimal[]): readonly Decimal[] {
  const terms = termsOf(policy)
  const raised = counter.raised.get(terms) ?? ZERO
  const due = reached.filter(threshold => threshold.gt(raised))
  const highest = due.at(-1)
  if (highest !== undefined) counter.raised = new Map(counter.raised).set(terms, highest)
  return due
}

/**
 * Of a sliding window: once, and again where this use crosses it from below, a window's length or more after it was
 * raised. So what swings about a threshold alerts once a window at the most, and what stays above it not again.
 */
function dueWhileSliding(
  counter: CounterState,
  policy: QuotaPolicy,
  reached: readonly Decimal[],
  { before, nowMs, stepMs }: CountedUse & { readonly stepMs: number },
): readonly Decimal[] {
  const terms = termsOf(policy)
  const { fromMs } = windowOfSteps(stepMs, nowMs)
  const due = reached.filter((threshold, i) => {
    const raised = counter.raised.get(`${terms}@${threshold.toFixed()}`)
    return raised === undefined || (raised.lt(fromMs) && policy.alertAmounts[i]?.gt(before) === true)
  })
  if (due.length === 0) return due
  // Of other limits, what was raised so long ago is forgotten: what is remembered stays short.
  const kept = [...counter.raised].filter(([key, raised]) => key.startsWith(`${terms}@`) || raised.gte(fromMs))
  counter.raised = new Map([...kept, ...due.map(threshold => [`${terms}@${threshold.toFixed()}`, new Decimal(nowMs)] as const)])
  return due
}
