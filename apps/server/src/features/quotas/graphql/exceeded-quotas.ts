import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { quotaPage } from './quota-page.ts'
import { QuotaConnectionRef } from './quota-standing.ts'

builder.queryField('exceededQuotas', t =>
  t.field({
    type: QuotaConnectionRef,
    authScopes: { $all: { operator: true, can: 'quotas:read' } },
    complexity: pageComplexity(PAGES.quotas),
    description: 'Quotas of all tenants of which more was used than the limit, or that are near it, the fullest first. For operators.',
    args: {
      atLeastPercent: t.arg({ type: 'Decimal', description: 'Also those that are near their limits: of which so much was used, in percent, 50 or more.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.quotas.max}; ${PAGES.quotas.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: (_root, { atLeastPercent, ...args }, { tollgate }) =>
      quotaPage(args, PAGES.quotas, page =>
        tollgate.quotas.nearLimits(OPERATOR_SCOPE, { ...page, ...(atLeastPercent ? { atLeastPercent } : { exceeded: true }) }),
      ),
  }),
)
