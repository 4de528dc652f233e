import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTraceTenants, resend, sendAcknowledged, TRACE_TOTALS } from '../kit/acknowledged-sender.ts'
import { eventually } from '../kit/eventually.ts'
import { OPERATOR_KEY, type ServerProcess, startServer } from '../kit/server-process.ts'

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
  expect(new Set(sender.failures.map(({ code }) => code)).difference(new Set(['no answer', 'USAGE_STOPPED']))).toEqual(new Set())

  server = await startServer({ environment })
  expect(await resend(server.api, sender.acknowledged)).toEqual({ DUPLICATE: sender.acknowledgedEvents() })
})

it('goes on while nobody reads its log, and counts the lines that it drops', async () => {
  server.stallLog()
  const longPath = `${server.url}/${'x'.repeat(15_000)}`
  for (let batch = 0; batch < 10; batch++) {
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(longPath)).status))
    expect(new Set(statuses)).toEqual(new Set([404]))
  }
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(Number(/^tollgate_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(50)
  server.readLog()
  expect((await server.api.ask('{ viewer { kind } }')).viewer.kind).toBe('OPERATOR')
  await eventually('the dropped lines are in the log', () => server.stderr().includes('"msg":"Log lines were dropped because nobody read the log."'))
})

it('treats a Ctrl-C that npm sends a second time as one', async () => {
  server.signal('SIGINT')
  server.signal('SIGINT')
  expect(await server.ended()).toBe(0)
  expect(server.stdout()).toMatch(/Stopped\.\n$/)
})

it('resets no connection of 64 clients that keep theirs open while it is stopped', async () => {
  const stopping = await startServer({ environment: { ...environment, TOLLGATE_IDLE_GRACE_SECONDS: '30' } })
  const body = JSON.stringify({ query: '{ viewer { kind } }' })
  const headers = { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' }
  const ask = async (agent: Agent) => {
    const sent = request(`${stopping.url}/graphql`, { method: 'POST', agent, headers })
    sent.end(body)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    return { status: response.statusCode, says: await text(response), connection: response.headers.connection }
  }
  const clients = Array.from({ length: 64 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  expect(new Set((await Promise.all(clients.map(ask))).map(({ status }) => status))).toEqual(new Set([200]))

  // Half of them go on asking; the others have an idle connection until they ask once more.
  const untilClosed = async (agent: Agent) => {
    for (;;) {
      const answer = await ask(agent)
      if (answer.connection === 'close') return answer
    }
  }
  const busy = clients.slice(0, 32).map(untilClosed)
  const ended = stopping.stop()
  const answers = await Promise.all(busy)
  const late = await Promise.all(clients.slice(32).map(ask))
  for (const answer of [...answers, ...late]) expect(answer).toEqual({ status: 200, connection: 'close', says: '{"data":{"viewer":{"kind":"OPERATOR"}}}' })
  expect(await ended).toBe(0)
})
