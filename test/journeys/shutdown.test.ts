import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTraceTenants, resend, sendAcknowledged, TRACE_TOTALS } from '../kit/acknowledged-sender.ts'
import { eventually } from '../kit/eventually.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'

let database: TestDatabase
let environment: { DATABASE_URL: string }
let server: ServerProcess

beforeAll(async () => {
  database = await createTestDatabase()
  environment = { DATABASE_URL: database.url }
  server = await startServer({ environment })
  await createTraceTenants(server.api)
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

it('finishes requests in progress when it is stopped under load, and keeps everything that it acknowledged', async () => {
  const sender = sendAcknowledged(server.api, { keepTrying: false })
  await eventually('some of the trace is recorded', () => sender.acknowledgedEvents() > 1_000)
  expect(await server.stop()).toBe(0)
  await sender.finished
  expect(sender.acknowledgedEvents()).toBeLessThan(TRACE_TOTALS.calls)
  expect(server.stdout()).toMatch(/Stopped\.\n$/)
  // Requests that had arrived were answered. Later ones found no server, or one that is stopping.
  expect(new Set(sender.failures.map(({ code }) => code)).difference(new Set(['no answer', 'STOPPING', 'USAGE_STOPPED']))).toEqual(new Set())

  server = await startServer({ environment })
  expect(await resend(server.api, sender.acknowledged)).toEqual({ DUPLICATE: sender.acknowledgedEvents() })
})

it('treats a Ctrl-C that npm sends a second time as one', async () => {
  server.signal('SIGINT')
  server.signal('SIGINT')
  expect(await server.ended()).toBe(0)
  expect(server.stdout()).toMatch(/Stopped\.\n$/)
})
