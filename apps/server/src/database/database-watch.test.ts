import type { ClockReading } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type DatabaseWatchOptions, watchDatabase } from './database-watch.ts'
import { waitFor } from '../../../../test/kit/wait-for.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Starts a watch on the test database. Returns it with its log messages and a function that cuts its connection. */
async function startWatch(applicationName: string, options: Partial<DatabaseWatchOptions> = {}) {
  const logged: string[] = []
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      logged.push((JSON.parse(line.toString()) as { msg: string }).msg)
      done()
    },
  })
  const watch = await watchDatabase({ url: database.url, applicationName, log: pino(sink), ...options })
  const cut = () => database.asOwner('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [applicationName])
  return { watch, logged, cut }
}

it('reconnects when its connection is lost', async () => {
  const { watch, logged, cut } = await startWatch('watch-1')
  expect(watch.isUp()).toBe(true)
  await cut()
  await waitFor(() => expect(logged).toEqual(['The connection to the database was lost.', 'The database is back.']))
  expect(watch.isUp()).toBe(true)
  await watch.release()
})

it('restarts the database before it reconnects, and claims its use again', async () => {
  const steps: string[] = []
  const { watch, cut } = await startWatch('watch-2', { revive: async () => void steps.push('revive'), onConnect: async () => void steps.push('claim') })
  await cut()
  await waitFor(() => expect(steps).toEqual(['claim', 'revive', 'claim']))
  await watch.release()
})

it('continues its attempts in a long outage, but reports that the database is lost, until it is back', async () => {
  let isBroken = true
  const revive = vi.fn(() => (isBroken ? Promise.reject(new Error('the disk is full')) : Promise.resolve()))
  const { watch, logged, cut } = await startWatch('watch-3', { revive, maxOutageMs: 0 })
  expect(watch.lost()).toBeUndefined()
  await cut()
  await vi.waitFor(() => expect(revive.mock.calls.length).toBeGreaterThan(3), { timeout: 10_000 })
  expect([watch.isUp(), watch.lost()]).toEqual([false, 'the disk is full'])
  expect(logged.filter(message => message.startsWith('The database will not come back'))).toHaveLength(1)
  isBroken = false
  await vi.waitFor(() => expect(watch.isUp()).toBe(true), { timeout: 10_000 })
  expect(watch.lost()).toBeUndefined()
  await watch.release()
})

it('reports at once that the database is lost when it refuses this server', async () => {
  const { watch, cut } = await startWatch('watch-7', { revive: () => Promise.reject(Object.assign(new Error('password'), { code: '28P01' })) })
  await cut()
  await waitFor(() => expect(watch.lost()).toBe('password'))
  await watch.release()
})

it('notices that PostgreSQL has stopped answering, closes its connection, and reconnects when it answers again', async () => {
  const { watch, logged } = await startWatch('watch-8', { heartbeatMs: 200 })
  const silent = vi.fn(() => expect(watch.isUp()).toBe(false))
  watch.onSilence(silent)
  const [backend] = await database.asOwner<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'watch-8'`)
  process.kill(backend?.pid ?? 0, 'SIGSTOP')
  await vi.waitFor(() => expect(silent).toHaveBeenCalledOnce(), { timeout: 10_000 })
  process.kill(backend?.pid ?? 0, 'SIGCONT')
  await vi.waitFor(() => expect(logged.at(-1)).toBe('The database is back.'), { timeout: 10_000 })
  expect(watch.isUp()).toBe(true)
  await watch.release()
})

it('does not take its own pauses for silence of PostgreSQL', async () => {
  const { watch, logged } = await startWatch('watch-9', { heartbeatMs: 20 })
  for (let pause = 0; pause < 10; pause++) {
    const until = performance.now() + 100
    while (performance.now() < until) Math.random()
    await new Promise(setImmediate)
  }
  expect(logged).toEqual([])
  await watch.release()
})

it('passes its connection to onRelease when it is released, and closes it', async () => {
  const released = vi.fn(async () => {})
  const { watch } = await startWatch('watch-4', { onRelease: released })
  await watch.release()
  expect(released).toHaveBeenCalledOnce()
  expect(watch.isUp()).toBe(false)
  await waitFor(async () => expect(await database.asOwner(`select from pg_stat_activity where application_name = 'watch-4'`)).toEqual([]))
})

it('stops reconnecting when it is released during an outage', async () => {
  const { watch, cut } = await startWatch('watch-5', { revive: () => Promise.reject(new Error('not yet')) })
  await cut()
  await waitFor(() => expect(watch.isUp()).toBe(false))
  await watch.release()
  expect(watch.isUp()).toBe(false)
})

it("reads the database's clock at each connect, and regularly while it is connected", async () => {
  const readings: ClockReading[] = []
  const { watch, cut } = await startWatch('watch-6', { onClock: reading => void readings.push(reading) })
  expect(readings).toHaveLength(3)
  await vi.waitFor(() => expect(readings).toHaveLength(4), { timeout: 10_000 })
  await cut()
  await waitFor(() => expect(readings).toHaveLength(7))
  for (const { epochMs, requestedAtMs, receivedAtMs } of readings) {
    expect(receivedAtMs).toBeGreaterThanOrEqual(requestedAtMs)
    expect(Math.abs(epochMs - (performance.timeOrigin + receivedAtMs))).toBeLessThan(60_000)
  }
  await watch.release()
})
