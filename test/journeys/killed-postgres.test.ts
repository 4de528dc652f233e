import { appendFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTraceTenants, resend, sendAcknowledged, TRACE_TOTALS } from '../kit/acknowledged-sender.ts'
import { eventually } from '../kit/eventually.ts'
import { postgresPid } from '../kit/postgres-process.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'
import { traceDayTotals } from '../kit/usage-totals.ts'

let directory: TemporaryDirectory
let server: ServerProcess

beforeAll(async () => {
  directory = await temporaryDirectory()
  server = await startServer({ environment: { TOLLGATE_DATA_DIR: directory.path } })
  await createTraceTenants(server.api)
})
afterAll(async () => {
  await server?.stop()
  await directory[Symbol.asyncDispose]()
})

it('restarts PostgreSQL after it was killed under load, and records everything once', async () => {
  const sender = sendAcknowledged(server.api, { keepTrying: true })
  await eventually('some of the trace is recorded', () => sender.acknowledgedEvents() > 1_000)
  const pid = await postgresPid(directory.path)
  process.kill(pid ?? 0, 'SIGKILL')

  await eventually('the server notices the lost connection', () => server.stderr().includes('The connection to the database was lost.'))
  await eventually('the server has restarted PostgreSQL', () => server.stderr().includes('The database is back.'))
  expect(await postgresPid(directory.path)).not.toBe(pid)
  await sender.finished
  expect(await traceDayTotals(server.api)).toEqual(TRACE_TOTALS)
  expect(await resend(server.api, sender.acknowledged)).toEqual({ DUPLICATE: TRACE_TOTALS.calls })

  // Calls in between fail soon, with the reason, and can be retried.
  expect(sender.failures.length).toBeGreaterThan(0)
  expect(new Set(sender.failures.map(({ code }) => code)).difference(new Set(['DATABASE_UNAVAILABLE', 'STORE_UNAVAILABLE']))).toEqual(new Set())
  expect(Math.max(...sender.failures.map(({ afterMs }) => afterMs))).toBeLessThan(10_000)
})

it('is ready again, and counts the failed requests in its metrics', async () => {
  const ready = await fetch(`${server.url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([200, { ready: true }])
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toMatch(/^tollgate_events_total\{outcome="accepted"\} 8\d{3}$/m)
  expect(metrics).toMatch(/^tollgate_http_request_duration_seconds_count\{method="POST",route="\/graphql",status="503"\} [1-9]/m)
})

it("rotates PostgreSQL's log while it runs, and PostgreSQL goes on writing to it", async () => {
  const log = join(directory.path, 'postgres', 'postgres.log')
  await appendFile(
    log,
    'x'
      .repeat(1023)
      .concat('\n')
      .repeat(17 * 1024),
  )
  await eventually('the log is emptied', async () => (await stat(log)).size < 1024 * 1024)
  expect((await stat(`${log}.1`)).size).toBeGreaterThan(17 * 1024 * 1024)
  process.kill((await postgresPid(directory.path)) ?? 0, 'SIGHUP') // It writes that it reloads its configuration.
  await eventually('PostgreSQL writes to the log', async () => (await stat(log)).size > 0)
  expect((await stat(log)).size).toBeLessThan(1024 * 1024)
})
