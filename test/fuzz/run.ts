import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { fuzzedServer } from './fuzzed-server.ts'
import { runFuzz } from './run-fuzz.ts'

const HELP = `Sends random operations of the schema to a server, and checks every answer and the log.

  npm run fuzz -- [--seed N] [--minutes M]

  --seed N      repeats the operations of an earlier run; defaults to a random number
  --minutes M   how long to send operations; defaults to 5`

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help === true) return print(HELP)
  const seed = wholeNumber('--seed', values.seed) ?? randomInt(1_000_000)
  const minutes = wholeNumber('--minutes', values.minutes) ?? 5
  const endsAt = performance.now() + minutes * 60_000
  let isInterrupted = false
  process.once('SIGINT', () => (isInterrupted = true))
  print(`Seed ${seed}, ${minutes} minutes.`)
  await using fuzzed = await fuzzedServer({})
  const result = await runFuzz({ ...fuzzed, seed, goesOn: () => !isInterrupted && performance.now() < endsAt })
  print(`${result.requests} requests, the slowest in ${Math.round(result.slowestMs)} ms:`)
  for (const [outcome, count] of Object.entries(result.outcomes).toSorted(([, one], [, other]) => other - one)) print(`  ${count} × ${outcome}`)
  for (const breach of result.breaches) print(`\n✗ ${breach}`)
  if (result.breaches.length > 0) process.exitCode = 1
  else print('Every answer was proper, and the log shows no error and no secret.')
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${option} must be a whole number.`)
  return Number(text)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main()
