import type { PastWindow } from '@tollgate/quotas'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { DimensionRef } from '../../usage/graphql/usage-enums.ts'
import { QuotaMetricRef, QuotaWindowRef } from './quota-enums.ts'
import { quotaPage } from './quota-page.ts'
import { quotaScope } from './quota-scope.ts'

const PastQuotaWindowRef = builder.objectRef<PastWindow>('PastQuotaWindow').implement({
  description: 'What was used in one window that has ended.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', description: 'When it began.' }),
    to: t.expose('to', { type: 'DateTime', description: 'When it ended.' }),
    scopeValue: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'The value of each dimension of the scope; null stands for "no value".',
      resolve: ({ scopeValue }) => [...scopeValue],
    }),
    used: t.expose('used', { type: 'Decimal', description: 'What was used in it.' }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: 'The limit that it was last used under; null: unlimited.' }),
    percentage: t.expose('percentage', { type: 'Decimal', nullable: true, description: 'Used of the limit, in percent; null where it was unlimited or 0.' }),
    exceeded: t.exposeBoolean('exceeded', { description: 'Whether more was used than the limit.' }),
  }),
})

const QuotaHistoryConnectionRef = builder.connectionObject({ type: PastQuotaWindowRef, name: 'QuotaHistoryConnection' }, { name: 'QuotaHistoryEdge' })

builder.queryField('quotaHistory', t =>
  t.field({
    type: QuotaHistoryConnectionRef,
    authScopes: { can: 'quotas:read' },
    complexity: pageComplexity(PAGES.quotas),
    description:
      'What was used of a quota in windows that have ended, the latest first; those in which nothing was used are left out. Sliding windows never end.',
    args: {
      tenantId: t.arg.id({ description: 'Whose. Needed with an operator key; a tenant key is its tenant.' }),
      metric: t.arg({ type: QuotaMetricRef, required: true, description: 'What is limited.' }),
      operation: t.arg.string({ description: 'The one operation that is limited.' }),
      window: t.arg({ type: QuotaWindowRef, required: true, description: 'Over how long it counts.' }),
      scope: t.arg({ type: [DimensionRef], description: 'What it counts by; the tenant as a whole where it is left out.' }),
      scopeValue: t.arg({
        type: ['String'],
        required: { list: false, items: false },
        description: 'A value, or null, for each dimension of the scope; all values where it is left out.',
      }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.quotas.max}; ${PAGES.quotas.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId: named, metric, operation, window, scopeValue, scope: dimensions, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      return quotaPage(args, PAGES.quotas, page => {
        const scope = quotaScope(dimensions)
        const values = scopeValue?.map(value => value ?? null)
        return context.tollgate.quotas.history({ tenantId, metric, operation, window, scope, scopeValue: values, ...page })
      })
    },
  }),
)
