import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTraceTenants, resend, sendAcknowledged, TRACE_FILE, TRACE_TOTALS } from '../kit/acknowledged-sender.ts'
import { runCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { postgresPid } from '../kit/postgres-process.ts'
import { OPERATOR_KEY, type ServerProcess, startServer } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'
import { traceDayTotals } from '../kit/usage-totals.ts'

let directory: TemporaryDirectory
let environment: { TOLLGATE_DATA_DIR: string }
let server: ServerProcess

beforeAll(async () => {
  directory = await temporaryDirectory()
  environment = { TOLLGATE_DATA_DIR: directory.path }
  server = await startServer({ environment })
  await createTraceTenants(server.api)
})
afterAll(async () => {
  await server?.stop()
  await directory[Symbol.asyncDispose]()
})

it('keeps everything that it acknowledged before it was killed during a replay', async () => {
  const sender = sendAcknowledged(server.api, { keepTrying: false })
  await eventually('some of the trace is recorded', () => sender.acknowledgedEvents() > 2_000)
  await server.kill()
  await sender.finished
  expect(sender.acknowledgedEvents()).toBeLessThan(TRACE_TOTALS.calls)

  server = await startServer({ environment })
  expect(server.stderr()).toContain('PostgreSQL was already running.') // It outlived the server.
  const [counts] = await query<{ counted: string; recorded: string }>(`
    select (select coalesce(sum((counts ->> 'accepted')::int), 0) from audit.activity_counts where family = 'usage')
      + (select coalesce(sum((details ->> 'accepted')::int), 0) from audit.events where family = 'usage') as counted,
      (select count(*) from usage.events) as recorded`)
  expect(Number(counts?.recorded)).toBeGreaterThanOrEqual(sender.acknowledgedEvents())
  expect(counts?.counted).toBe(counts?.recorded) // The audit log counts exactly what is recorded.
  expect(await resend(server.api, sender.acknowledged)).toEqual({ DUPLICATE: sender.acknowledgedEvents() })
})

/** Reads from the database of the server, as a superuser. */
async function query<Row extends object>(text: string): Promise<Row[]> {
  const { url } = await startEmbeddedPostgres({ directory: join(directory.path, 'postgres') })
  const client = new Client({ connectionString: url.replace(/\/postgres$/, '/tollgate') })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

it('has exact totals after the replay is run again', async () => {
  const { exitCode, stdout } = await runCommand(['replay', TRACE_FILE, '--url', `${server.url}/graphql`], { TOLLGATE_OPERATOR_KEY: OPERATOR_KEY })
  expect(stdout).toContain('The totals match the file exactly')
  expect(exitCode).toBe(0)
  expect(await traceDayTotals(server.api)).toEqual(TRACE_TOTALS)
})

it('has rollups that match the events', async () => {
  expect(await runCommand(['usage', 'verify'], environment)).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringContaining('All sums match their events.'),
  })
})

it('restarts after server and PostgreSQL were killed together', async () => {
  const pid = await postgresPid(directory.path)
  expect(pid).toBeGreaterThan(0)
  process.kill(pid ?? 0, 'SIGKILL')
  await server.kill()
  server = await startServer({ environment })
  expect(await traceDayTotals(server.api)).toEqual(TRACE_TOTALS)
})
