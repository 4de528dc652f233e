import type { UsagePoint, UsageReport } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY, PAGES } from '../../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../../graphql/relay/page.ts'
import { selects } from '../../../../graphql/relay/selected-fields.ts'
import { selectsDetails } from './selects-details.ts'
import { groupedBy } from './grouped-by.ts'
import { DimensionRef, GranularityRef, MeasureRef } from '../usage-enums.ts'
import { UsageGroupRef } from './usage-group.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

const UsagePointRef = builder.objectRef<UsagePoint>('UsagePoint').implement({
  description: 'The usage of one calendar unit of a series.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'Start of the unit, or of the range if that is later.' }),
    measures: t.expose('measures', { type: UsageMeasuresRef, description: 'The usage of the unit.' }),
  }),
})

const groupComplexity = pageComplexity(PAGES.groups)

/** Sums over one range and filter. Each field is read only if it is selected, and so are latencies, which cost the most, and details, which have tables of their own. */
export const UsageReportRef = builder.objectRef<UsageReport>('UsageReport').implement({
  description: 'Usage of one range and filter.',
  fields: t => ({
    totals: t.field({
      type: UsageMeasuresRef,
      complexity: MEASURE_COMPLEXITY,
      description: 'The total.',
      resolve: (report, _args, _context, info) => report.totals({ latency: selects(info, ['latencyMs']), details: selectsDetails(info) }),
    }),
    series: t.field({
      type: [UsagePointRef],
      complexity: { field: MEASURE_COMPLEXITY, multiplier: 100 },
      description: 'The usage of each hour, day, week or month, in order, including empty ones. The range cuts the first and the last.',
      args: {
        granularity: t.arg({ type: GranularityRef, required: true, description: 'Calendar unit of the points.' }),
        timeZone: t.arg.string({ defaultValue: 'UTC', description: 'IANA time zone of the calendar, such as "Europe/Berlin". Defaults to UTC.' }),
      },
      resolve: (report, { granularity, timeZone }, _context, info) =>
        report
          .series({
            granularity,
            timeZone: timeZone ?? 'UTC',
            latency: selects(info, ['measures', 'latencyMs']),
            details: selectsDetails(info, ['measures']),
          })
          .then(points => [...points]),
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
      resolve: (report, { by, orderBy, first }, _context, info) =>
        report
          .breakdown({
            by: groupedBy(by),
            orderBy: orderBy ?? 'cost',
            first: checkPageSize(first, PAGES.groups),
            latency: selects(info, ['measures', 'latencyMs']),
            details: selectsDetails(info, ['measures']),
          })
          .then(groups => [...groups]),
    }),
  }),
})
