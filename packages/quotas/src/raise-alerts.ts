import { Temporal, ZERO } from '@tollgate/kernel'
import type { Demand } from './demand.ts'
import type { CounterState, QuotaState } from './quota-state.ts'

/**
 * Raises an alert for every threshold that usage has reached and that none was raised for in this window. Holds do not
 * count: they may be given back. Compares with what was raised, not with what was used before, so that a limit that
 * was lowered alerts at the next use. Another limit is another policy here: it alerts anew.
 */
export function raiseAlerts(
  alerts: QuotaState['alerts'],
  counter: CounterState,
  { policy, counter: { key, tenantId, scopeValues, fromMs, resetsAt } }: Demand,
  nowMs: number,
): void {
  const { limit } = policy
  if (limit === null || counter.used.isZero()) return
  const reached = policy.alertAt.filter((_, i) => policy.alertAmounts[i]?.lte(counter.used) === true)
  if (reached.length === 0) return
  const terms = `${policy.id}@${limit.toFixed()}`
  const raised = counter.raised.get(terms) ?? ZERO
  for (const threshold of reached) {
    if (threshold.lte(raised)) continue
    counter.raised = new Map(counter.raised).set(terms, threshold)
    alerts.push({
      counterKey: key,
      alert: {
        tenantId,
        policyId: policy.id,
        metric: policy.metric,
        operation: policy.operation,
        window: policy.window,
        windowFrom: Temporal.Instant.fromEpochMilliseconds(fromMs),
        windowTo: resetsAt,
        scope: policy.scope,
        scopeValue: scopeValues,
        threshold,
        used: counter.used,
        limit,
        occurredAt: Temporal.Instant.fromEpochMilliseconds(nowMs),
      },
    })
  }
}
