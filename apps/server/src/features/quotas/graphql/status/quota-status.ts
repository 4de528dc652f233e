import { checkPageSize } from '@tollgate/kernel'
import type { QuotaStatus } from '@tollgate/quotas'
import { forCustomers } from '../../../../graphql/plugins/access-tokens.ts'
import { onlyCustomer } from '../../../../graphql/only-own-customer.ts'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { QuotaFailureModeRef } from '../policies/policy-enums.ts'
import { QuotaRef } from './quota.ts'

/** The quotas of a tenant, or of one customer of it. */
export interface TenantQuotaStatus extends QuotaStatus {
  readonly tenantId: string
  readonly customerId?: string | undefined
}

/** GraphQL type `QuotaStatus`. */
export const QuotaStatusRef = builder.objectRef<TenantQuotaStatus>('QuotaStatus').implement({
  description: 'All quotas of a tenant and their current usage.',
  fields: t => ({
    id: t.id({
      description: 'Identifies it in caches: the tenant and, if there is one, the customer.',
      resolve: ({ tenantId, customerId }) => ['quotas', tenantId, ...(customerId === undefined ? [] : [customerId])].map(encodeURIComponent).join('/'),
    }),
    plan: t.exposeString('plan', { description: 'The plan that applies: the tier of the tenant or, if there is no plan of that name, "default".' }),
    unlisted: t.expose('unlisted', { type: QuotaFailureModeRef, description: 'What happens to requests for metrics that have no quota.' }),
    anyExceeded: t.exposeBoolean('anyExceeded', { description: 'Whether usage is over the limit of any quota.' }),
    quotas: t.field({
      type: [QuotaRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'The quotas of the whole tenant and, for each scoped quota, the values with the most usage. `quotaUsage` returns all values.',
      resolve: ({ quotas, tenantId }) => quotas.map(quota => ({ ...quota, tenantId })),
    }),
  }),
})

builder.queryField('quotaStatus', t =>
  t.field({
    type: QuotaStatusRef,
    authScopes: { can: 'quotas:read' },
    extensions: forCustomers(onlyCustomer),
    complexity: pageComplexity(PAGES.quotaValues),
    description: 'The quotas of a tenant and their current usage.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
      customerId: t.arg.id({ description: 'Return only the quotas of this customer: those whose scope is [CUSTOMER].' }),
      first: t.arg.int({
        description: `Number of values to return for each scoped quota, 1 to ${PAGES.quotaValues.max}. Defaults to ${PAGES.quotaValues.default}.`,
      }),
    },
    resolve: async (_root, { tenantId: named, customerId, first }, context) => {
      const tenantId = await tenantOf(context, named)
      const status = await context.tollgate.quotas.status({ tenantId, customerId: customerId ?? undefined, first: checkPageSize(first, PAGES.quotaValues) })
      return { ...status, tenantId, customerId: customerId ?? undefined }
    },
  }),
)
