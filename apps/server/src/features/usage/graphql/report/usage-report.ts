import { checkPageSize, splitPeriod } from '@tollgate/kernel'
import type { UsageReport } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { MEASURE_COMPLEXITY, PAGES } from '../../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { selects } from '../../../../graphql/relay/selected-fields.ts'
import { selectsDetails } from './selects-details.ts'
import {
  chargedGroups,
  chargedGroupsAndOther,
  type ChargedMeasures,
  chargedPoints,
  chargedSeries,
  readCharges,
  type ReadTotal,
  type ReportedUsage,
} from './charged-measures.ts'
import { groupedBy } from './grouped-by.ts'
import { DimensionRef, GranularityRef, MeasureRef } from '../usage-enums.ts'
import { CompactSeriesRef } from './compact-series.ts'
import { UsageChangeRef } from './usage-change.ts'
import { UsageGroupRef } from './usage-group.ts'
import { UsageGroupedSeriesRef, UsageGroupsRef, UsagePointRef } from './usage-groups.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

/** A report, and what it reports. */
export interface ChargedReport {
  readonly report: UsageReport
  readonly usage: ReportedUsage
  /** Default time zone of its calendar. */
  readonly readTimeZone: () => Promise<string>
  readonly previous: () => ChargedReport
}

const groupComplexity = pageComplexity(PAGES.groups)

/** Sums over one range and filter. Each field is read only if it is selected, and so are latencies, which cost the most, and details, which have tables of their own. */
export const UsageReportRef = builder.objectRef<ChargedReport>('UsageReport')

