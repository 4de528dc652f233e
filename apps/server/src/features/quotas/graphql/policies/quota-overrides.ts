import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { cursorConnection } from '../../../../graphql/relay/cursor-connection.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { QuotaOverrideRef } from './quota-override.ts'

const QuotaOverrideConnectionRef = builder.connectionObject({ type: QuotaOverrideRef, name: 'QuotaOverrideConnection' }, { name: 'QuotaOverrideEdge' })

builder.queryField('quotaOverrides', t =>
  t.field({
    type: QuotaOverrideConnectionRef,
    authScopes: { can: 'quotas:read' },
    complexity: pageComplexity(PAGES.quotas),
    description: 'All overrides that were ever set for a tenant, the latest first.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
      ...pageArguments(t.arg, PAGES.quotas),
    },
    resolve: async (_root, { tenantId: named, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      return cursorConnection(args, PAGES.quotas, page => context.tollgate.quotas.overrides({ tenantId, ...page }))
    },
  }),
)
