import { hash } from 'node:crypto'
import { InvalidInput, type Issue } from '@tollgate/kernel'
import { inputShape, shapeIssues } from '@tollgate/kernel/input'
import type { CheckedAuditEvent } from '../model/audit-event.ts'
import { AUDIT_LIMITS } from '../model/audit-limits.ts'
import { NEVER_SAMPLED_FAMILIES, type SamplingRule } from '../model/sampling-rule.ts'

/** Decides which events are recorded by themselves. */
export interface SamplingPolicy {
  /** Returns the rules that apply to a log; without a tenant, all rules. */
  rulesOf(tenantId: string | null | undefined): readonly SamplingRule[]
  /** Returns the rule by which an event is only counted; undefined to record it by itself. */
  countingRule(tenantId: string | null, event: Pick<CheckedAuditEvent, 'family' | 'result' | 'idempotencyKey'>): SamplingRule | undefined
}

const FAMILY = /^[A-Za-z][A-Za-z0-9_]*$/

/**
 * Creates a policy. Only successes in logs of tenants are sampled: failures, denials and what happens to the installation
 * are always recorded. Throws `InvalidInput` for a family that is never sampled.
 */
export function samplingPolicy(rules: readonly SamplingRule[]): SamplingPolicy {
  const issues = rules.flatMap((rule, i) => checkRule(rule, `sampling.${i}`))
  if (issues.length > 0) throw new InvalidInput(issues)
  const byFamily = Map.groupBy(rules, ({ family }) => family)
  const ruleOf = (tenantId: string, ofFamily: readonly SamplingRule[]) =>
    ofFamily.find(rule => rule.tenantId === tenantId) ?? ofFamily.find(rule => rule.tenantId === null)
  return {
    rulesOf(tenantId) {
      if (tenantId === undefined) return rules
      return tenantId === null ? [] : [...byFamily.values()].flatMap(ofFamily => ruleOf(tenantId, ofFamily) ?? [])
    },
    countingRule(tenantId, { family, result, idempotencyKey }) {
      const ofFamily = byFamily.get(family)
      if (ofFamily === undefined || tenantId === null || result !== 'success') return undefined
      const rule = ruleOf(tenantId, ofFamily)
      return rule === undefined || isKept(idempotencyKey, rule.keepOneIn) ? undefined : rule
    },
  }
}

/** By the key, so that a repeat of an event has the same answer. */
function isKept(idempotencyKey: string, keepOneIn: number): boolean {
  if (keepOneIn <= 1) return keepOneIn === 1
  return Number.parseInt(hash('sha256', idempotencyKey).slice(0, 12), 16) % keepOneIn === 0
}

const RULE = inputShape<SamplingRule>({ tenantId: 'text|null', family: 'text', keepOneIn: 'number' })

function checkRule(rule: SamplingRule, path: string): readonly Issue[] {
  const malformed = shapeIssues(RULE, rule, path)
  if (malformed !== undefined) return malformed
  const { family, keepOneIn } = rule
  const issues: Issue[] = []
  if (family.length > AUDIT_LIMITS.nameLength || !FAMILY.test(family)) issues.push({ path, message: `"${family}" is not the name of a family` })
  if (NEVER_SAMPLED_FAMILIES.includes(family)) {
    issues.push({ path, message: `events of the family "${family}" are always recorded. Never sampled are: ${NEVER_SAMPLED_FAMILIES.join(', ')}` })
  }
  if (!Number.isInteger(keepOneIn) || keepOneIn < 0 || keepOneIn > AUDIT_LIMITS.keepOneIn) {
    issues.push({ path, message: `must keep one in 0 to ${AUDIT_LIMITS.keepOneIn.toLocaleString('en')} events, not ${keepOneIn}` })
  }
  return issues
}
