import { type IdSource, Temporal } from '@tollgate/kernel'
import type { AlertStore, StoredAlertRule } from './alert-store.ts'
import { costWindows, observeCostAnomaly } from './engine/observe-cost-anomaly.ts'
import { observeErrorRate } from './engine/observe-error-rate.ts'
import { observeExceededQuotas } from './engine/observe-exceeded-quotas.ts'
import { observeLatency } from './engine/observe-latency.ts'
import { observeOverdueVerification } from './engine/observe-verification.ts'
import { AlertsNotEvaluated } from './errors.ts'
import { evaluateRule } from './evaluate-rule.ts'
import { evaluationWindow } from './engine/evaluation-window.ts'
import { followQuotas } from './follow-quotas.ts'
import type { AlertEvent } from './model/alert.ts'
import type { AlertRule, AlertRuleRef } from './model/alert-rule.ts'
import type { Observation } from './model/observation.ts'
import type { SubjectUsage } from './model/subject-usage.ts'
import type { QuotaWatch } from './quota-watch.ts'
import type { UsageMeter } from './usage-meter.ts'

/** What evaluations read and write. */
export interface EvaluationDependencies {
  readonly store: AlertStore
  readonly usage: UsageMeter
  readonly quotas: QuotaWatch
  readonly ids: IdSource
}

/** A verification that started longer ago counts as failed. At least one more was due since. */
const OVERDUE_HOURS = 2

/** Evaluates every due rule except verification, for which it only notices that one is overdue. */
export async function evaluateRules(dependencies: EvaluationDependencies, now: Temporal.Instant): Promise<readonly AlertEvent[]> {
  const usageOf = cachedUsage(dependencies.usage)
  const events: AlertEvent[] = []
  const failures: { rule: AlertRuleRef; error: unknown }[] = []
  for (const rule of await dependencies.store.rules()) {
    try {
      if (isOverdue(rule, now)) events.push(...(await reportOverdue(dependencies, rule, now)))
      else if (rule.kind !== 'VERIFICATION_FAILED')
        events.push(...(await evaluateRule(dependencies, { rule, now, observe: (due, at) => observe(dependencies, usageOf, due, at) })))
    } catch (error) {
      failures.push({ rule, error })
    }
  }
  if (failures.length > 0) throw new AlertsNotEvaluated(failures)
  return events
}

function isOverdue({ enabled, pendingSince }: StoredAlertRule, now: Temporal.Instant): boolean {
  return enabled && pendingSince !== null && Temporal.Instant.compare(pendingSince, now.subtract({ hours: OVERDUE_HOURS })) < 0
}

async function reportOverdue({ store, ids }: EvaluationDependencies, rule: StoredAlertRule, now: Temporal.Instant): Promise<readonly AlertEvent[]> {
  const at = now.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const observations = [observeOverdueVerification(rule.pendingSince ?? now)]
  const evaluated = await store.evaluate({ rule, at, observations, newAlertId: () => ids.uuidV7(at.epochMilliseconds), interim: true })
  return evaluated.outcome === 'evaluated' ? evaluated.events : []
}

type UsageOf = (rule: AlertRule, at: Temporal.Instant) => Promise<readonly SubjectUsage[]>

/** Latency and error rate use the same window by default, so it is measured once. */
function cachedUsage(meter: UsageMeter): UsageOf {
  const cache = new Map<string, Promise<readonly SubjectUsage[]>>()
  return (rule, at) => {
    const key = `${rule.scope} ${rule.windowMinutes}`
    const usage = cache.get(key) ?? meter.measure({ scope: rule.scope, ranges: [evaluationWindow(rule, at)], latency: true })
    cache.set(key, usage)
    return usage
  }
}

async function observe(
  { store, usage, quotas }: EvaluationDependencies,
  usageOf: UsageOf,
  rule: StoredAlertRule,
  at: Temporal.Instant,
): Promise<readonly Observation[]> {
  switch (rule.kind) {
    case 'LATENCY_P99':
      return observeLatency(await usageOf(rule, at))
    case 'ERROR_RATE':
      return observeErrorRate(await usageOf(rule, at))
    case 'COST_ANOMALY':
      return observeCostAnomaly(await usage.measure({ scope: rule.scope, ranges: costWindows(at, rule.windowMinutes) }))
    case 'QUOTA_EXCEEDED':
      await followQuotas({ store, quotas }, at)
      return observeExceededQuotas(await store.exceededQuotas(evaluationWindow(rule, at)))
    case 'VERIFICATION_FAILED':
      return []
  }
}
