import { errorCalls } from '@tollgate/usage'
import { type Period, Temporal } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import type { ChargedPoint } from './charged-measures.ts'

/** The points of a series, and what is needed to tell which have ended. */
export interface CompactSeries {
  readonly points: readonly ChargedPoint[]
  /** End of the last point. */
  readonly end: Period['to']
  readonly now: Temporal.Instant
}

/** The field that has the series counts as much as the lists. */
const COUNTED_ABOVE = { field: 0, multiplier: 0 }

/** GraphQL type `CompactSeries`. */
export const CompactSeriesRef = builder.objectRef<CompactSeries>('CompactSeries').implement({
  description: 'A series as a list for each measure. All lists have the same length; the value at a position is that of the same unit in every list.',
  fields: t => ({
    length: t.int({ description: 'Number of units.', resolve: ({ points }) => points.length }),
    starts: t.field({
      type: ['DateTime'],
      complexity: COUNTED_ABOVE,
      description: 'Start of each unit. The range cuts the first.',
      resolve: ({ points }) => points.map(({ start }) => start),
    }),
    end: t.field({ type: 'DateTime', description: 'End of the last unit.', resolve: ({ end }) => end }),
    firstUnfinished: t.int({
      nullable: true,
      description: 'Position of the first unit that has not ended, whose sums still grow. Null if all have ended.',
      resolve: ({ points, end, now }) => {
        const at = points.findIndex((_, position) => Temporal.Instant.compare(points[position + 1]?.start ?? end, now) > 0)
        return at === -1 ? null : at
      },
    }),
    calls: t.field({
      type: ['SafeInt'],
      complexity: COUNTED_ABOVE,
      description: 'Number of events.',
      resolve: ({ points }) => points.map(({ measures }) => measures.calls),
    }),
    errors: t.field({
      type: ['SafeInt'],
      complexity: COUNTED_ABOVE,
      description: 'Events that did not succeed.',
      resolve: ({ points }) => points.map(({ measures }) => errorCalls(measures)),
    }),
    tokens: t.field({
      type: ['BigInt'],
      complexity: COUNTED_ABOVE,
      description: 'Total tokens.',
      resolve: ({ points }) => points.map(({ measures }) => measures.tokens.total),
    }),
    customers: t.field({
      type: ['SafeInt'],
      complexity: COUNTED_ABOVE,
      description: 'Number of distinct customers.',
      resolve: ({ points }) => points.map(({ measures }) => measures.customers),
    }),
    charge: t.field({
      type: ['Decimal'],
      nullable: { list: false, items: true },
      complexity: COUNTED_ABOVE,
      description: 'What is charged, as in `UsageMeasures.charge`.',
      resolve: ({ points }) => Promise.all(points.map(async ({ measures }) => measures.readCharge?.() ?? null)),
    }),
    cost: t.field({
      type: ['Decimal'],
      nullable: true,
      showsCosts: true,
      complexity: COUNTED_ABOVE,
      description: 'What providers charge, in USD.',
      resolve: ({ points }) => points.map(({ measures }) => measures.cost),
    }),
    latencyP95Ms: t.floatList({
      nullable: { list: false, items: true },
      complexity: COUNTED_ABOVE,
      description: '95th percentile of latency in milliseconds. Null where no event has a latency.',
      resolve: ({ points }) => points.map(({ measures }) => measures.latency?.p95Ms ?? null),
    }),
  }),
})
