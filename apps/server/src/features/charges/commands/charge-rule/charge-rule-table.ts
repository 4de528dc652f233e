import { type ChargeRule, chargeRuleLabel } from '@tollgate/charges'
import type { Temporal } from '@tollgate/kernel'
import { ChargeRuleId } from '../../ids.ts'
import { table } from '../../../../cli/table.ts'
import { describeTerms } from './describe-terms.ts'

/** Returns versions of charge rules as a table. With `inEffect`, a column shows which of them are in effect now. */
export function chargeRuleTable(rules: readonly ChargeRule[], inEffect?: ReadonlySet<string>): string {
  const columns = ['id', 'kind', 'rule', 'for', 'from', 'to', ...(inEffect ? ['now'] : []), 'terms'].map(heading => ({ heading }))
  const cells = (rule: ChargeRule) => [
    ChargeRuleId.encode(rule.id),
    rule.kind,
    chargeRuleLabel(rule),
    describeAudience(rule),
    time(rule.from),
    time(rule.to),
    ...(inEffect ? [inEffect.has(rule.id) ? 'in effect' : '-'] : []),
    describeTerms(rule.terms),
  ]
  return table(columns, rules.map(cells))
}

/** Returns whom a rule applies to: "tenant acme", "plan pro", "all tenants". */
export function describeAudience({ tenantId, plan }: { readonly tenantId?: string | null | undefined; readonly plan?: string | null | undefined }): string {
  const names = [typeof tenantId === 'string' ? [`tenant ${tenantId}`] : [], typeof plan === 'string' ? [`plan ${plan}`] : []].flat()
  return names.length === 0 ? 'all tenants' : names.join(', ')
}

/** Shortens a time at midnight UTC to its day. */
function time(instant: Temporal.Instant | null): string {
  if (instant === null) return '-'
  return instant.toString({ smallestUnit: 'second' }).replace('T00:00:00Z', '')
}
