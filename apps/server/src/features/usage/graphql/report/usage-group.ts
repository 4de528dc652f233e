import type { UsageGroup } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import { DimensionRef } from '../usage-enums.ts'
import type { ChargedMeasures } from './charged-measures.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

/** The value of a group in one dimension. */
export const DimensionValueRef = builder.objectRef<UsageGroup['key'][number]>('DimensionValue').implement({
  description: 'The value of a group in one dimension.',
  fields: t => ({
    dimension: t.expose('dimension', { type: DimensionRef, description: 'The dimension.' }),
    value: t.exposeString('value', { nullable: true, description: 'The value; null for events that have none.' }),
  }),
})

/** The usage of one combination of dimension values. */
export const UsageGroupRef = builder.objectRef<UsageGroup & { readonly measures: ChargedMeasures }>('UsageGroup').implement({
  description: 'The usage of one combination of dimension values.',
  fields: t => ({
    key: t.field({
      type: [DimensionValueRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'A value for each dimension of `by`, in the same order.',
      resolve: ({ key }) => [...key],
    }),
    measures: t.expose('measures', { type: UsageMeasuresRef, description: 'The usage of the group.' }),
  }),
})
