import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { cursorConnection } from '../../../../graphql/relay/cursor-connection.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { QuotaConnectionRef } from './quota.ts'

builder.queryField('quotaUsage', t =>
  t.field({
    type: QuotaConnectionRef,
    authScopes: { can: 'quotas:read' },
    complexity: pageComplexity(PAGES.quotas),
    description: 'The usage of every quota of a tenant, value by value. The order does not change while usage is counted. Quotas without usage are omitted.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
      atLeastPercent: t.arg({ type: 'Decimal', description: 'Return only quotas with at least this usage, in percent of the limit.' }),
      ...pageArguments(t.arg, PAGES.quotas),
    },
    resolve: async (_root, { tenantId: named, atLeastPercent, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      return cursorConnection(args, PAGES.quotas, async page => {
        const usage = await context.tollgate.quotas.usage({ tenantId, ...page, atLeastPercent: atLeastPercent ?? undefined })
        return { ...usage, items: usage.items.map(quota => ({ ...quota, tenantId })) }
      })
    },
  }),
)
