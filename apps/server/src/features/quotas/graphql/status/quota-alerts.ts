import type { QuotaAlert } from '@tollgate/quotas'
import { forCustomers } from '../../../../graphql/plugins/access-tokens.ts'
import { readScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { followFrom } from '../../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../../graphql/live/require-live.ts'
import { narrowToCustomer, onlyCustomer } from '../../../../graphql/only-own-customer.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { FOLLOW_AFTER_DESCRIPTION, followAfterOf, withFollowAfter } from '../../../../graphql/relay/follow-after.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'
import { DimensionRef } from '../../../usage/graphql/usage-enums.ts'
import { liveQuotaAlerts } from '../../live.ts'
import { QuotaMetricRef, QuotaWindowRef } from '../policies/policy-enums.ts'

/** A quota alert. */
export const QuotaAlertRef = builder.objectRef<QuotaAlert>('QuotaAlert').implement({
  description: 'Usage reached an alert threshold of a quota. Raised once for each limit, scope value, window and threshold.',
  fields: t => ({
    id: t.id({ description: 'Identifies the alert, also in webhooks: "qal_…".', resolve: ({ cursor }) => `qal_${cursor}` }),
    cursor: t.string({ description: 'Position of the alert. Pass it as `after` to continue after this alert.', resolve: ({ cursor }) => encodeCursor(cursor) }),
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The tenant that used it.', resolve: ({ tenantId }) => tenantId }),
    tenantId: t.exposeID('tenantId', { description: 'Id of the tenant.' }),
    policyId: t.exposeString('policyId', { description: 'Id of the policy.' }),
    metric: t.expose('metric', { type: QuotaMetricRef, description: 'The limited metric.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'The limited operation. Null means all operations.' }),
    window: t.expose('window', { type: QuotaWindowRef, description: 'The period that usage is counted over.' }),
    sliding: t.exposeBoolean('sliding', { description: 'Whether the window slides, or starts again at fixed times.' }),
    windowFrom: t.expose('windowFrom', { type: 'DateTime', description: 'When the window started.' }),
    windowTo: t.expose('windowTo', { type: 'DateTime', description: 'When the window ends, exclusive.' }),
    scope: t.field({
      type: [DimensionRef],
      description: 'The dimensions that the limit applies to. Empty means the whole tenant.',
      resolve: ({ scope }) => [...scope],
    }),
    scopeValue: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'The value of each dimension of the scope, in the same order. Null means "no value".',
      resolve: ({ scopeValue }) => [...scopeValue],
    }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'The threshold, in percent of the limit.' }),
    used: t.expose('used', { type: 'Decimal', description: 'Used when the threshold was reached.' }),
    limit: t.expose('limit', { type: 'Decimal', description: 'The limit.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When the threshold was reached.' }),
  }),
})

const QuotaAlertConnectionRef = builder.connectionObject(
  {
    type: QuotaAlertRef,
    name: 'QuotaAlertConnection',
    fields: t => ({
      followAfter: t.string({ description: FOLLOW_AFTER_DESCRIPTION, resolve: followAfterOf }),
    }),
  },
  { name: 'QuotaAlertEdge' },
)

builder.queryField('quotaAlerts', t =>
  t.field({
    type: QuotaAlertConnectionRef,
    authScopes: { can: 'quotas:read' },
    extensions: forCustomers(onlyCustomer),
    complexity: pageComplexity(PAGES.quotaAlerts),
    description: 'Lists quota alerts, the latest first. The subscription of the same name continues after `followAfter` without missing any.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants.' }),
      customerId: t.arg.id({
        description: 'Only alerts of the limits of this customer: those whose scope is [CUSTOMER]. An operator key must name the tenant too.',
      }),
      first: t.arg.int({ description: `Maximum number of items, 1 to ${PAGES.quotaAlerts.max}. Defaults to ${PAGES.quotaAlerts.default}.` }),
      after: t.arg.string({ description: 'Return items after this cursor: earlier alerts.' }),
    },
    resolve: async (_root, { tenantId, customerId, ...args }, context) => {
      const scope = narrowToCustomer(await readScope(context, tenantId), customerId)
      const page = readPage(args, PAGES.quotaAlerts, readPosition)
      const found = await context.tollgate.quotas.latestAlerts(scope, { before: page.after, first: page.first + 1 })
      const connection = toConnection(found.slice(0, page.first), {
        hasMore: found.length > page.first,
        page,
        cursor: ({ cursor }: QuotaAlert) => encodeCursor(cursor),
      })
      // Before the first alert, if there is none.
      return withFollowAfter(connection, connection.pageInfo.startCursor ?? encodeCursor('0'))
    },
  }),
)

function readPosition(cursor: string): string {
  const position = decodeCursor(cursor)
  if (!/^\d{1,18}$/.test(position)) throw invalidCursor()
  return position
}

builder.subscriptionField('quotaAlerts', t =>
  t.field({
    type: QuotaAlertRef,
    authScopes: { can: 'quotas:read' },
    extensions: forCustomers(args => args),
    description:
      'Quota alerts as they are raised, on any server, each once and in order. To resume without missing any, pass the cursor of the last alert received as `after`.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to follow. An operator key that omits it follows all tenants.' }),
      after: t.arg.string({ description: 'Return alerts after this cursor. Defaults to alerts from now on.' }),
    },
    subscribe: async (_root, { tenantId, after }, context) =>
      followFrom(requireLive(context).source(liveQuotaAlerts), { scope: await readScope(context, tenantId), after }),
    resolve: alert => alert,
  }),
)
