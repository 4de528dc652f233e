import { scopeOf } from '@tollgate/accounts'
import { scopeIncludes } from '@tollgate/kernel'
import type { QuotaUsage } from '@tollgate/quotas'
import { requireScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'
import { DimensionRef } from '../../../usage/graphql/usage-enums.ts'
import { QuotaEnforcementRef, QuotaMetricRef, QuotaSourceRef, QuotaWindowRef } from '../policies/policy-enums.ts'
import { decodeQuotaKey, encodeQuotaKey } from '../../quota-key.ts'
import { QuotaPolicyRef } from '../policies/quota-policy.ts'

/** A quota of a tenant and its usage. */
export type TenantQuota = QuotaUsage & { readonly tenantId: string }

/** A quota and its usage. */
export const QuotaRef = builder.loadableNodeRef('Quota', {
  id: { resolve: quotaId },
  load: async (ids: string[], { viewer, tollgate }): Promise<TenantQuota[]> => {
    requireScope(viewer, 'quotas:read')
    const keys = ids.flatMap(id => decodeQuotaKey(id) ?? []).filter(({ tenantId }) => scopeIncludes(scopeOf(viewer), tenantId))
    const known = new Set((await tollgate.accounts.tenantsByIds(scopeOf(viewer), [...new Set(keys.map(({ tenantId }) => tenantId))])).map(({ id }) => id))
    const found = keys.filter(({ tenantId }) => known.has(tenantId)).map(async key => ({ quota: await tollgate.quotas.quota(key), tenantId: key.tenantId }))
    return (await Promise.all(found)).flatMap(({ quota, tenantId }) => (quota === undefined ? [] : [{ ...quota, tenantId }]))
  },
  sort: quotaId,
})

function quotaId({ tenantId, policy: { limitKey }, scopeValue }: TenantQuota): string {
  return encodeQuotaKey({ tenantId, limitKey, scopeValue })
}

builder.objectType(QuotaRef, {
  name: 'Quota',
  description:
    'A limit of a tenant, for one value of its scope, and its current usage. Its id starts with "quo_" and is the same in every window and with every limit, so that caches update it in place.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The limited tenant.', resolve: ({ tenantId }) => tenantId }),
    metric: t.field({ type: QuotaMetricRef, description: 'The limited metric.', resolve: ({ policy }) => policy.metric }),
    operation: t.string({
      nullable: true,
      description: 'The limited operation. Null means all operations.',
      resolve: ({ policy }) => policy.operation,
    }),
    window: t.field({ type: QuotaWindowRef, description: 'The period that usage is counted over.', resolve: ({ policy }) => policy.window }),
    scope: t.field({
      type: [DimensionRef],
      description: 'The dimensions that the limit applies to. Empty means the whole tenant.',
      resolve: ({ policy }) => [...policy.scope],
    }),
    scopeValue: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'The value of each dimension of the scope, in the same order. Null means "no value".',
      resolve: ({ scopeValue }) => [...scopeValue],
    }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: 'In units of the metric (USD for cost). Null means unlimited.' }),
    used: t.expose('used', { type: 'Decimal', description: 'Used in the current window.' }),
    reserved: t.expose('reserved', { type: 'Decimal', description: 'Held by reservations.' }),
    remaining: t.expose('remaining', { type: 'Decimal', nullable: true, description: 'What is left of the limit, never below 0. Null means unlimited.' }),
    percentage: t.expose('percentage', {
      type: 'Decimal',
      nullable: true,
      description: 'Used, in percent of the limit, rounded down to two digits. Null if the limit is unlimited or 0.',
    }),
    exceeded: t.exposeBoolean('exceeded', { description: 'Whether usage is over the limit.' }),
    windowFrom: t.expose('windowFrom', { type: 'DateTime', description: 'When the current window started.' }),
    resetsAt: t.expose('resetsAt', { type: 'DateTime', description: 'When the count restarts from 0. For a sliding window, when the oldest usage leaves it.' }),
    enforcement: t.field({ type: QuotaEnforcementRef, description: 'What happens at the limit.', resolve: ({ policy }) => policy.enforcement }),
    source: t.field({ type: QuotaSourceRef, description: 'Where the quota comes from.', resolve: ({ policy }) => policy.source }),
    policy: t.expose('policy', { type: QuotaPolicyRef, description: 'The policy that sets the limit.' }),
  }),
})

/** A page of quotas. */
export const QuotaConnectionRef = builder.connectionObject({ type: QuotaRef, name: 'QuotaConnection' }, { name: 'QuotaEdge' })
