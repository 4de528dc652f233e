import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TimeRangeInputRef } from './time-range-input.ts'
import { toFilter, UsageFilterInputRef } from './usage-filter-input.ts'
import { CostBasisRef } from './usage-enums.ts'
import { UsageReportRef } from './usage-report.ts'

builder.queryField('usage', t =>
  t.field({
    type: UsageReportRef,
    authScopes: { can: 'usage:read' },
    description: 'What usage adds up to: in total, over time, and by any combination of dimensions.',
    args: {
      tenantId: t.arg.id({ description: 'Whose usage. For an operator key that names none: all tenants together.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'When it happened (`occurredAt`).' }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Which events count; all where it is left out.' }),
      costBasis: t.arg({ type: CostBasisRef, defaultValue: 'corrected', description: 'Whether costs count as corrected since, or as first recorded.' }),
    },
    resolve: async (_root, { tenantId, range, filter, costBasis }, context) =>
      context.tollgate.usage.report(await readScope(context, tenantId), { range, filter: toFilter(filter), costs: costBasis ?? 'corrected' }),
  }),
)
