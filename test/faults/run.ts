import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { runFaults } from './run-faults.ts'
import { faultKinds, faultSchedule } from './schedule.ts'

const HELP = `Disturbs two servers and their PostgreSQL under load, and checks that every promise is kept.

  npm run faults -- [--seed N] [--minutes M] [--callers C]

  --seed N      repeats the faults of an earlier run; defaults to a random number
  --minutes M   how long to start new faults; defaults to 5
  --callers C   number of callers; defaults to 8`

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string' }, callers: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help === true) return print(HELP)
  const seed = wholeNumber('--seed', values.seed) ?? randomInt(1_000_000)
  const minutes = wholeNumber('--minutes', values.minutes) ?? 5
  const callers = wholeNumber('--callers', values.callers) ?? 8
  const startedAt = performance.now()
  let isInterrupted = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isInterrupted = true
      print('Ends after this fault.')
    })
  }
  print(`Seed ${seed}, ${minutes} minutes, ${callers} callers.`)
  const elapsed = () => `${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s`
  const result = await runFaults({
    seed,
    callers,
    pauseMs: [5, 40],
    isShort: false,
    steps: ({ hasSmallDisk }) => faultSchedule({ seed, kinds: faultKinds({ hasSmallDisk, isShort: false }) }),
    goesOn: () => !isInterrupted && performance.now() - startedAt < minutes * 60_000,
    report: line => print(`${elapsed()}  ${line}`),
  })

  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, count) => total + count, 0)
  print(`\nSeed ${seed}: ${sum(result.faults)} faults in ${seconds} s.`)
  for (const [kind, count] of Object.entries(result.faults)) print(`  ${count} × ${kind}`)
  print(`${sum(result.requests)} requests, ${result.acknowledgedEvents} acknowledged events. Slowest request: ${Math.round(result.slowestRequestMs)} ms.`)
  for (const [outcome, count] of Object.entries(result.requests)) print(`  ${count} × ${outcome}`)
  print(`${result.degradedDecisions} quota decisions without the database.`)
  print(`Slowest recovery: ${Math.round(result.slowestRecoveryMs)} ms.`)
  if (result.noSmallDisk !== undefined) print(`Not tried: a full disk (${result.noSmallDisk}).`)
  if (result.breaches.length === 0) return print('Nothing was lost, doubled or admitted over a limit, and every request was answered in time.')
  print(`${result.breaches.length} broken promises:`)
  for (const breach of result.breaches) print(`  ${breach}`)
  process.exitCode = 1
}

function wholeNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,9}$/.test(value)) throw new Error(`${name} must be a whole number.`)
  return Number(value)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main()
