import type { QuotaAlert } from '@tollgate/quotas'
import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { encodeCursor } from '../../../graphql/relay/cursor.ts'
import { followFrom } from '../../../graphql/live/follow-from.ts'
import { liveOf } from '../../../graphql/live/live-of.ts'
import { liveQuotaAlerts } from '../live.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { DimensionRef } from '../../usage/graphql/usage-enums.ts'
import { QuotaMetricRef, QuotaWindowRef } from './quota-enums.ts'

const QuotaAlertRef = builder.objectRef<QuotaAlert>('QuotaAlert').implement({
  description: 'Usage reached a threshold of a quota: told once for each limit, scope value, window and threshold.',
  fields: t => ({
    cursor: t.string({ description: 'Marks its place; give it as `after` to continue behind it.', resolve: ({ cursor }) => encodeCursor(cursor) }),
    tenant: t.field({ type: TenantRef, description: 'Whose usage it was.', resolve: ({ tenantId }) => tenantId }),
    tenantId: t.exposeID('tenantId', { description: "The tenant's id." }),
    policyId: t.exposeString('policyId', { description: 'The policy whose threshold it is.' }),
    metric: t.expose('metric', { type: QuotaMetricRef, description: 'What is limited.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'The one operation that is limited; null for all of them.' }),
    window: t.expose('window', { type: QuotaWindowRef, description: 'Over how long it counts.' }),
    windowFrom: t.expose('windowFrom', { type: 'DateTime', description: 'When the window began.' }),
    windowTo: t.expose('windowTo', { type: 'DateTime', description: 'When it ends.' }),
    scope: t.field({
      type: [DimensionRef],
      description: 'What the quota counts by; empty where it is for the whole tenant.',
      resolve: ({ scope }) => [...scope],
    }),
    scopeValue: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'The value of each dimension of the scope, in its order; null stands for "no value".',
      resolve: ({ scopeValue }) => [...scopeValue],
    }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'Percent of the limit that were reached.' }),
    used: t.expose('used', { type: 'Decimal', description: 'What was used when it was reached.' }),
    limit: t.expose('limit', { type: 'Decimal', description: 'The limit.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was reached.' }),
  }),
})

builder.subscriptionField('quotaAlerts', t =>
  t.field({
    type: QuotaAlertRef,
    authScopes: { can: 'quotas:read' },
    description:
      'Quota alerts as they are raised, on whichever server: in order, each once. With the cursor of the last one that you have as `after`, first those that were raised meanwhile: a client that comes back has missed nothing.',
    args: {
      tenantId: t.arg.id({ description: "Whose. For an operator key that names none: every tenant's." }),
      after: t.arg.string({ description: 'Continue behind this cursor. Where it is left out: alerts from now on.' }),
    },
    subscribe: async (_root, { tenantId, after }, context) =>
      followFrom(liveOf(context).of(liveQuotaAlerts), { scope: await readScope(context, tenantId), after }),
    resolve: alert => alert,
  }),
)
