import type { UsagePoint, UsageReport } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY, PAGES } from '../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { selects } from '../../../graphql/relay/selected-fields.ts'
import { groupedBy } from './grouped-by.ts'
import { DimensionRef, GranularityRef, MeasureRef } from './usage-enums.ts'
import { UsageGroupRef } from './usage-group.ts'
import { UsageMeasuresRef } from './usage-measures.ts'

const UsagePointRef = builder.objectRef<UsagePoint>('UsagePoint').implement({
  description: 'What one calendar unit of a series adds up to.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'Where the unit begins, or the range, where that begins later.' }),
    measures: t.expose('measures', { type: UsageMeasuresRef, description: 'The sums of the unit.' }),
  }),
})

const groupComplexity = pageComplexity(PAGES.groups)

/** Sums over one range and filter. Each field is read only when it is asked for; latencies too, which cost the most. */
export const UsageReportRef = builder.objectRef<UsageReport>('UsageReport').implement({
  description: 'Sums over one range and filter.',
  fields: t => ({
    totals: t.field({
      type: UsageMeasuresRef,
      complexity: MEASURE_COMPLEXITY,
      description: 'All of it together.',
      resolve: (report, _args, _context, info) => report.totals({ latency: selects(info, ['latencyMs']) }),
    }),
    series: t.field({
      type: [UsagePointRef],
      complexity: { field: MEASURE_COMPLEXITY, multiplier: 100 },
      description: 'The sums of each hour, day, week or month, in order; empty ones included, the first and the last cut where the range is.',
      args: {
        granularity: t.arg({ type: GranularityRef, required: true, description: 'How finely it is cut.' }),
        timeZone: t.arg.string({ defaultValue: 'UTC', description: 'Whose calendar: an IANA name, such as "Europe/Berlin".' }),
      },
      resolve: (report, { granularity, timeZone }, _context, info) =>
        report.series({ granularity, timeZone: timeZone ?? 'UTC', latency: selects(info, ['measures', 'latencyMs']) }).then(points => [...points]),
    }),
    breakdown: t.field({
      type: [UsageGroupRef],
      complexity: args => ({ field: MEASURE_COMPLEXITY, multiplier: groupComplexity(args).multiplier }),
      description: 'The sums of each combination of dimension values, the largest first. Combinations without usage are left out.',
      args: {
        by: t.arg({ type: [DimensionRef], required: true, description: 'The dimensions to group by, each once.' }),
        orderBy: t.arg({ type: MeasureRef, defaultValue: 'cost', description: 'What the largest is the largest of.' }),
        first: t.arg.int({ defaultValue: PAGES.groups.default, description: `Groups at the most, from 1 to ${PAGES.groups.max}.` }),
      },
      resolve: (report, { by, orderBy, first }, _context, info) =>
        report
          .breakdown({
            by: groupedBy(by),
            orderBy: orderBy ?? 'cost',
            first: checkPageSize(first, PAGES.groups),
            latency: selects(info, ['measures', 'latencyMs']),
          })
          .then(groups => [...groups]),
    }),
  }),
})
