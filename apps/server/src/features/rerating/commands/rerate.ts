import { InvalidInput, period, type Temporal } from '@tollgate/kernel'
import { type ChangeTotals, costDifference, type RatingChanges, type RatingJob, type RatingRun, type RatingSelectionDraft } from '@tollgate/usage'
import { Command, InvalidArgumentError, Option } from 'commander'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { type Progress, showProgress } from '../../../cli/progress.ts'
import { operatorName } from '../../../cli/operator-name.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import type { Tollgate } from '../../../tollgate.ts'
import { RatingRunId } from '../ids.ts'

interface RerateOptions {
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
  readonly tenant?: string
  readonly provider?: string
  readonly model?: string
  readonly unpriced?: true
  readonly apply?: true
  readonly reason?: string
  readonly resume?: string
  readonly cancel?: string
}

/** `tollgate prices rerate` */
export function rerateCommand(): Command {
  return new Command('rerate')
    .description('Rates past events again with the current prices, each at its own time, and shows what would change. With --apply, writes the corrections.')
    .option('--from <time>', 'only events from this time on (default: the first event)', instantOption)
    .option('--to <time>', 'only events before this time (default: after the last event)', instantOption)
    .option('--tenant <id>', 'only events of this tenant')
    .option('--provider <provider>', 'only events of this provider, named as in the events')
    .option('--model <model>', 'only events of this model, named as in the events')
    .option('--unpriced', 'only unpriced events')
    .option('--apply', 'write the corrections; requires --reason')
    .option('--reason <text>', 'why the costs are corrected, for the record')
    .addOption(new Option('--resume <run>', 'resume a run that stopped').argParser(runOption).conflicts(['apply', 'cancel']))
    .addOption(new Option('--cancel <run>', 'cancel a run; corrections that it already made remain').argParser(runOption).conflicts(['apply']))
    .action(rerate)
}

function rerate(options: RerateOptions): Promise<void> {
  return withTollgate(async tollgate => {
    if (options.cancel !== undefined) return describeRun(await tollgate.rerating.cancel(options.cancel))
    if (options.resume !== undefined) return work(tollgate, onProgress => tollgate.rerating.resume(options.resume ?? '', { onProgress }))
    const selection = await selectionOf(tollgate, options)
    if (selection === undefined) return note('There are no events to rate.')
    if (!options.apply) return preview(tollgate, selection)
    const request = { selection, requestedBy: operatorName(), reason: options.reason ?? '' }
    return work(tollgate, onProgress => tollgate.rerating.start(request, { onProgress }))
  })
}

async function preview({ rerating }: Tollgate, selection: RatingSelectionDraft): Promise<void> {
  const changes = await withProgress(progress =>
    rerating.preview(selection, { onProgress: ({ eventsRead, eventsTotal }) => progress.update(eventsRead, Math.max(eventsRead, eventsTotal)) }),
  )
  describeChanges(changes)
  note(changes.totals.events === 0 ? 'No costs would change.' : 'Nothing was written. To write these corrections, add --apply --reason <text>.')
}

async function work(
  { rerating }: Tollgate,
  begin: (onProgress: (progress: Pick<RatingRun, 'eventsRead' | 'eventsTotal'>) => void) => Promise<RatingJob>,
): Promise<void> {
  const run = await withProgress(async progress => {
    const { run: started, done } = await begin(({ eventsRead, eventsTotal }) => progress.update(eventsRead, Math.max(eventsRead, eventsTotal)))
    note(`Run started. If it is interrupted, resume it with: ${resumeLine(started)}`)
    return done
  })
  // If the command was interrupted, its database connection is closing.
  if (run.state === 'completed') describeChanges(await rerating.changes(run.id))
  describeRun(run)
}

async function withProgress<Result>(task: (progress: Progress) => Promise<Result>): Promise<Result> {
  using progress = showProgress('Rating', 'events')
  return await task(progress)
}

async function selectionOf(
  { maintenance }: Tollgate,
  { from, to, tenant, provider, model, unpriced }: RerateOptions,
): Promise<RatingSelectionDraft | undefined> {
  const extent = from !== undefined && to !== undefined ? { from, to } : await maintenance.extent()
  return extent && { range: period(from ?? extent.from, to ?? extent.to), tenantId: tenant, provider, model, unpricedOnly: unpriced }
}

function describeChanges({ periods, totals }: RatingChanges): void {
  if (totals.events === 0) return
  const columns = [
    { heading: 'tenant' },
    { heading: 'month' },
    ...['events', 'newly priced', 'newly unpriced', 'old cost', 'new cost', 'difference'].map(heading => ({ heading, align: 'end' as const })),
  ]
  const numbers = (changes: ChangeTotals) => [
    ...[changes.events, changes.newlyPriced, changes.newlyUnpriced].map(count => count.toLocaleString('en')),
    ...[changes.oldCost, changes.newCost, costDifference(changes)].map(cost => cost.toFixed()),
  ]
  print(table(columns, [...periods.map(changes => [changes.tenantId, changes.month, ...numbers(changes)]), ['all', '', ...numbers(totals)]]))
}

function describeRun(run: RatingRun): void {
  const id = RatingRunId.encode(run.id)
  const [corrected, read] = [run.totals.events, run.eventsRead].map(count => count.toLocaleString('en'))
  note(`Rating run ${id} is ${run.state}: corrected ${corrected} of ${read} events.`)
  if (run.state === 'completed' || run.state === 'cancelled') return
  note(`Resume it with: ${resumeLine(run)}`)
  throw new CommandFailed()
}

function resumeLine({ id }: Pick<RatingRun, 'id'>): string {
  return `npm run tollgate -- prices rerate --resume ${RatingRunId.encode(id)}`
}

function runOption(text: string): string {
  try {
    return RatingRunId.decode(text)
  } catch (error) {
    if (error instanceof InvalidInput) throw new InvalidArgumentError('It must be the id of a rating run, such as run_01900000-0000-7000-8000-000000000000.')
    throw error
  }
}
