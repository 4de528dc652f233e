import type { LimitKeyParts, QuotaOverride } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { QuotaStatusRef } from '../status/quota-status.ts'
import { QuotaRef, type TenantQuota } from '../status/quota.ts'
import { QuotaOverrideRef } from './quota-override.ts'

/** A changed limit. */
export interface QuotaChange {
  readonly override: QuotaOverride
  readonly limit: LimitKeyParts
}

/** Returns the payload type of a mutation that changes a limit. What it does not select is not read. */
export function quotaChangePayload(name: string, descriptions: { readonly payload: string; readonly override: string }) {
  return builder.objectRef<QuotaChange>(name).implement({
    description: descriptions.payload,
    fields: t => ({
      override: t.expose('override', { type: QuotaOverrideRef, description: descriptions.override }),
      quota: t.field({
        type: QuotaRef,
        nullable: true,
        description:
          'The quota as it is now. Null if none applies now: the limit was removed or starts later; or it has a scope, so that each value has a quota of its own.',
        resolve: async ({ override: { tenantId }, limit }, _args, { tollgate }): Promise<TenantQuota | null> => {
          const quota = await tollgate.quotas.quota({ tenantId, limitKey: limit })
          return quota === undefined ? null : { ...quota, tenantId }
        },
      }),
      status: t.field({
        type: QuotaStatusRef,
        complexity: pageComplexity(PAGES.quotaValues),
        description: 'All quotas of the tenant as they are now. Select it to update lists of quotas in a cache.',
        resolve: async ({ override: { tenantId } }, _args, { tollgate }) => ({
          ...(await tollgate.quotas.status({ tenantId, first: PAGES.quotaValues.default })),
          tenantId,
        }),
      }),
    }),
  })
}
