import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { QuotaOverrideRef } from './quota-override.ts'
import { quotaPage } from './quota-page.ts'

const QuotaOverrideConnectionRef = builder.connectionObject({ type: QuotaOverrideRef, name: 'QuotaOverrideConnection' }, { name: 'QuotaOverrideEdge' })

builder.queryField('quotaOverrides', t =>
  t.field({
    type: QuotaOverrideConnectionRef,
    authScopes: { can: 'quotas:read' },
    complexity: pageComplexity(PAGES.quotas),
    description: 'All limits that were ever set for a tenant, and taken back, the latest first.',
    args: {
      tenantId: t.arg.id({ description: 'Whose. Needed with an operator key; a tenant key is its tenant.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.quotas.max}; ${PAGES.quotas.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId: named, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      return quotaPage(args, PAGES.quotas, page => context.tollgate.quotas.overrides({ tenantId, ...page }))
    },
  }),
)
