import { checkPageSize } from '@tollgate/kernel'
import type { UsageReport } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY, PAGES } from '../../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { selects } from '../../../../graphql/relay/selected-fields.ts'
import { selectedMeasures, selectsCharge } from './selected-measures.ts'
import {
  chargedGroups,
  chargedGroupsAndOther,
  chargedPoints,
  chargedSeries,
  readCharges,
  readSeriesCharges,
  type ReadTotal,
  type ReportedUsage,
} from './charged-measures.ts'
import { groupedBy } from './grouped-by.ts'
import { DimensionRef, GranularityRef, MeasureRef } from '../usage-enums.ts'
import { CompactSeriesRef } from './compact-series.ts'
import type { ReadTotals } from './report-totals.ts'
import { UsageChangeRef } from './usage-change.ts'
import { UsageGroupRef } from './usage-group.ts'
import { UsageGroupedSeriesRef, UsageGroupsRef, UsagePointRef } from './usage-groups.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

/** A report, and what it reports. */
export interface ChargedReport {
  readonly report: UsageReport
  readonly usage: ReportedUsage
  readonly readTotals: ReadTotals
  /** Default time zone of its calendar. */
  readonly readTimeZone: () => Promise<string>
  readonly previous: () => ChargedReport
}

const groupComplexity = pageComplexity(PAGES.groups)

/** Sums over one range and filter. Each field is read only if it is selected, and so are latencies, which cost the most, customers, and details, which have tables of their own. */
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
      resolve: async (report, _args, _context, info) => {
        const needed = { ...selectedMeasures(info), charge: selectsCharge(info) }
        const [current, previous] = await Promise.all([report.readTotals(needed), report.previous().readTotals(needed)])
        return { current, previous }
      },
    }),
    totals: t.field({
      type: UsageMeasuresRef,
      complexity: MEASURE_COMPLEXITY,
      description: 'The total.',
      resolve: ({ readTotals }, _args, _context, info) => readTotals({ ...selectedMeasures(info), charge: selectsCharge(info) }),
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
        const calendar = { granularity, timeZone: timeZone ?? 'UTC' }
        const measures = [['measures']]
        const [points, chargeOf] = await Promise.all([
          report.series({ ...calendar, ...selectedMeasures(info, measures) }),
          readSeriesCharges(context, usage, { ...calendar, isSelected: selectsCharge(info, measures) }),
        ])
        return chargedPoints(points, chargeOf)
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
        const calendar = { granularity, timeZone: timeZone ?? (await readTimeZone()) }
        const [points, chargeOf] = await Promise.all([
          report.series({ ...calendar, latency: selects(info, ['latencyP95Ms']), details: false, customers: selects(info, ['customers']) }),
          readSeriesCharges(context, usage, { ...calendar, isSelected: selectsCharge(info) }),
        ])
        const now = context.tollgate.clock.now(usage.tenantId)
        return { points: chargedPoints(points, chargeOf), end: usage.range.to, now }
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
      resolve: async ({ report, usage, readTotals }, { by, orderBy, first }, context, info) => {
        const dimensions = groupedBy(by)
        const measures = [['measures']]
        const groups = report.breakdown({
          by: dimensions,
          orderBy: orderBy ?? 'cost',
          first: checkPageSize(first, PAGES.groups),
          ...selectedMeasures(info, measures),
        })
        const chargeOf = readCharges(context, usage, { by: dimensions, isSelected: selectsCharge(info, measures) })
        return chargedGroups(await groups, chargeOf, totalOf(readTotals))
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
      resolve: async ({ report, usage, readTotals }, { by, orderBy, first }, context, info) => {
        const dimensions = groupedBy(by)
        const measures = [['groups', 'measures'], ['other']]
        const found = report.groups({
          by: dimensions,
          orderBy: orderBy ?? 'cost',
          first: checkPageSize(first, PAGES.groups),
          ...selectedMeasures(info, measures),
        })
        const chargeOf = readCharges(context, usage, { by: dimensions, isSelected: selectsCharge(info, measures) })
        return chargedGroupsAndOther(await found, chargeOf, totalOf(readTotals))
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
        const calendar = { granularity, timeZone: timeZone ?? (await readTimeZone()) }
        const measures = [
          ['series', 'points', 'measures'],
          ['other', 'measures'],
        ]
        const [found, chargeOf] = await Promise.all([
          report.groupedSeries({
            ...calendar,
            by: dimensions,
            orderBy: orderBy ?? 'cost',
            first: checkPageSize(first ?? DEFAULT_SERIES, PAGES.groups),
            ...selectedMeasures(info, measures),
          }),
          readSeriesCharges(context, usage, { ...calendar, by: dimensions, isSelected: selectsCharge(info, measures) }),
        ])
        return chargedSeries(found, chargeOf)
      },
    }),
  }),
})

/** One read of sums, and a few lists. */
const COMPACT_SERIES_COMPLEXITY = 4 * MEASURE_COMPLEXITY

/** How many series a chart can show so that colours can be distinguished. */
const DEFAULT_SERIES = 8

/** Reads the total when a group asks for its part of it. */
function totalOf(readTotals: ReadTotals): ReadTotal {
  return () => readTotals({ latency: false, details: false, customers: false, charge: false })
}
