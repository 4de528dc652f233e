import { scopeOf } from '@tollgate/accounts'
import type { UsageGroup } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { MEASURE_COMPLEXITY, PAGES } from '../../../../graphql/limits/limits.ts'
import { checkPageSize, type Period } from '@tollgate/kernel'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'
import { chargedGroups, type ChargedMeasures, type ChargeOf, readCharges } from './charged-measures.ts'
import { selectedMeasures } from './selected-measures.ts'
import { TimeRangeInputRef } from '../time-range-input.ts'
import { MeasureRef } from '../usage-enums.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

const TenantUsageRef = builder.objectRef<UsageGroup & { readonly measures: ChargedMeasures }>('TenantUsage').implement({
  description: 'The usage of one tenant.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The tenant.', resolve: ({ key }) => key[0]?.value ?? '' }),
    measures: t.expose('measures', { type: UsageMeasuresRef, description: 'Its usage.' }),
  }),
})

function chargesOfTenant(context: GraphQLContext, { group, range }: { readonly group: UsageGroup; readonly range: Period }): ChargeOf | undefined {
  return readCharges(context, { tenantId: group.key[0]?.value ?? null, range, filter: {} }, { isSelected: false })
}

const consumerComplexity = pageComplexity(PAGES.consumers)

builder.queryField('topConsumers', t =>
  t.field({
    type: [TenantUsageRef],
    authScopes: { $all: { operator: true, can: 'usage:read' } },
    complexity: args => ({ field: MEASURE_COMPLEXITY, multiplier: consumerComplexity(args).multiplier }),
    description: 'Ranks tenants by a measure, largest first. For operators.',
    args: {
      metric: t.arg({ type: MeasureRef, required: true, description: 'Measure to rank by.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'Range of `occurredAt`.' }),
      first: t.arg.int({ defaultValue: PAGES.consumers.default, description: `1 to ${PAGES.consumers.max}. Defaults to ${PAGES.consumers.default}.` }),
    },
    resolve: async (_root, { metric, range, first }, context, info) => {
      const groups = await context.tollgate.usage.topConsumers(scopeOf(context.viewer), {
        measure: metric,
        range,
        first: checkPageSize(first, PAGES.consumers),
        ...selectedMeasures(info, [['measures']]),
      })
      return groups.flatMap(group => chargedGroups([group], chargesOfTenant(context, { group, range })))
    },
  }),
)
