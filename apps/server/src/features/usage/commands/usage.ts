import { period, type Period, type Temporal } from '@tollgate/kernel'
import type { RollupDifference } from '@tollgate/usage'
import { Command } from 'commander'
import type { Tollgate } from '../../../tollgate.ts'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { showProgress } from '../../../cli/progress.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

interface RangeOptions {
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** `tollgate usage` */
export function usageCommand(): Command {
  return new Command('usage')
    .description('Verifies or rebuilds rollups, the sums that reports are read from.')
    .addCommand(
      withRange(new Command('verify').description('Compares rollups with events. Safe while the server runs. Exits with 1 if a sum differs.')).action(verify),
    )
    .addCommand(
      withRange(new Command('rebuild').description('Rebuilds rollups from events, day by day. Writes to a day wait while it is rebuilt.')).action(rebuild),
    )
}

function withRange(command: Command): Command {
  return command
    .option('--from <time>', 'first day (default: the day of the first event)', instantOption)
    .option('--to <time>', 'day after the last (default: the day after the last event)', instantOption)
}

async function verify(options: RangeOptions): Promise<void> {
  const differences = await withTollgate(async ({ maintenance }) => {
    const range = await rangeOf(maintenance, options)
    if (range === undefined) return undefined
    using progress = showProgress('Verifying', 'days')
    return await maintenance.verify(range, ({ daysDone, daysTotal }) => progress.update(daysDone, daysTotal))
  })
  if (differences === undefined) return note('There are no events to verify.')
  if (differences.length === 0) return note('All sums match their events.')
  print(differenceTable(differences))
  note(`${differences.length} sums differ from their events. To rebuild them, run: npm run tollgate -- usage rebuild`)
  throw new CommandFailed()
}

async function rebuild(options: RangeOptions): Promise<void> {
  const done = await withTollgate(async ({ maintenance }) => {
    const range = await rangeOf(maintenance, options)
    if (range === undefined) return false
    using progress = showProgress('Rebuilding', 'days')
    await maintenance.rebuild(range, ({ daysDone, daysTotal }) => progress.update(daysDone, daysTotal))
    return true
  })
  note(done ? 'Rollups rebuilt from events.' : 'There are no events to rebuild rollups from.')
}

async function rangeOf(maintenance: Tollgate['maintenance'], { from, to }: RangeOptions): Promise<Period | undefined> {
  if (from !== undefined && to !== undefined) return period(from, to)
  const extent = await maintenance.extent()
  return extent && period(from ?? extent.from, to ?? extent.to)
}

function differenceTable(differences: readonly RollupDifference[]): string {
  const columns = [
    { heading: 'table' },
    { heading: 'bucket' },
    { heading: 'tenant' },
    { heading: 'dimension set' },
    { heading: 'measure' },
    { heading: 'expected', align: 'end' },
    { heading: 'actual', align: 'end' },
  ] as const
  return table(
    columns,
    differences.map(({ table: name, bucketStart, tenantId, dimensionSetId, measure, expected, actual }) => [
      name,
      bucketStart.toString(),
      tenantId,
      dimensionSetId,
      measure,
      expected,
      actual,
    ]),
  )
}
