import { OPERATOR_SCOPE, period, type Temporal } from '@tollgate/kernel'
import type { UsageMeasures } from '@tollgate/usage'
import { Command } from 'commander'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate prices unpriced` */
export function listUnpricedCommand(): Command {
  return new Command('unpriced')
    .description('Lists models in use that have no price, most calls first.')
    .option('--from <time>', 'only events from this time on (default: the first event)', instantOption)
    .option('--to <time>', 'only events before this time (default: after the last event)', instantOption)
    .action(listUnpriced)
}

async function listUnpriced({ from, to }: { from?: Temporal.Instant; to?: Temporal.Instant }): Promise<void> {
  const groups = await withTollgate(async ({ usage, maintenance }) => {
    const extent = from !== undefined && to !== undefined ? { from, to } : await maintenance.extent()
    if (extent === undefined) return []
    return usage.unpriced(OPERATOR_SCOPE, { range: period(from ?? extent.from, to ?? extent.to), first: 1_000 })
  })
  if (groups.length === 0) return note('Every model in use has a price.')
  const dimensions = groups[0]?.key.map(({ dimension }) => ({ heading: dimension })) ?? []
  const columns = [...dimensions, { heading: 'unpriced calls', align: 'end' as const }, { heading: 'reasons' }]
  print(
    table(
      columns,
      groups.map(({ key, measures }) => [...key.map(({ value }) => value ?? '-'), measures.unpricedCalls.toLocaleString('en'), describeReasons(measures)]),
    ),
  )
  note('Publish the missing prices with "npm run tollgate -- prices publish", then correct these calls with "prices rerate --unpriced".')
}

/** Calls that were recorded before reasons were have none. */
function describeReasons({ unpricedReasons }: UsageMeasures): string {
  return unpricedReasons.map(({ reason, calls }) => `${reason} ${calls.toLocaleString('en')}`).join(', ') || '-'
}
