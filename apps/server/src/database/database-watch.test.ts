import type { ClockReading } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type DatabaseWatchOptions, watchDatabase } from './database-watch.ts'

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
  await vi.waitFor(() => expect(logged).toEqual(['The connection to the database was lost.', 'The database is back.']))
  expect(watch.isUp()).toBe(true)
  await watch.release()
})

it('restarts the database before it reconnects, and claims its use again', async () => {
  const steps: string[] = []
  const { watch, cut } = await startWatch('watch-2', { revive: async () => void steps.push('revive'), onConnect: async () => void steps.push('claim') })
  await cut()
  await vi.waitFor(() => expect(steps).toEqual(['claim', 'revive', 'claim']))
  await watch.release()
})

it('gives up after the maximum number of attempts, and logs it', async () => {
  const revive = vi.fn(() => Promise.reject(new Error('the disk is full')))
  const { watch, logged, cut } = await startWatch('watch-3', { revive, attempts: 3 })
  await cut()
  await vi.waitFor(() => expect(logged.at(-1)).toMatch(/^The database did not come back; giving up/), { timeout: 10_000 })
  expect(revive).toHaveBeenCalledTimes(3)
  expect(watch.isUp()).toBe(false)
  await watch.release()
})

it('passes its connection to onRelease when it is released, and closes it', async () => {
  const released = vi.fn(async () => {})
  const { watch } = await startWatch('watch-4', { onRelease: released })
  await watch.release()
  expect(released).toHaveBeenCalledOnce()
  expect(watch.isUp()).toBe(false)
  await vi.waitFor(async () => expect(await database.asOwner(`select from pg_stat_activity where application_name = 'watch-4'`)).toEqual([]))
})

it('stops reconnecting when it is released during an outage', async () => {
  const { watch, cut } = await startWatch('watch-5', { revive: () => Promise.reject(new Error('not yet')) })
  await cut()
  await vi.waitFor(() => expect(watch.isUp()).toBe(false))
  await watch.release()
  expect(watch.isUp()).toBe(false)
})

it("reads the database's clock at each connect, and regularly while it is connected", async () => {
  const readings: ClockReading[] = []
  const { watch, cut } = await startWatch('watch-6', { onClock: reading => void readings.push(reading) })
  expect(readings).toHaveLength(3)
  await vi.waitFor(() => expect(readings).toHaveLength(4), { timeout: 10_000 })
  await cut()
  await vi.waitFor(() => expect(readings).toHaveLength(7))
  for (const { epochMs, requestedAtMs, receivedAtMs } of readings) {
    expect(receivedAtMs).toBeGreaterThanOrEqual(requestedAtMs)
    expect(Math.abs(epochMs - (performance.timeOrigin + receivedAtMs))).toBeLessThan(60_000)
  }
  await watch.release()
})
