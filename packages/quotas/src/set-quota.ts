import { adjustForOverride } from './adjust-counters.ts'
import { InvalidInput, toMicrosecond } from '@tollgate/kernel'
import { checkPolicy } from './model/policies/check-policy.ts'
import { checkTenantId } from './model/decisions/check-question.ts'
import type { QuotaOverride } from './model/policies/override.ts'
import type { PolicyDraft } from './model/policies/policy-draft.ts'
import type { PolicyChangeDependencies } from './policy-change-dependencies.ts'

/** A policy for one tenant. */
export interface SetQuotaInput extends PolicyDraft {
  readonly tenantId: string
  readonly setBy?: string | null | undefined
}

/** Adds an override with a policy. Throws `InvalidInput`. */
export async function setQuota(
  { store, clock, ids, adjusting }: PolicyChangeDependencies,
  { tenantId, setBy = null, ...draft }: SetQuotaInput,
): Promise<QuotaOverride> {
  const setAt = toMicrosecond(clock.now(tenantId))
  const id = ids.uuidV7(setAt.epochMilliseconds)
  const checked = checkPolicy(draft, { id, source: 'override', setBy })
  if ('issues' in checked) throw new InvalidInput(checked.issues)
  const { policy } = checked
  const override = { id, tenantId: checkTenantId(tenantId), limitKey: policy.limitKey, policy, setBy, setAt }
  await store.addOverride(override, adjustForOverride(adjusting, override))
  return override
}
