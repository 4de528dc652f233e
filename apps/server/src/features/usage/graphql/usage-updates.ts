import type { UsageTotals } from '../live/usage-totals.ts'
import { forCustomers } from '../../../graphql/plugins/access-tokens.ts'
import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { onlyCustomer } from '../../../graphql/only-own-customer.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { followUsage } from './follow-usage.ts'
import { UsageMeasuresRef } from './report/usage-measures.ts'

/** Totals of usage. */
export const UsageUpdateRef = builder.objectRef<UsageTotals>('UsageUpdate').implement({
  description: 'Usage of the current day and month, of a tenant or of one customer, in the time zone of the tenant.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullable: true, description: 'The tenant; null for all tenants together.', resolve: ({ tenantId }) => tenantId }),
    at: t.expose('at', { type: 'DateTime', description: 'When the usage was read.' }),
    timeZone: t.exposeString('timeZone', { description: 'Time zone of the day and the month: that of the tenant, or UTC for all tenants.' }),
    todayFrom: t.field({ type: 'DateTime', description: 'Start of the day.', resolve: ({ day }) => day.from }),
    today: t.expose('today', { type: UsageMeasuresRef, complexity: MEASURE_COMPLEXITY, description: 'Usage of the day.' }),
    monthFrom: t.field({ type: 'DateTime', description: 'Start of the month.', resolve: ({ month }) => month.from }),
    month: t.expose('thisMonth', { type: UsageMeasuresRef, complexity: MEASURE_COMPLEXITY, description: 'Usage of the month.' }),
  }),
})

builder.subscriptionField('usageUpdates', t =>
  t.field({
    type: UsageUpdateRef,
    authScopes: { can: 'usage:read' },
    description:
      'Sends the current usage, and again whenever usage is recorded on any server or a new day begins. Sends at most two updates per second. For dashboards.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to follow. An operator key that omits it follows all tenants together.' }),
      customerId: t.arg.id({ description: 'Follow only the usage of this customer. An access token of a customer follows its own. Requires a tenant.' }),
    },
    extensions: forCustomers(onlyCustomer),
    subscribe: async (_root, { tenantId, customerId = null }, context, info) =>
      followUsage(context, { scope: await readScope(context, tenantId), customerId, info, path: [] }),
    resolve: totals => totals,
  }),
)
