import { forCustomers } from '../../../../graphql/access-tokens.ts'
import { onlyUsageOfCustomer } from '../../../../graphql/only-own-customer.ts'
import { readScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { TimeRangeInputRef } from '../time-range-input.ts'
import { toFilter, UsageFilterInputRef } from '../usage-filter-input.ts'
import { CostBasisRef } from '../usage-enums.ts'
import { chargedTenantOf } from './charged-measures.ts'
import { UsageReportRef } from './usage-report.ts'

builder.queryField('usage', t =>
  t.field({
    type: UsageReportRef,
    authScopes: { can: 'usage:read' },
    extensions: forCustomers(onlyUsageOfCustomer),
    description: 'Reports usage: in total, over time, and by any combination of dimensions.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants together.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'Range of `occurredAt`.' }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Events to include. Defaults to all.' }),
      costBasis: t.arg({ type: CostBasisRef, defaultValue: 'corrected', description: 'Whether costs include corrections. Defaults to CORRECTED.' }),
    },
    resolve: async (_root, { tenantId, range, filter: input, costBasis }, context) => {
      const scope = await readScope(context, tenantId)
      const filter = toFilter(input)
      const report = context.tollgate.usage.report(scope, { range, filter, costs: costBasis ?? 'corrected' })
      return { report, usage: { tenantId: chargedTenantOf(scope), range, filter } }
    },
  }),
)
