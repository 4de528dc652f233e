import type { QuotaUsage } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { DimensionRef } from '../../usage/graphql/usage-enums.ts'
import { QuotaEnforcementRef, QuotaMetricRef, QuotaSourceRef, QuotaWindowRef } from './quota-enums.ts'
import { QuotaPolicyRef } from './quota-policy.ts'

/** A quota, and whose it is. */
export type TenantQuota = QuotaUsage & { readonly tenantId: string }

/** How one quota stands. */
export const QuotaRef = builder.objectRef<TenantQuota>('Quota').implement({
  description: 'How a quota stands: what was used of which limit.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, description: 'Whose it is.', resolve: ({ tenantId }) => tenantId }),
    metric: t.field({ type: QuotaMetricRef, description: 'What is limited.', resolve: ({ policy }) => policy.metric }),
    operation: t.string({
      nullable: true,
      description: 'The one operation that is limited; null for all of them.',
      resolve: ({ policy }) => policy.operation,
    }),
    window: t.field({ type: QuotaWindowRef, description: 'Over how long it counts.', resolve: ({ policy }) => policy.window }),
    scope: t.field({
      type: [DimensionRef],
      description: 'What it counts by; empty where it is for the whole tenant.',
      resolve: ({ policy }) => [...policy.scope],
    }),
    scopeValue: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'The value of each dimension of the scope, in its order; null stands for "no value".',
      resolve: ({ scopeValue }) => [...scopeValue],
    }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: 'In units of the metric (USD for cost); null is unlimited.' }),
    used: t.expose('used', { type: 'Decimal', description: 'What was used in the window.' }),
    reserved: t.expose('reserved', { type: 'Decimal', description: 'What reservations hold.' }),
    remaining: t.expose('remaining', { type: 'Decimal', nullable: true, description: 'What is left of the limit, never below 0; null is unlimited.' }),
    percentage: t.expose('percentage', {
      type: 'Decimal',
      nullable: true,
      description: 'Used of the limit, in percent, rounded down to two digits; null where the limit is unlimited or 0.',
    }),
    exceeded: t.exposeBoolean('exceeded', { description: 'Whether more was used than the limit.' }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      description: 'When it starts again from nothing, or, where its window slides, first forgets something.',
    }),
    enforcement: t.field({ type: QuotaEnforcementRef, description: 'What happens at the limit.', resolve: ({ policy }) => policy.enforcement }),
    source: t.field({ type: QuotaSourceRef, description: 'Where it comes from.', resolve: ({ policy }) => policy.source }),
    policy: t.expose('policy', { type: QuotaPolicyRef, description: 'The limit, as it was set down.' }),
  }),
})

/** A page of quotas. */
export const QuotaConnectionRef = builder.connectionObject({ type: QuotaRef, name: 'QuotaConnection' }, { name: 'QuotaEdge' })
