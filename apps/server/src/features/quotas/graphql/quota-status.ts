import type { QuotaStatus } from '@tollgate/quotas'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { QuotaOtherwiseRef } from './quota-enums.ts'
import { QuotaRef } from './quota-standing.ts'

const QuotaStatusRef = builder.objectRef<QuotaStatus & { readonly tenantId: string }>('QuotaStatus').implement({
  description: 'How all quotas of a tenant stand.',
  fields: t => ({
    plan: t.exposeString('plan', { description: 'The plan that holds: the tier of the tenant or, where no plan has its name, "default".' }),
    unlisted: t.expose('unlisted', { type: QuotaOtherwiseRef, description: 'What becomes of metrics that no quota is for.' }),
    anyExceeded: t.exposeBoolean('anyExceeded', { description: 'Whether more was used of any than its limit.' }),
    quotas: t.field({
      type: [QuotaRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'Those of the tenant as a whole, and of those that count by dimensions the values that used the most; `quotaStandings` has all of them.',
      resolve: ({ quotas, tenantId }) => quotas.map(standing => ({ ...standing, tenantId })),
    }),
  }),
})

builder.queryField('quotaStatus', t =>
  t.field({
    type: QuotaStatusRef,
    authScopes: { can: 'quotas:read' },
    complexity: pageComplexity(PAGES.quotaValues),
    description: 'How the quotas of a tenant stand, now.',
    args: {
      tenantId: t.arg.id({ description: 'Whose. Needed with an operator key; a tenant key is its tenant.' }),
      first: t.arg.int({
        description: `Of a quota that counts by dimensions, how many of its values: from 1 to ${PAGES.quotaValues.max}; ${PAGES.quotaValues.default} where it is left out.`,
      }),
    },
    resolve: async (_root, { tenantId: named, first }, context) => {
      const tenantId = await tenantOf(context, named)
      const status = await context.tollgate.quotas.status({ tenantId, first: checkPageSize(first, PAGES.quotaValues) })
      return { ...status, tenantId }
    },
  }),
)
