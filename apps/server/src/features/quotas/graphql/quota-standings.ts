import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { quotaPage } from './quota-page.ts'
import { QuotaConnectionRef } from './quota-standing.ts'

builder.queryField('quotaStandings', t =>
  t.field({
    type: QuotaConnectionRef,
    authScopes: { can: 'quotas:read' },
    complexity: pageComplexity(PAGES.quotas),
    description:
      'How the quotas of a tenant stand now, value by value, in an order that does not move while things are counted. Those that have counted nothing are left out.',
    args: {
      tenantId: t.arg.id({ description: 'Whose. Needed with an operator key; a tenant key is its tenant.' }),
      atLeastPercent: t.arg({ type: 'Decimal', description: 'Only those of which so much of the limit was used.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.quotas.max}; ${PAGES.quotas.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId: named, atLeastPercent, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      return quotaPage(args, PAGES.quotas, async page => {
        const usage = await context.tollgate.quotas.usage({ tenantId, ...page, atLeastPercent: atLeastPercent ?? undefined })
        return { ...usage, items: usage.items.map(quota => ({ ...quota, tenantId })) }
      })
    },
  }),
)
