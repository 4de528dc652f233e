import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { cursorConnection } from '../../../../graphql/relay/cursor-connection.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { QuotaConnectionRef } from './quota.ts'

builder.queryField('exceededQuotas', t =>
  t.field({
    type: QuotaConnectionRef,
    authScopes: { $all: { operator: true, can: 'quotas:read' } },
    complexity: pageComplexity(PAGES.quotas),
    description: 'Quotas of all tenants with usage over the limit, highest percentage first. Requires an operator key.',
    args: {
      atLeastPercent: t.arg({
        type: 'Decimal',
        description: 'Also return quotas that are near their limit, with at least this usage in percent of the limit; 50 or more.',
      }),
      first: t.arg.int({ description: `Number of quotas to return, 1 to ${PAGES.quotas.max}. Defaults to ${PAGES.quotas.default}.` }),
      after: t.arg.string({ description: 'Return quotas after this cursor.' }),
    },
    resolve: (_root, { atLeastPercent, ...args }, { tollgate }) =>
      cursorConnection(args, PAGES.quotas, page =>
        tollgate.quotas.nearLimits(OPERATOR_SCOPE, { ...page, ...(atLeastPercent ? { atLeastPercent } : { exceeded: true }) }),
      ),
  }),
)
