import { countingIds, Decimal, Temporal } from '@tollgate/kernel'
import type { AlertEvaluation, AlertStore, StoredAlertRule } from '../../alert-store.ts'
import type { AlertEvent } from '../../model/alert.ts'
import type { AlertRuleRef } from '../../model/alert-rule.ts'
import type { Observation } from '../../model/observation.ts'

/** The rule that contract tests use unless they need another: raises at once, recovers after three evaluations. */
export const ERROR_RATE: AlertRuleRef = { kind: 'ERROR_RATE', scope: 'TENANT' }

/** A minute on the day of the contract tests. */
export function minute(number: number): Temporal.Instant {
  return Temporal.Instant.from('2026-11-20T12:00:00Z').add({ minutes: number })
}

/** Reads one rule. */
export async function readRule(store: AlertStore, { kind, scope }: AlertRuleRef): Promise<StoredAlertRule> {
  const rule = (await store.rules()).find(one => one.kind === kind && one.scope === scope)
  if (rule === undefined) throw new Error(`There is no rule ${kind} for ${scope}`)
  return rule
}

/** Observations of 100 calls each, by tenant; "*" is the installation. */
export function observations(values: Readonly<Record<string, string>>): Observation[] {
  return Object.entries(values).map(([tenant, value]) => ({
    tenantId: tenant === '*' ? null : tenant,
    value: new Decimal(value),
    calls: 100,
    details: { calls: 100 },
  }))
}

const ids = countingIds()

/** Evaluates a rule as it is stored now, and throws if the store did not evaluate it. */
export async function evaluate(
  store: AlertStore,
  at: Temporal.Instant,
  values: Readonly<Record<string, string>>,
  { ref = ERROR_RATE, ...more }: Partial<AlertEvaluation> & { readonly ref?: AlertRuleRef } = {},
): Promise<readonly AlertEvent[]> {
  const result = await store.evaluate(await evaluationOf(store, at, values, { ref, ...more }))
  if (result.outcome !== 'evaluated') throw new Error(`The store did not evaluate: ${result.outcome}`)
  return result.events
}

/** One evaluation of a rule as it is stored now. */
export async function evaluationOf(
  store: AlertStore,
  at: Temporal.Instant,
  values: Readonly<Record<string, string>>,
  { ref = ERROR_RATE, ...more }: Partial<AlertEvaluation> & { readonly ref?: AlertRuleRef } = {},
): Promise<AlertEvaluation> {
  const rule = await readRule(store, ref)
  return { rule, at, observations: observations(values), newAlertId: () => ids.uuidV7(at.epochMilliseconds), ...more }
}

/** Events in short: "RAISED acme 0.5". */
export function summarize(events: readonly AlertEvent[]): string[] {
  return events.map(({ type, tenantId, value }) => `${type} ${tenantId ?? '*'} ${value?.toFixed() ?? '-'}`)
}
