import { resolve } from 'node:path'
import { systemClock, type Temporal } from '@tollgate/kernel'
import { Command, InvalidArgumentError } from 'commander'
import { readEnvironment } from '../../../environment.ts'
import { readTrace, type TraceRow } from '../trace/read-trace.ts'
import { DEFAULT_LAYOUT, organizationsOf, type TraceLayout } from '../trace/spread-row.ts'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { createGraphQLClient } from '../../../cli/graphql-client.ts'
import { wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { showProgress } from '../../../cli/progress.ts'
import { requireOperatorKey } from '../../../cli/require-operator-key.ts'
import { compareTotals } from './replay/compare-totals.ts'
import { createDemoTenants } from './replay/create-demo-tenants.ts'
import { describeOverview } from './replay/describe-overview.ts'
import { sendTrace, type SentTrace } from './replay/send-trace.ts'
import { traceBatches } from './replay/trace-batches.ts'
import { type TraceTotals, traceTotals } from './replay/trace-totals.ts'
import { fetchOverview } from './replay/usage-overview.ts'

interface ReplayOptions extends TraceLayout {
  readonly url: string
  readonly key?: string
  readonly concurrency: number
  readonly batch: readonly number[]
  readonly shiftToNow?: boolean
}

/** `tollgate replay` */
export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'Sends a recorded trace of requests to a running server as usage events, and shows the resulting usage. Replaying it again records nothing, because its idempotency keys are the same.',
    )
    .argument('<csv>', 'file with the columns TIMESTAMP, ContextTokens and GeneratedTokens')
    .option('--url <url>', 'GraphQL endpoint of the server', 'http://localhost:4000/graphql')
    .option('--key <key>', 'operator key (default: TOLLGATE_OPERATOR_KEY, or the key in the data directory)')
    .option('--concurrency <callers>', 'number of concurrent calls', wholeNumberOption(1, 256), 16)
    .option('--batch <sizes>', 'events per call; several sizes are used in turn', batchSizes, [1, 20, 100, 500])
    .option('--tenants <n>', 'number of demo tenants', wholeNumberOption(1, 100), DEFAULT_LAYOUT.tenants)
    .option('--customers <n>', 'number of customers, over all tenants', wholeNumberOption(1, 9_999), DEFAULT_LAYOUT.customers)
    .option('--seed <n>', 'seed of the attribution; each seed has its own tenants', wholeNumberOption(0, 1_000_000), DEFAULT_LAYOUT.seed)
    .option('--keep-time', 'keep the times of the trace (default)')
    .option('--shift-to-now', 'shift the times by whole days, so that the last request is less than a day old')
    .action(replay)
}

async function replay(csv: string, { url, key, concurrency, batch: sizes, shiftToNow = false, tenants, customers, seed }: ReplayOptions): Promise<void> {
  const environment = readEnvironment()
  const file = resolve(environment.workingDirectory, csv)
  const layout = { tenants, customers, seed }
  const client = createGraphQLClient({ url, key: key ?? (await requireOperatorKey(environment)) })
  const recorded = await traceTotals(readTrace(file))
  const days = shiftToNow ? daysSince(recorded.last) : 0
  const expected = { ...recorded, first: recorded.first.add({ hours: 24 * days }), last: recorded.last.add({ hours: 24 * days }) }
  await createDemoTenants(client, { url, layout })

  const startedAt = performance.now()
  const sent = await withProgress(expected, onProgress =>
    sendTrace(traceBatches(shifted(readTrace(file), days), { layout, sizes }), { client, url, concurrency, onProgress }),
  )
  note(describeSent(sent, expected, (performance.now() - startedAt) / 1_000))

  const overview = await fetchOverview(client, { ...daysOf(expected), organizationIds: organizationsOf(layout) })
  const { equal, sentence } = compareTotals(expected, overview.totals)
  print(`\n${describeOverview(overview)}\n\n${sentence}`)
  if (!equal) throw new CommandFailed()
}

async function withProgress(totals: TraceTotals, send: (onProgress: (events: number) => void) => Promise<SentTrace>): Promise<SentTrace> {
  using progress = showProgress('Sending', 'requests')
  const startedAt = performance.now()
  progress.update(0, totals.requests)
  return await send(events => progress.update(events, totals.requests, `${Math.round((events * 1_000) / (performance.now() - startedAt))}/s`))
}

function describeSent({ outcomes, reasons }: SentTrace, { requests }: TraceTotals, seconds: number): string {
  const counts = Object.entries(outcomes)
    .map(([outcome, count]) => `${count.toLocaleString('en')} ${outcome}`)
    .join(', ')
  const rate = Math.round(requests / seconds).toLocaleString('en')
  return [`${requests.toLocaleString('en')} requests sent in ${seconds.toFixed(1)} s (${rate}/s): ${counts}.`, ...reasons.map(reason => `  ${reason}`)].join(
    '\n',
  )
}

/** Whole days keep the time of day, and a second replay on the same day sends the same events. */
function daysSince(last: Temporal.Instant): number {
  return Math.max(0, Math.floor((systemClock.now().epochMilliseconds - last.epochMilliseconds) / 86_400_000))
}

async function* shifted(rows: AsyncIterable<TraceRow>, days: number): AsyncGenerator<TraceRow> {
  for await (const row of rows) yield { ...row, occurredAt: row.occurredAt.add({ hours: 24 * days }) }
}

/** Returns the period of UTC days that contains the trace. */
function daysOf({ first, last }: TraceTotals): { from: string; to: string } {
  const midnight = (instant: Temporal.Instant) => instant.toZonedDateTimeISO('UTC').startOfDay()
  return { from: midnight(first).toInstant().toString(), to: midnight(last).add({ days: 1 }).toInstant().toString() }
}

function batchSizes(text: string): number[] {
  const sizes = text.split(',').map(Number)
  if (sizes.every(size => Number.isInteger(size) && size >= 1 && size <= 1_000)) return sizes
  throw new InvalidArgumentError('It must be sizes from 1 to 1,000, separated by commas, such as 1,20,500.')
}
