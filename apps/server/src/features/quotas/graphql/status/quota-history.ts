import type { PastWindow } from '@tollgate/quotas'
import { Forbidden } from '@tollgate/kernel'
import { forCustomers } from '../../../../graphql/plugins/access-tokens.ts'
import { requireOwnCustomer } from '../../../../graphql/only-own-customer.ts'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { cursorConnection } from '../../../../graphql/relay/cursor-connection.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { DimensionRef } from '../../../usage/graphql/usage-enums.ts'
import { QuotaMetricRef, QuotaWindowRef } from '../policies/policy-enums.ts'
import { quotaScope } from '../policies/quota-scope.ts'

const PastQuotaWindowRef = builder.objectRef<PastWindow>('PastQuotaWindow').implement({
  description: 'The usage of a quota in one window that has ended.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', description: 'When the window started.' }),
    to: t.expose('to', { type: 'DateTime', description: 'When the window ended, exclusive.' }),
    scopeValue: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'The value of each dimension of the scope. Null means "no value".',
      resolve: ({ scopeValue }) => [...scopeValue],
    }),
    used: t.expose('used', { type: 'Decimal', description: 'Used in the window.' }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: 'The limit when usage was last counted. Null means unlimited.' }),
    percentage: t.expose('percentage', { type: 'Decimal', nullable: true, description: 'Used, in percent of the limit. Null if it was unlimited or 0.' }),
    exceeded: t.exposeBoolean('exceeded', { description: 'Whether usage was over the limit.' }),
  }),
})

const QuotaHistoryConnectionRef = builder.connectionObject({ type: PastQuotaWindowRef, name: 'QuotaHistoryConnection' }, { name: 'QuotaHistoryEdge' })

builder.queryField('quotaHistory', t =>
  t.field({
    type: QuotaHistoryConnectionRef,
    authScopes: { can: 'quotas:read' },
    extensions: forCustomers((args: { scope?: readonly string[] | null; scopeValue?: readonly (string | null)[] | null }, customerId) => {
      if (args.scope?.length !== 1 || args.scope[0] !== 'customer') throw new Forbidden('Your access token reads quotas with the scope [CUSTOMER] only.')
      requireOwnCustomer(customerId, args.scopeValue ?? [])
      return { ...args, scopeValue: [customerId] }
    }),
    complexity: pageComplexity(PAGES.quotas),
    description: 'The usage of a quota in windows that have ended, the latest first. Windows without usage are omitted. Sliding windows never end.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
      metric: t.arg({ type: QuotaMetricRef, required: true, description: 'Metric of the quota.' }),
      operation: t.arg.string({ description: 'Operation of the quota. Defaults to the quota of all operations.' }),
      window: t.arg({ type: QuotaWindowRef, required: true, description: 'Window of the quota.' }),
      scope: t.arg({ type: [DimensionRef], description: 'Scope of the quota. Defaults to the whole tenant.' }),
      scopeValue: t.arg({
        type: ['String'],
        required: { list: false, items: false },
        description: 'A value, or null, for each dimension of the scope. Defaults to all values.',
      }),
      ...pageArguments(t.arg, PAGES.quotas),
    },
    resolve: async (_root, { tenantId: named, metric, operation, window, scopeValue, scope: dimensions, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      return cursorConnection(args, PAGES.quotas, page => {
        const scope = quotaScope(dimensions)
        const values = scopeValue?.map(value => value ?? null)
        return context.tollgate.quotas.history({ tenantId, metric, operation, window, scope, scopeValue: values, ...page })
      })
    },
  }),
)
