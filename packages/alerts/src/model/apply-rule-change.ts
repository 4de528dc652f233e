import { InvalidInput, type Issue } from '@tollgate/kernel'
import type { AlertRule, AlertRuleChange } from './alert-rule.ts'
import { checkThreshold } from './check-threshold.ts'

/** A week. A cost rule reads eight windows. */
const MAX_WINDOW_MINUTES = 7 * 24 * 60
const MAX_EVALUATIONS = 1_000
const MAX_CALLS = 1_000_000

/** Returns the rule with the change applied. Throws `InvalidInput` with every issue. */
export function applyRuleChange<Rule extends AlertRule>(rule: Rule, change: AlertRuleChange): Rule {
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
      ? [{ path: 'windowMinutes', message: 'must be whole hours (a multiple of 60): cost is compared by the hour' }]
      : []),
    ...checkMinimumCalls(rule, changed.minimumCalls),
    ...checkWholeNumber('raiseAfter', changed.raiseAfter, 1, MAX_EVALUATIONS),
    ...checkWholeNumber('recoverAfter', changed.recoverAfter, 1, MAX_EVALUATIONS),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
  return changed
}

function checkMinimumCalls({ kind, minimumCalls }: AlertRule, changed: number | null): Issue[] {
  if (changed === null) return []
  if (minimumCalls === null) return [{ path: 'minimumCalls', message: `cannot be set for ${kind}, which does not measure calls` }]
  return checkWholeNumber('minimumCalls', changed, 1, MAX_CALLS)
}

function checkWholeNumber(path: string, value: number, from: number, to: number): Issue[] {
  return Number.isInteger(value) && value >= from && value <= to ? [] : [{ path, message: `must be a whole number from ${from} to ${to}, not ${value}` }]
}
