import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY, PAGES } from '../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { TimeRangeInputRef } from './time-range-input.ts'
import { UsageGroupRef } from './usage-group.ts'

const groupComplexity = pageComplexity(PAGES.groups)

builder.queryField('unpricedUsage', t =>
  t.field({
    type: [UsageGroupRef],
    authScopes: { can: 'usage:read' },
    complexity: args => ({ field: MEASURE_COMPLEXITY, multiplier: groupComplexity(args).multiplier }),
    description: 'The models in use that no price is known for, by provider and model, most calls first. What to publish a price for.',
    args: {
      tenantId: t.arg.id({ description: 'Whose usage. For an operator key that names none: all tenants together.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'When it happened.' }),
      first: t.arg.int({ defaultValue: PAGES.groups.default, description: `Models at the most, from 1 to ${PAGES.groups.max}.` }),
    },
    resolve: async (_root, { tenantId, range, first }, context) => [
      ...(await context.tollgate.usage.unpriced(await readScope(context, tenantId), { range, first: checkPageSize(first, PAGES.groups) })),
    ],
  }),
)
