import { InvalidInput, type Issue } from '@tollgate/kernel'
import type { AmountInput } from '@tollgate/kernel/input'
import type { AlertRule } from './alert-rule.ts'
import { readAmountAt } from './apply-rule-change.ts'
import { checkThreshold } from './check-threshold.ts'

const MAX_TENANT_THRESHOLDS = 1_000

/** Returns the rule with a threshold for one tenant, or with null, without one. Throws `InvalidInput`. */
export function applyTenantThreshold<Rule extends AlertRule>(
  rule: Rule,
  { tenantId, threshold: given }: { tenantId: string; threshold: AmountInput | null },
): Rule {
  const issues: Issue[] = []
  const threshold = readAmountAt('threshold', given, issues) ?? null
  if (threshold !== null) issues.push(...checkThreshold(rule.kind, threshold))
  const others = rule.tenantThresholds.filter(other => other.tenantId !== tenantId)
  if (threshold !== null && others.length >= MAX_TENANT_THRESHOLDS) {
    issues.push({ path: 'tenantId', message: `cannot be added: ${MAX_TENANT_THRESHOLDS} tenants, the maximum, already have their own threshold` })
  }
  if (issues.length > 0) throw new InvalidInput(issues)
  return { ...rule, tenantThresholds: threshold === null ? others : [...others, { tenantId, threshold }] }
}
