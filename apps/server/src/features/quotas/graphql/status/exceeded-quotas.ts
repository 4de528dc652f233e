import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { cursorConnection } from '../../../../graphql/relay/cursor-connection.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
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
      ...pageArguments(t.arg, PAGES.quotas),
    },
    resolve: (_root, { atLeastPercent, ...args }, { tollgate }) =>
      cursorConnection(args, PAGES.quotas, page =>
        tollgate.quotas.nearLimits(OPERATOR_SCOPE, { ...page, ...(atLeastPercent ? { atLeastPercent } : { exceeded: true }) }),
      ),
  }),
)
