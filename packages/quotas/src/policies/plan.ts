import { InvalidInput, type Issue } from '@tollgate/kernel'
import { checkPolicy } from './check-policy.ts'
import type { FailureMode, QuotaPolicy } from './policy.ts'
import type { PolicyDraft } from './policy-draft.ts'
import { limitKeyOf } from './limit-key.ts'

/** The quotas of a tier, as they are written down. */
export interface PlanDraft {
  readonly name: string
  readonly policies: readonly PolicyDraft[]
  /** What becomes of a metric that no policy is for. A decision, so it cannot be left out. */
  readonly unlisted: FailureMode
}

/** The quotas of a tier. Checked. */
export interface QuotaPlan {
  readonly name: string
  readonly policies: readonly QuotaPolicy[]
  readonly unlisted: FailureMode
}

const MAX_NAME = 100
const MAX_POLICIES = 100

/** Makes a plan of its draft. Throws `InvalidInput`, naming every field that is wrong. */
export function checkPlan(draft: PlanDraft, setBy: string | null = null): QuotaPlan {
  const { name, unlisted } = draft
  const issues: Issue[] = []
  if (name === '' || name.length > MAX_NAME || /\p{C}/u.test(name)) {
    issues.push({ path: 'name', message: `must be the name of a plan, of at most ${MAX_NAME} characters` })
  }
  if (unlisted !== 'allow' && unlisted !== 'deny') issues.push({ path: 'unlisted', message: 'must be "allow" or "deny"' })
  if (draft.policies.length > MAX_POLICIES) issues.push({ path: 'policies', message: `must be at most ${MAX_POLICIES}` })
  const limitKeys = new Set<string>()
  const policies = draft.policies.flatMap((policy, i): QuotaPolicy[] => {
    const limitKey = limitKeyOf(policy)
    const path = `policies.${i}`
    if (limitKeys.has(limitKey)) issues.push({ path, message: 'is for the same metric, operation, window and scope as one before it' })
    limitKeys.add(limitKey)
    const checked = checkPolicy(policy, { id: `plan:${name}:${limitKey}`, source: 'plan', setBy }, path)
    if ('policy' in checked) return [checked.policy]
    issues.push(...checked.issues)
    return []
  })
  if (issues.length > 0) throw new InvalidInput(issues)
  return { name, policies, unlisted }
}
