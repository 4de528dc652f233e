import { liveUsage } from '../live/live-usage.ts'
import type { UsageTotals } from '../live/usage-totals.ts'
import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { liveOf } from '../../../graphql/live/live-of.ts'
import { selects } from '../../../graphql/relay/selected-fields.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

const UsageUpdateRef = builder.objectRef<UsageTotals>('UsageUpdate').implement({
  description: 'What usage adds up to at present: in the day and in the month that it is for the tenant.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullable: true, description: 'Whose usage; null for all tenants together.', resolve: ({ tenantId }) => tenantId }),
    at: t.expose('at', { type: 'DateTime', description: 'When the sums were read.' }),
    timeZone: t.exposeString('timeZone', { description: "The zone that day and month are counted in: the tenant's, or UTC for all tenants." }),
    todayFrom: t.field({ type: 'DateTime', description: 'When the day began.', resolve: ({ day }) => day.from }),
    today: t.expose('today', { type: UsageMeasuresRef, complexity: MEASURE_COMPLEXITY, description: 'The sums of the day.' }),
    monthFrom: t.field({ type: 'DateTime', description: 'When the month began.', resolve: ({ month }) => month.from }),
    month: t.expose('thisMonth', { type: UsageMeasuresRef, complexity: MEASURE_COMPLEXITY, description: 'The sums of the month.' }),
  }),
})

builder.subscriptionField('usageUpdates', t =>
  t.field({
    type: UsageUpdateRef,
    authScopes: { can: 'usage:read' },
    description:
      'Live totals, for dashboards: as they are now, and again after usage was recorded or a day is over, on whichever server. Changes that come close together are one update: two in a second at the most.',
    args: { tenantId: t.arg.id({ description: 'Whose usage. For an operator key that names none: all tenants together.' }) },
    subscribe: async (_root, { tenantId }, context, info) => {
      const latency = [
        ['today', 'latencyMs'],
        ['month', 'latencyMs'],
      ].some(path => selects(info, path))
      const scope = await readScope(context, tenantId)
      return liveOf(context)
        .of(liveUsage)
        .follow({ tenantId: scope.kind === 'operator' ? null : (scope.tenantIds[0] ?? null), latency })
    },
    resolve: totals => totals,
  }),
)
