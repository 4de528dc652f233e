import { InvalidInput, period, type Temporal } from '@tollgate/kernel'
import { type ChangeTotals, costDifference, type RatingChanges, type RatingJob, type RatingRun, type RatingSelectionDraft } from '@tollgate/usage'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Tollgate } from '../../../compose.ts'
import { RatingRunId } from '../ids.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { type Progress, showProgress } from '../../../cli/progress.ts'
import { setterName } from '../../../cli/setter-name.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

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
    .description('Rates past events again with the prices of now, each at its own time, and shows what would change. With --apply, writes the corrections.')
    .option('--from <time>', 'from this day on; where left out, from the first event', instantOption)
    .option('--to <time>', 'up to this day, not included; where left out, to the last event', instantOption)
    .option('--tenant <id>', "only this tenant's events")
    .option('--provider <provider>', 'only of this provider, as it was sent')
    .option('--model <model>', 'only of this model, as it was sent')
    .option('--unpriced', 'only events that no price is known for')
    .option('--apply', 'write corrections; needs --reason')
    .option('--reason <text>', 'why, for whoever looks at the corrections later')
    .addOption(new Option('--resume <run>', 'go on with a run that stopped').argParser(runOption).conflicts(['apply', 'cancel']))
    .addOption(new Option('--cancel <run>', 'give a run up; what it corrected stands').argParser(runOption).conflicts(['apply']))
    .action(rerate)
}

function rerate(options: RerateOptions): Promise<void> {
  return withTollgate(async tollgate => {
    if (options.cancel !== undefined) return describeRun(await tollgate.rerating.cancel(options.cancel))
    if (options.resume !== undefined) return work(tollgate, onProgress => tollgate.rerating.resume(options.resume ?? '', { onProgress }))
    const selection = await selectionOf(tollgate, options)
    if (selection === undefined) return note('There are no events to rate.')
    if (!options.apply) return preview(tollgate, selection)
    const request = { selection, requestedBy: setterName(), reason: options.reason ?? '' }
    return work(tollgate, onProgress => tollgate.rerating.start(request, { onProgress }))
  })
}

async function preview({ rerating }: Tollgate, selection: RatingSelectionDraft): Promise<void> {
  const changes = await withProgress(progress =>
    rerating.preview(selection, { onProgress: ({ eventsRead, eventsTotal }) => progress.update(eventsRead, Math.max(eventsRead, eventsTotal)) }),
  )
  describeChanges(changes)
  note(changes.totals.events === 0 ? 'Nothing would change.' : 'Nothing was written. Correct them with --apply --reason <text>.')
}

async function work(
  { rerating }: Tollgate,
  begin: (onProgress: (progress: Pick<RatingRun, 'eventsRead' | 'eventsTotal'>) => void) => Promise<RatingJob>,
): Promise<void> {
  const run = await withProgress(async progress => {
    const { run: started, done } = await begin(({ eventsRead, eventsTotal }) => progress.update(eventsRead, Math.max(eventsRead, eventsTotal)))
    note(`The run is at work. Where it is stopped, go on with: ${resumeLine(started)}`)
    return done
  })
  // An interrupted command is ending, and its database with it.
  if (run.state === 'completed') describeChanges(await rerating.changes(run.id))
  describeRun(run)
}

async function withProgress<Result>(doing: (progress: Progress) => Promise<Result>): Promise<Result> {
  using progress = showProgress('Rating', 'events')
  return await doing(progress)
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
    ...['events', 'newly priced', 'newly unpriced', 'cost before', 'cost after', 'difference'].map(heading => ({ heading, align: 'end' as const })),
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
  if (run.state === 'completed') return note(`The run ${id} is complete: ${corrected} of ${read} events were corrected.`)
  note(`The run ${id} is ${run.state}: ${corrected} of ${read} events were corrected.`)
  if (run.state === 'cancelled') return
  note(`Go on with: ${resumeLine(run)}`)
  process.exitCode = 1
}

function resumeLine({ id }: Pick<RatingRun, 'id'>): string {
  return `npm run tollgate -- prices rerate --resume ${RatingRunId.encode(id)}`
}

function runOption(text: string): string {
  try {
    return RatingRunId.decode(text)
  } catch (error) {
    if (error instanceof InvalidInput) throw new InvalidArgumentError('It must be the id of a run, such as run_01900000-0000-7000-8000-000000000000.')
    throw error
  }
}
