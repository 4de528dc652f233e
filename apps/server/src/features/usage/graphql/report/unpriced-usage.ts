import { readScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY, PAGES } from '../../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { TimeRangeInputRef } from '../time-range-input.ts'
import { UsageGroupRef } from './usage-group.ts'

const groupComplexity = pageComplexity(PAGES.groups)

builder.queryField('unpricedUsage', t =>
  t.field({
    type: [UsageGroupRef],
    authScopes: { can: 'usage:read' },
    complexity: args => ({ field: MEASURE_COMPLEXITY, multiplier: groupComplexity(args).multiplier }),
    description: 'Lists models that have usage but no price, by provider and model, most calls first.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants together.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'Range of `occurredAt`.' }),
      first: t.arg.int({ defaultValue: PAGES.groups.default, description: `1 to ${PAGES.groups.max}. Defaults to ${PAGES.groups.default}.` }),
    },
    resolve: async (_root, { tenantId, range, first }, context) => [
      ...(await context.tollgate.usage.unpriced(await readScope(context, tenantId), { range, first: checkPageSize(first, PAGES.groups) })),
    ],
  }),
)
