import { builder } from '../../../../graphql/builder.ts'
import type { ChargedGroups, ChargedPoint, ChargedSeries } from './charged-measures.ts'
import { OF_TOTAL, percentageOfTotal, SharedSumRef } from './percentage-of-total.ts'
import { DimensionValueRef, UsageGroupRef } from './usage-group.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

const GROUP_COUNT = 'Number of groups with usage, with those in `other`.'

/** The field that has `first` multiplies by it, so the list must not do so again. */
const COUNTED_ABOVE = { field: 1, multiplier: 1 }

/** The largest groups, and all others as one. */
export const UsageGroupsRef = builder.objectRef<ChargedGroups>('UsageGroups').implement({
  description: 'The largest groups, and all others as one.',
  fields: t => ({
    groups: t.expose('groups', { type: [UsageGroupRef], complexity: COUNTED_ABOVE, description: 'The largest groups, largest first.' }),
    other: t.expose('other', {
      type: UsageMeasuresRef,
      nullable: true,
      description: 'All other groups together, with their own distinct customers and percentiles. Null if there are none.',
    }),
    otherPercentage: t.float({
      nullable: true,
      description: `The part of all other groups together, ${OF_TOTAL} Null if there are none.`,
      args: { of: t.arg({ type: SharedSumRef, defaultValue: 'charge', description: 'The sum. Defaults to CHARGE.' }) },
      resolve: ({ other, readTotal }, { of }, context) => other && percentageOfTotal({ measures: other, readTotal }, of ?? 'charge', context),
    }),
    groupCount: t.expose('groupCount', { type: 'SafeInt', description: GROUP_COUNT }),
  }),
})

/** One calendar unit of a series. */
export const UsagePointRef = builder.objectRef<ChargedPoint>('UsagePoint').implement({
  description: 'The usage of one calendar unit of a series.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'Start of the unit, or of the range if that is later.' }),
    measures: t.expose('measures', { type: UsageMeasuresRef, description: 'The usage of the unit.' }),
  }),
})

const UsageSeriesRef = builder.objectRef<ChargedSeries['series'][number]>('UsageSeries').implement({
  description: 'The usage of one group over time.',
  fields: t => ({
    key: t.field({
      type: [DimensionValueRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'A value for each dimension of `by`, in the same order.',
      resolve: ({ key }) => [...key],
    }),
    points: t.expose('points', {
      type: [UsagePointRef],
      complexity: { field: 1, multiplier: 10 },
      description: 'Every calendar unit of the range, in order, including empty ones.',
    }),
  }),
})

/** A series for each of the largest groups, and one for all others. */
export const UsageGroupedSeriesRef = builder.objectRef<ChargedSeries>('UsageGroupedSeries').implement({
  description: 'A series for each of the largest groups, and one for all others.',
  fields: t => ({
    series: t.expose('series', {
      type: [UsageSeriesRef],
      complexity: COUNTED_ABOVE,
      description: 'The series of the largest groups of the range, largest first.',
    }),
    other: t.expose('other', {
      type: [UsagePointRef],
      nullable: true,
      complexity: { field: 1, multiplier: 10 },
      description: 'All other groups together. Null if there are none.',
    }),
    groupCount: t.expose('groupCount', { type: 'SafeInt', description: GROUP_COUNT }),
  }),
})
