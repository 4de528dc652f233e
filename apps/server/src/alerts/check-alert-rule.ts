import { type Decimal, InvalidInput, type Issue } from '@tollgate/kernel'
import type { AlertKind } from './alert-kind.ts'
import type { AlertRule, AlertRuleChange } from './alert-rule.ts'

/** A week: with the windows before it, cost reads eight. */
const MAX_WINDOW_MINUTES = 7 * 24 * 60

const MAX_EVALUATIONS = 1_000
const MAX_CALLS = 1_000_000

/** Single tenants of a kind that may have thresholds of their own. */
const MAX_TENANT_THRESHOLDS = 1_000

/** The rule as the change makes it. Throws `InvalidInput` with everything that is wrong with it. */
export function changedRule<Rule extends AlertRule>(rule: Rule, change: AlertRuleChange): Rule {
  const changed = {
    ...rule,
    enabled: change.enabled ?? rule.enabled,
    threshold: change.threshold ?? rule.threshold,
    recoverRatio: change.recoverRatio ?? rule.recoverRatio,
    windowMinutes: change.windowMinutes ?? rule.windowMinutes,
    minimumCalls: change.minimumCalls ?? rule.minimumCalls,
    raiseAfter: change.raiseAfter ?? rule.raiseAfter,
    recoverAfter: change.recoverAfter ?? rule.recoverAfter,
  }
  const issues = [
    ...checkThreshold(rule.kind, changed.threshold),
    ...(changed.recoverRatio.gte(0) && changed.recoverRatio.lte(1)
      ? []
      : [{ path: 'recoverRatio', message: `must be from 0 to 1, not ${changed.recoverRatio.toFixed()}` }]),
    ...checkWholeNumber('windowMinutes', changed.windowMinutes, 1, MAX_WINDOW_MINUTES),
    ...(rule.kind === 'COST_ANOMALY' && changed.windowMinutes % 60 !== 0
      ? [{ path: 'windowMinutes', message: 'must be whole hours: cost is looked at by the hour' }]
      : []),
    ...checkMinimumCalls(rule, changed.minimumCalls),
    ...checkWholeNumber('raiseAfter', changed.raiseAfter, 1, MAX_EVALUATIONS),
    ...checkWholeNumber('recoverAfter', changed.recoverAfter, 1, MAX_EVALUATIONS),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
  return changed
}

/** The rule with another threshold for one tenant; with null, without one. Throws `InvalidInput`. */
export function withTenantThreshold<Rule extends AlertRule>(rule: Rule, { tenantId, threshold }: { tenantId: string; threshold: Decimal | null }): Rule {
  const issues = threshold === null ? [] : checkThreshold(rule.kind, threshold)
  const others = rule.tenantThresholds.filter(own => own.tenantId !== tenantId)
  if (threshold !== null && others.length >= MAX_TENANT_THRESHOLDS) {
    issues.push({ path: 'tenantId', message: `is one too many: ${MAX_TENANT_THRESHOLDS} tenants have a threshold of their own already` })
  }
  if (issues.length > 0) throw new InvalidInput(issues)
  return { ...rule, tenantThresholds: threshold === null ? others : [...others, { tenantId, threshold }] }
}

function checkThreshold(kind: AlertKind, threshold: Decimal): Issue[] {
  if (threshold.lt(0)) return [{ path: 'threshold', message: `must be 0 or more, not ${threshold.toFixed()}` }]
  if (kind === 'ERROR_RATE' && threshold.gt(1))
    return [{ path: 'threshold', message: `must be a part of the calls, from 0 to 1 (5 % is 0.05), not ${threshold.toFixed()}` }]
  return []
}

function checkMinimumCalls({ kind, minimumCalls }: AlertRule, changed: number | null): Issue[] {
  if (changed === null) return []
  if (minimumCalls === null) return [{ path: 'minimumCalls', message: `is not for ${kind}, which does not look at calls` }]
  return checkWholeNumber('minimumCalls', changed, 1, MAX_CALLS)
}

function checkWholeNumber(path: string, value: number, from: number, to: number): Issue[] {
  return Number.isInteger(value) && value >= from && value <= to ? [] : [{ path, message: `must be a whole number from ${from} to ${to}, not ${value}` }]
}
