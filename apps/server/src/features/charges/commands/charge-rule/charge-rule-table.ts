import { type ChargeRule, chargeRuleLabel } from '@tollgate/charges'
import type { Temporal } from '@tollgate/kernel'
import { ChargeRuleId } from '../../ids.ts'
import { table } from '../../../../cli/table.ts'
import { describeTerms } from './describe-terms.ts'

/** Versions of charge rules as a table; with a column for those that hold now where their ids are given. */
export function chargeRuleTable(rules: readonly ChargeRule[], inEffect?: ReadonlySet<string>): string {
  const columns = ['id', 'kind', 'rule', 'for', 'from', 'to', ...(inEffect ? ['now'] : []), 'says'].map(heading => ({ heading }))
  const cells = (rule: ChargeRule) => [
    ChargeRuleId.encode(rule.id),
    rule.kind,
    chargeRuleLabel(rule),
    describeWhom(rule),
    time(rule.from),
    time(rule.to),
    ...(inEffect ? [inEffect.has(rule.id) ? 'in effect' : '-'] : []),
    describeTerms(rule.terms),
  ]
  return table(columns, rules.map(cells))
}

/** Whose charges a rule is for: "tenant acme", "plan pro", "all". */
export function describeWhom({ tenantId, plan }: { readonly tenantId?: string | null | undefined; readonly plan?: string | null | undefined }): string {
  const names = [typeof tenantId === 'string' ? [`tenant ${tenantId}`] : [], typeof plan === 'string' ? [`plan ${plan}`] : []].flat()
  return names.length === 0 ? 'all' : names.join(', ')
}

/** A day where it begins at midnight UTC, as most rules do. */
function time(instant: Temporal.Instant | null): string {
  if (instant === null) return '-'
  return instant.toString({ smallestUnit: 'second' }).replace('T00:00:00Z', '')
}
