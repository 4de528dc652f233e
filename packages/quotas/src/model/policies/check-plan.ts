import { InvalidInput, type Issue } from '@tollgate/kernel'
import { checkShape, shapeIssues } from '@tollgate/kernel/input'
import { checkPolicy } from './check-policy.ts'
import { PLAN, POLICY } from './policy-shapes.ts'
import { limitKeyOf } from '../limits/limit-key.ts'
import type { PlanDraft, QuotaPlan } from './plan.ts'
import type { QuotaPolicy } from './policy.ts'

const MAX_NAME = 100
const MAX_POLICIES = 100

/** Checks a draft and returns the plan. Throws `InvalidInput` with everything that is wrong with the draft. */
export function checkPlan(draft: PlanDraft, setBy: string | null = null): QuotaPlan {
  checkShape(PLAN, draft)
  const { name, unlisted } = draft
  const issues: Issue[] = []
  if (name === '' || name.length > MAX_NAME || /\p{C}/u.test(name)) {
    issues.push({ path: 'name', message: `must be 1 to ${MAX_NAME} characters without control characters` })
  }
  if (unlisted !== 'allow' && unlisted !== 'deny') issues.push({ path: 'unlisted', message: 'must be "allow" or "deny"' })
  if (draft.policies.length > MAX_POLICIES) issues.push({ path: 'policies', message: `must have at most ${MAX_POLICIES} items` })
  const limitKeys = new Set<string>()
  const policies = draft.policies.flatMap((policy, i): QuotaPolicy[] => {
    const path = `policies.${i}`
    const malformed = shapeIssues(POLICY, policy, path)
    if (malformed !== undefined) {
      issues.push(...malformed)
      return []
    }
    const limitKey = limitKeyOf(policy)
    if (limitKeys.has(limitKey)) issues.push({ path, message: 'has the same metric, operation, window and scope as an earlier policy' })
    limitKeys.add(limitKey)
    const checked = checkPolicy(policy, { id: `plan:${name}:${limitKey}`, source: 'plan', setBy }, path)
    if ('policy' in checked) return [checked.policy]
    issues.push(...checked.issues)
    return []
  })
  if (issues.length > 0) throw new InvalidInput(issues)
  return { name, policies, unlisted }
}
