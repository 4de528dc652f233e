import type { UsagePoint, UsageReport } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY, PAGES } from '../../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { selects } from '../../../../graphql/relay/selected-fields.ts'
import { selectsDetails } from './selects-details.ts'
import { chargedGroups, type ChargedMeasures, chargedPoints, readCharges, type ReportedUsage } from './charged-measures.ts'
import { groupedBy } from './grouped-by.ts'
import { DimensionRef, GranularityRef, MeasureRef } from '../usage-enums.ts'
import { UsageGroupRef } from './usage-group.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

const UsagePointRef = builder.objectRef<UsagePoint & { readonly measures: ChargedMeasures }>('UsagePoint').implement({
  description: 'The usage of one calendar unit of a series.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'Start of the unit, or of the range if that is later.' }),
    measures: t.expose('measures', { type: UsageMeasuresRef, description: 'The usage of the unit.' }),
  }),
})

/** A report, and what it reports. */
export interface ChargedReport {
  readonly report: UsageReport
  readonly usage: ReportedUsage
}

const groupComplexity = pageComplexity(PAGES.groups)

/** Sums over one range and filter. Each field is read only if it is selected, and so are latencies, which cost the most, and details, which have tables of their own. */
export const UsageReportRef = builder.objectRef<ChargedReport>('UsageReport').implement({
  description: 'Usage of one range and filter.',
  fields: t => ({
    totals: t.field({
      type: UsageMeasuresRef,
      complexity: MEASURE_COMPLEXITY,
      description: 'The total.',
      resolve: async ({ report, usage }, _args, context, info) => {
        const totals = await report.totals({ latency: selects(info, ['latencyMs']), details: selectsDetails(info) })
        const chargeOf = readCharges(context, usage)
        return chargeOf === undefined ? totals : { ...totals, readCharge: () => chargeOf({}) }
      },
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
        return chargedGroups(groups, readCharges(context, usage, { by: dimensions }))
      },
    }),
  }),
})
