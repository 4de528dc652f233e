import { type Decimal, InvalidInput, type Issue } from '@tollgate/kernel'
import { type AmountInput, readAmount } from '@tollgate/kernel/input'
import type { AlertRule, AlertRuleChange } from './alert-rule.ts'
import { checkThreshold } from './check-threshold.ts'

/** A week. A cost rule reads eight windows. */
const MAX_WINDOW_MINUTES = 7 * 24 * 60
const MAX_EVALUATIONS = 1_000
const MAX_CALLS = 1_000_000

/** Returns the rule with the change applied. Throws `InvalidInput` with every issue. */
export function applyRuleChange<Rule extends AlertRule>(rule: Rule, change: AlertRuleChange): Rule {
  const unreadable: Issue[] = []
  const changed = {
    ...rule,
    enabled: change.enabled ?? rule.enabled,
    threshold: readAmountAt('threshold', change.threshold, unreadable) ?? rule.threshold,
    recoverRatio: readAmountAt('recoverRatio', change.recoverRatio, unreadable) ?? rule.recoverRatio,
    windowMinutes: change.windowMinutes ?? rule.windowMinutes,
    minimumCalls: change.minimumCalls ?? rule.minimumCalls,
    raiseAfter: change.raiseAfter ?? rule.raiseAfter,
    recoverAfter: change.recoverAfter ?? rule.recoverAfter,
  }
  const issues = [
    ...unreadable,
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

/** Reads an amount; undefined if it is omitted, or none. Adds an issue for one that is none. */
export function readAmountAt(path: string, amount: AmountInput | null | undefined, issues: Issue[]): Decimal | undefined {
  if (amount === null || amount === undefined) return undefined
  const value = readAmount(amount)
  if (value === undefined) issues.push({ path, message: 'must be a decimal, such as "0.05" or 500' })
  return value
}

function checkMinimumCalls({ kind, minimumCalls }: AlertRule, changed: number | null): Issue[] {
  if (changed === null) return []
  if (minimumCalls === null) return [{ path: 'minimumCalls', message: `cannot be set for ${kind}, which does not measure calls` }]
  return checkWholeNumber('minimumCalls', changed, 1, MAX_CALLS)
}

function checkWholeNumber(path: string, value: number, from: number, to: number): Issue[] {
  return Number.isInteger(value) && value >= from && value <= to ? [] : [{ path, message: `must be a whole number from ${from} to ${to}, not ${value}` }]
}
