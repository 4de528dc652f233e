import type { UsageGroup } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { DimensionRef } from './usage-enums.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

/** What a group has in one dimension. */
export const DimensionValueRef = builder.objectRef<UsageGroup['key'][number]>('DimensionValue').implement({
  description: 'What a group has in one dimension.',
  fields: t => ({
    dimension: t.expose('dimension', { type: DimensionRef, description: 'The dimension.' }),
    value: t.exposeString('value', { nullable: true, description: 'Its value; null for events that have none.' }),
  }),
})

/** What one combination of dimension values adds up to. */
export const UsageGroupRef = builder.objectRef<UsageGroup>('UsageGroup').implement({
  description: 'What one combination of dimension values adds up to.',
  fields: t => ({
    key: t.field({
      type: [DimensionValueRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'A value for each dimension that was grouped by, in the same order.',
      resolve: ({ key }) => [...key],
    }),
    measures: t.expose('measures', { type: UsageMeasuresRef, description: 'The sums of the group.' }),
  }),
})
