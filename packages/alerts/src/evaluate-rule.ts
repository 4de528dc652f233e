import { type IdSource, Temporal } from '@tollgate/kernel'
import type { AlertStore, StoredAlertRule } from './alert-store.ts'
import type { AlertEvent } from './model/alert.ts'
import { EVALUATION_INTERVAL_MINUTES } from './model/alert-kind.ts'
import type { AlertRule } from './model/alert-rule.ts'
import type { Observation } from './model/observation.ts'

/** A rule and how to observe what it watches. */
export interface DueRule {
  readonly rule: StoredAlertRule
  readonly now: Temporal.Instant
  readonly observe: (rule: StoredAlertRule, at: Temporal.Instant) => Promise<readonly Observation[]>
}

/** Evaluates a rule for the current minute or hour, unless it is disabled or that instant was evaluated already. */
export async function evaluateRule({ store, ids }: { store: AlertStore; ids: IdSource }, { rule, now, observe }: DueRule): Promise<readonly AlertEvent[]> {
  const at = evaluationInstant(rule, now)
  if (!rule.enabled || (rule.evaluatedAt !== null && Temporal.Instant.compare(rule.evaluatedAt, at) >= 0)) return []
  const observations = await observe(rule, at)
  const evaluated = await store.evaluate({ rule, at, observations, newAlertId: () => ids.uuidV7(at.epochMilliseconds) })
  // `rule_changed`: the observations may belong to another window. The instant stays due.
  return evaluated.outcome === 'evaluated' ? evaluated.events : []
}

/** Start of the current minute or hour. */
function evaluationInstant({ kind }: AlertRule, now: Temporal.Instant): Temporal.Instant {
  return now.round({ smallestUnit: EVALUATION_INTERVAL_MINUTES[kind] === 60 ? 'hour' : 'minute', roundingMode: 'floor' })
}