UsageReportRef.implement({
  description: 'Usage of one range and filter.',
  fields: t => ({
    from: t.field({ type: 'DateTime', description: 'Start of the range.', resolve: ({ usage }) => usage.range.from }),
    to: t.field({ type: 'DateTime', description: 'End of the range, exclusive.', resolve: ({ usage }) => usage.range.to }),
    timeZone: t.string({ description: 'Time zone of a named period and of grouped series.', resolve: ({ readTimeZone }) => readTimeZone() }),
    previous: t.field({
      type: UsageReportRef,
      description:
        'The period before: the same calendar period, or a range of the same length. While the period runs, only as much of it as has passed of the period, so that both can be compared.',
      resolve: ({ previous }) => previous(),
    }),
    change: t.field({
      type: UsageChangeRef,
      complexity: 2 * MEASURE_COMPLEXITY,
      description: 'Changes of the totals from the period before.',
      resolve: async (current, _args, context) => {
        const [now, before] = await Promise.all([current, current.previous()].map(one => chargedTotals(one, { context, latency: false, details: false })))
        return { current: now as ChargedMeasures, previous: before as ChargedMeasures }
      },
    }),
    totals: t.field({
      type: UsageMeasuresRef,
      complexity: MEASURE_COMPLEXITY,
      description: 'The total.',
      resolve: ({ report, usage }, _args, context, info) =>
        chargedTotals({ report, usage }, { context, latency: selects(info, ['latencyMs']), details: selectsDetails(info) }),
    }),
    series: t.field({
      type: [UsagePointRef],
      complexity: { field: MEASURE_COMPLEXITY, multiplier: 100 },
      description: 'The usage of each hour, day, week or month, in order, including empty ones. The range cuts the first and the last.',
      args: {
        granularity: t.arg({ type: GranularityRef, required: true, description: 'Calendar unit of the points.' }),
        timeZone: t.arg.string({ defaultValue: 'UTC', description: 'IANA time zone of the calendar, such as "Europe/Berlin". Defaults to UTC.' }),
      },
      resolve: async ({ report, usage }, { granularity, timeZone }, context, info) => {
        const points = await report.series({
          granularity,
          timeZone: timeZone ?? 'UTC',
          latency: selects(info, ['measures', 'latencyMs']),
          details: selectsDetails(info, ['measures']),
        })
        return chargedPoints(points, { context, usage })
      },
    }),
    compactSeries: t.field({
      type: CompactSeriesRef,
      complexity: COMPACT_SERIES_COMPLEXITY,
      description: 'The same as `series`, as a list of numbers for each measure: for long charts, such as a year by hour.',
      args: {
        granularity: t.arg({ type: GranularityRef, required: true, description: 'Calendar unit of the points.' }),
        timeZone: t.arg.string({ description: 'IANA time zone of the calendar. Defaults to that of the report.' }),
      },
      resolve: async ({ report, usage, readTimeZone }, { granularity, timeZone }, context, info) => {
        const points = await report.series({
          granularity,
          timeZone: timeZone ?? (await readTimeZone()),
          latency: selects(info, ['latencyP95Ms']),
          details: false,
        })
        const now = context.tollgate.clock.now(usage.tenantId)
        return { points: chargedPoints(points, { context, usage }), end: usage.range.to, now }
      },
    }),
    breakdown: t.field({
      type: [UsageGroupRef],
      complexity: args => ({ field: MEASURE_COMPLEXITY, multiplier: groupComplexity(args).multiplier }),
      description: 'The usage of each combination of dimension values, largest first. Omits combinations without usage.',
      args: {
        by: t.arg({ type: [DimensionRef], required: true, description: 'Dimensions to group by, each once.' }),
        orderBy: t.arg({ type: MeasureRef, defaultValue: 'cost', description: 'Measure to order by, largest first. Defaults to COST.' }),
        first: t.arg.int({ defaultValue: PAGES.groups.default, description: `1 to ${PAGES.groups.max}. Defaults to ${PAGES.groups.default}.` }),
      },
      resolve: async ({ report, usage }, { by, orderBy, first }, context, info) => {
        const dimensions = groupedBy(by)
        const groups = await report.breakdown({
          by: dimensions,
          orderBy: orderBy ?? 'cost',
          first: checkPageSize(first, PAGES.groups),
          latency: selects(info, ['measures', 'latencyMs']),
          details: selectsDetails(info, ['measures']),
        })
        return chargedGroups(groups, readCharges(context, usage, { by: dimensions }), totalOf({ report, usage }, context))
      },
    }),
    groups: t.field({
      type: UsageGroupsRef,
      complexity: args => ({ field: MEASURE_COMPLEXITY, multiplier: groupComplexity(args).multiplier }),
      description: 'The largest combinations of dimension values, and all others as one: "top 20 of 487".',
      args: {
        by: t.arg({ type: [DimensionRef], required: true, description: 'Dimensions to group by, each once.' }),
        orderBy: t.arg({ type: MeasureRef, defaultValue: 'cost', description: 'Sum to order by, largest first. Defaults to COST.' }),
        first: t.arg.int({ defaultValue: PAGES.groups.default, description: `1 to ${PAGES.groups.max}. Defaults to ${PAGES.groups.default}.` }),
      },
      resolve: async ({ report, usage }, { by, orderBy, first }, context, info) => {
        const dimensions = groupedBy(by)
        const found = await report.groups({
          by: dimensions,
          orderBy: orderBy ?? 'cost',
          first: checkPageSize(first, PAGES.groups),
          latency: ['groups', 'other'].some(part => selects(info, part === 'groups' ? ['groups', 'measures', 'latencyMs'] : [part, 'latencyMs'])),
          details: selectsDetails(info, ['groups', 'measures']) || selectsDetails(info, ['other']),
        })
        return chargedGroupsAndOther(found, readCharges(context, usage, { by: dimensions }), totalOf({ report, usage }, context))
      },
    }),
    groupedSeries: t.field({
      type: UsageGroupedSeriesRef,
      complexity: args => ({ field: MEASURE_COMPLEXITY, multiplier: 10 * groupComplexity(args).multiplier }),
      description: 'A series for each of the largest groups of the range, and one for all others, in one question: for stacked charts.',
      args: {
        granularity: t.arg({ type: GranularityRef, required: true, description: 'Calendar unit of the points.' }),
        timeZone: t.arg.string({ description: 'IANA time zone of the calendar. Defaults to that of the report.' }),
        by: t.arg({ type: [DimensionRef], required: true, description: 'Dimensions to group by, each once.' }),
        orderBy: t.arg({ type: MeasureRef, defaultValue: 'cost', description: 'Sum to order by, largest first. Defaults to COST.' }),
        first: t.arg.int({ defaultValue: DEFAULT_SERIES, description: `1 to ${PAGES.groups.max}. Defaults to ${DEFAULT_SERIES}.` }),
      },
      resolve: async ({ report, usage, readTimeZone }, { granularity, timeZone, by, orderBy, first }, context, info) => {
        const dimensions = groupedBy(by)
        const zone = timeZone ?? (await readTimeZone())
        const found = await report.groupedSeries({
          granularity,
          timeZone: zone,
          by: dimensions,
          orderBy: orderBy ?? 'cost',
          first: checkPageSize(first ?? DEFAULT_SERIES, PAGES.groups),
          latency: selects(info, ['series', 'points', 'measures', 'latencyMs']) || selects(info, ['other', 'measures', 'latencyMs']),
          details: selectsDetails(info, ['series', 'points', 'measures']) || selectsDetails(info, ['other', 'measures']),
        })
        const buckets = [...splitPeriod(usage.range, granularity, zone)]
        return chargedSeries(found, readCharges(context, usage, { by: dimensions, buckets }))
      },
    }),
  }),
})

/** One read of sums, and a few lists. */
const COMPACT_SERIES_COMPLEXITY = 4 * MEASURE_COMPLEXITY

/** How many series a chart can show so that colours can be distinguished. */
const DEFAULT_SERIES = 8

/** Reads the total once, when a group asks for its part of it. */
function totalOf(reported: Pick<ChargedReport, 'report' | 'usage'>, context: GraphQLContext): ReadTotal {
  let total: Promise<ChargedMeasures> | undefined
  return () => (total ??= chargedTotals(reported, { context, latency: false, details: false }))
}

async function chargedTotals(
  { report, usage }: Pick<ChargedReport, 'report' | 'usage'>,
  { context, ...options }: { readonly context: GraphQLContext; readonly latency: boolean; readonly details: boolean },
): Promise<ChargedMeasures> {
  const totals = await report.totals(options)
  const chargeOf = readCharges(context, usage)
  return chargeOf === undefined ? totals : { ...totals, readCharge: () => chargeOf({}) }
}
