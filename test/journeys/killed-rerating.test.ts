import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'

const CALLS = 20_000
const RANGE = '{ from: "2026-03-01T00:00:00Z", to: "2026-05-01T00:00:00Z" }'
const FIRST_DAY = Date.parse('2026-03-01T00:00:00Z')

let database: TestDatabase
let environment: { DATABASE_URL: string }
let server: ServerProcess
let run: string

beforeAll(async () => {
  database = await createTestDatabase()
  environment = { DATABASE_URL: database.url }
  server = await startServer({ environment })
  await server.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  for (let sent = 0; sent < CALLS; sent += 1_000) {
    const events = Array.from({ length: 1_000 }, (_, i) => ({
      operation: 'chat',
      provider: 'in-house',
      model: 'our-llm',
      tokens: { input: 1_000_000 },
      occurredAt: new Date(FIRST_DAY + (sent + i) * 200_000).toISOString(),
    }))
    await server.api.ask('mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { __typename } }', { input: { tenantId: 'acme', events } })
  }
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

const totals = async (costBasis = 'CORRECTED') =>
  (await server.api.ask(`{ usage(range: ${RANGE}, costBasis: ${costBasis}) { totals { calls cost unpricedCalls } } }`)).usage.totals

it('previews the corrections for a missing price, and writes nothing', async () => {
  expect(
    await runCommand(['prices', 'publish', '--provider', 'in-house', '--model', 'our-llm', '--from', '2026-01-01', '--input', '2'], environment),
  ).toMatchObject({ exitCode: 0 })
  const { exitCode, stdout, stderr } = await runCommand(['prices', 'rerate', '--unpriced'], environment)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('Nothing was written.') as string })
  expect(stdout).toMatch(/acme +2026-03 +[\d,]+ +[\d,]+ +0 +0 +\d+ +\d+\n/)
  expect(stdout).toMatch(/all +20,000 +20,000 +0 +0 +40000 +40000\n/)
  expect(await totals()).toEqual({ calls: CALLS, cost: '0', unpricedCalls: CALLS })
})

it('keeps sums consistent when the server is killed during a run', async () => {
  const { startRatingRun } = await server.api.ask(
    `mutation { startRatingRun(input: { selection: { range: ${RANGE} }, reason: "a price was missing" }) { ... on StartRatingRunPayload { run { id } } } }`,
  )
  run = startRatingRun.run.id
  await eventually('some events are corrected', async () => (await server.api.ask(`{ ratingRun(id: "${run}") { eventsRead } }`)).ratingRun.eventsRead > 0)
  await server.kill()
  server = await startServer({ environment })
  const { ratingRun } = await server.api.ask(`{ ratingRun(id: "${run}") { state changes { totals { events } } } }`)
  expect(ratingRun.state).toBe('RUNNING')
  const corrected: number = ratingRun.changes.totals.events
  expect(corrected).toBeGreaterThan(0)
  expect(corrected).toBeLessThan(CALLS)
  expect(await totals()).toEqual({ calls: CALLS, cost: String(2 * corrected), unpricedCalls: CALLS - corrected })
})

it('resumes the run from the command line, to the exact sums', async () => {
  const { startRatingRun } = await server.api.ask(
    `mutation { startRatingRun(input: { selection: { range: ${RANGE} }, reason: "again" }) { ... on RatingRunInProgressError { runId } } }`,
  )
  expect(startRatingRun).toEqual({ runId: run }) // A stopped run blocks new ones until it is resumed or cancelled.
  const { exitCode, stderr } = await runCommand(['prices', 'rerate', '--resume', run], environment)
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringContaining(`Rating run ${run} is completed: corrected 20,000 of 20,000 events.`) as string,
  })
  expect(await totals()).toEqual({ calls: CALLS, cost: '40000', unpricedCalls: 0 })
  expect(await totals('RECORDED')).toEqual({ calls: CALLS, cost: '0', unpricedCalls: CALLS })
})

it('finds nothing left to change, and every sum agrees with the corrections', async () => {
  expect(await runCommand(['prices', 'rerate'], environment)).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringContaining('No costs would change.') as string,
  })
  expect(await runCommand(['usage', 'verify'], environment)).toMatchObject({ exitCode: 0, stdout: '' })
})
