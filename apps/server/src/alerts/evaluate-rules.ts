import { type IdSource, type Period, Temporal } from '@tollgate/kernel'
import type { Quotas } from '@tollgate/quotas'
import type { RollupMaintenance } from '@tollgate/usage'
import type { AlertEvent } from './alert.ts'
import { EVALUATED_EVERY_MINUTES } from './alert-kind.ts'
import type { AlertRule, AlertRuleRef } from './alert-rule.ts'
import type { AlertStore, StoredAlertRule } from './alert-store.ts'
import { AlertsNotEvaluated } from './errors.ts'
import type { Observation } from './observation.ts'
import { costWindows, observeCostAnomaly } from './observe/observe-cost-anomaly.ts'
import { observeErrorRate } from './observe/observe-error-rate.ts'
import { followQuotaAlerts, observeExceededQuotas } from './observe/observe-exceeded-quotas.ts'
import { observeLatency } from './observe/observe-latency.ts'
import { observeVerification, overdueVerification } from './observe/observe-verification.ts'
import { type MeasureUsage, type SubjectUsage, subjectUsage } from './observe/subject-usage.ts'

/** What evaluations look at. */
export interface EvaluationSources {
  readonly store: AlertStore
  readonly measure: MeasureUsage
  readonly maintenance: Pick<RollupMaintenance, 'verify'>
  readonly quotas: Pick<Quotas, 'alerts'>
  readonly ids: IdSource
}

/** A verification that began longer ago did not complete. More than one was due meanwhile. */
const OVERDUE_HOURS = 2

/** Evaluates every rule but verification that is due. */
export async function evaluateRules(sources: EvaluationSources, now: Temporal.Instant): Promise<readonly AlertEvent[]> {
  const usageOf = rememberedUsage(sources.measure)
  const events: AlertEvent[] = []
  const failures: { rule: AlertRuleRef; error: unknown }[] = []
  for (const rule of await sources.store.rules()) {
    try {
      if (isOverdue(rule, now)) events.push(...(await tellOverdue(sources, rule, now)))
      else if (rule.kind !== 'VERIFICATION_FAILED')
        events.push(...(await evaluateRule(sources, { rule, now, observe: (due, at) => observe(sources, usageOf, due, at) })))
    } catch (error) {
      failures.push({ rule, error })
    }
  }
  if (failures.length > 0) throw new AlertsNotEvaluated(failures)
  return events
}

/** Verifies rollups, where that is due. */
export async function evaluateVerification(
  sources: EvaluationSources,
  { now, signal }: { now: Temporal.Instant; signal?: AbortSignal | undefined },
): Promise<readonly AlertEvent[]> {
  const rule = (await sources.store.rules()).find(({ kind }) => kind === 'VERIFICATION_FAILED')
  if (rule === undefined) return []
  return evaluateRule(sources, {
    rule,
    now,
    observe: async (due, at) => {
      await sources.store.noteBegun(due, now)
      return [await observeVerification(sources.maintenance, { range: windowOf(due, at), signal })]
    },
  })
}

interface DueRule {
  readonly rule: StoredAlertRule
  readonly now: Temporal.Instant
  readonly observe: (rule: StoredAlertRule, at: Temporal.Instant) => Promise<readonly Observation[]>
}

async function evaluateRule({ store, ids }: EvaluationSources, { rule, now, observe: observeRule }: DueRule): Promise<readonly AlertEvent[]> {
  const at = instantOf(rule, now)
  if (!rule.enabled || (rule.evaluatedAt !== null && Temporal.Instant.compare(rule.evaluatedAt, at) >= 0)) return []
  const observations = await observeRule(rule, at)
  const evaluated = await store.evaluate({ rule, at, observations, newAlertId: () => ids.uuidV7(at.epochMilliseconds) })
  // Changed meanwhile (`stale`): what was seen was perhaps looked for in another window. The instant is due still.
  return evaluated.outcome === 'evaluated' ? evaluated.events : []
}

function isOverdue({ enabled, pendingSince }: StoredAlertRule, now: Temporal.Instant): boolean {
  return enabled && pendingSince !== null && Temporal.Instant.compare(pendingSince, now.subtract({ hours: OVERDUE_HOURS })) < 0
}

async function tellOverdue({ store, ids }: EvaluationSources, rule: StoredAlertRule, now: Temporal.Instant): Promise<readonly AlertEvent[]> {
  const at = now.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const observations = [overdueVerification(rule.pendingSince ?? now)]
  const evaluated = await store.evaluate({ rule, at, observations, newAlertId: () => ids.uuidV7(at.epochMilliseconds), ends: false })
  return evaluated.outcome === 'evaluated' ? evaluated.events : []
}

/** The instant that is evaluated: the beginning of the minute or hour that it is. */
function instantOf({ kind }: AlertRule, now: Temporal.Instant): Temporal.Instant {
  return now.round({ smallestUnit: EVALUATED_EVERY_MINUTES[kind] === 60 ? 'hour' : 'minute', roundingMode: 'floor' })
}

function windowOf({ windowMinutes }: AlertRule, at: Temporal.Instant): Period {
  return { from: at.subtract({ minutes: windowMinutes }), to: at }
}

type UsageOf = (rule: AlertRule, at: Temporal.Instant) => Promise<readonly SubjectUsage[]>

/** Latency and error rate look at the same window, where nobody has changed that: it is measured once. */
function rememberedUsage(measure: MeasureUsage): UsageOf {
  const remembered = new Map<string, Promise<readonly SubjectUsage[]>>()
  return (rule, at) => {
    const key = `${rule.scope} ${rule.windowMinutes}`
    const usage = remembered.get(key) ?? subjectUsage(measure, { scope: rule.scope, buckets: [windowOf(rule, at)], latency: true })
    remembered.set(key, usage)
    return usage
  }
}

async function observe(sources: EvaluationSources, usageOf: UsageOf, rule: StoredAlertRule, at: Temporal.Instant): Promise<readonly Observation[]> {
  switch (rule.kind) {
    case 'LATENCY_P99':
      return observeLatency(await usageOf(rule, at))
    case 'ERROR_RATE':
      return observeErrorRate(await usageOf(rule, at))
    case 'COST_ANOMALY':
      return observeCostAnomaly(await subjectUsage(sources.measure, { scope: rule.scope, buckets: costWindows(at, rule.windowMinutes) }))
    case 'QUOTA_EXCEEDED':
      await followQuotaAlerts(sources.quotas, sources.store, at)
      return observeExceededQuotas(sources.store, windowOf(rule, at))
    case 'VERIFICATION_FAILED':
      return []
  }
}
