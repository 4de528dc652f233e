import { InvalidInput, type Issue } from '@tollgate/kernel'
import { checkPolicy } from './check-policy.ts'
import type { Otherwise, QuotaPolicy } from './policy.ts'
import type { PolicyDraft } from './policy-draft.ts'
import { slotOf } from './slot.ts'

/** The quotas of a tier, as they are written down. */
export interface PlanDraft {
  readonly name: string
  readonly policies: readonly PolicyDraft[]
  /** What becomes of a metric that no policy is for. A decision, so it cannot be left out. */
  readonly unlisted: Otherwise
}

/** The quotas of a tier. Checked. */
export interface QuotaPlan {
  readonly name: string
  readonly policies: readonly QuotaPolicy[]
  readonly unlisted: Otherwise
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
  const slots = new Set<string>()
  const policies = draft.policies.flatMap((policy, i): QuotaPolicy[] => {
    const slot = slotOf(policy)
    const path = `policies.${i}`
    if (slots.has(slot)) issues.push({ path, message: 'is for the same metric, operation, window and scope as one before it' })
    slots.add(slot)
    const checked = checkPolicy(policy, { id: `plan:${name}:${slot}`, source: 'plan', setBy }, path)
    if ('policy' in checked) return [checked.policy]
    issues.push(...checked.issues)
    return []
  })
  if (issues.length > 0) throw new InvalidInput(issues)
  return { name, policies, unlisted }
}
