import type { UsageGroup } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import { DimensionRef } from '../usage-enums.ts'
import { OF_TOTAL, type PartOfTotal, percentageOfTotal, SharedSumRef } from './percentage-of-total.ts'
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
export const UsageGroupRef = builder.objectRef<Pick<UsageGroup, 'key'> & PartOfTotal>('UsageGroup').implement({
  description: 'The usage of one combination of dimension values.',
  fields: t => ({
    key: t.field({
      type: [DimensionValueRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'A value for each dimension of `by`, in the same order.',
      resolve: ({ key }) => [...key],
    }),
    measures: t.expose('measures', { type: UsageMeasuresRef, description: 'The usage of the group.' }),
    percentage: t.float({
      nullable: true,
      description: `The part of the group, ${OF_TOTAL} Null in lists of unpriced usage.`,
      args: { of: t.arg({ type: SharedSumRef, defaultValue: 'charge', description: 'The sum. Defaults to CHARGE.' }) },
      resolve: (group, { of }, context) => percentageOfTotal(group, of ?? 'charge', context),
    }),
  }),
})
