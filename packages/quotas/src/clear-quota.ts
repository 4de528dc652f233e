import { adjustForOverride } from './adjust-counters.ts'
import { toMicrosecond } from '@tollgate/kernel'
import { checkTenantId } from './model/decisions/check-question.ts'
import { type LimitKeyParts, limitKeyOf } from './model/limits/limit-key.ts'
import type { QuotaOverride } from './model/policies/override.ts'
import type { PolicyChangeDependencies } from './policy-change-dependencies.ts'

/** The override to remove. */
export interface ClearQuotaInput extends LimitKeyParts {
  readonly tenantId: string
  readonly setBy?: string | null | undefined
}

/** Adds an override without a policy, so that the plan's policy applies again. */
export async function clearQuota(
  { store, clock, ids, adjusting }: PolicyChangeDependencies,
  { tenantId, setBy = null, ...parts }: ClearQuotaInput,
): Promise<QuotaOverride> {
  const setAt = toMicrosecond(clock.now(tenantId))
  const override = { id: ids.uuidV7(setAt.epochMilliseconds), tenantId: checkTenantId(tenantId), limitKey: limitKeyOf(parts), policy: null, setBy, setAt }
  await store.addOverride(override, adjustForOverride(adjusting, override))
  return override
}
