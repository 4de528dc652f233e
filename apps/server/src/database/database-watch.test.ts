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

/** A watch on the test's database, what it logs, and how to cut its connection. */
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

it('notices that its connection is gone, and connects again', async () => {
  const { watch, logged, cut } = await startWatch('watch-1')
  expect(watch.isUp()).toBe(true)
  await cut()
  await vi.waitFor(() => expect(logged).toEqual(['The connection to the database was lost.', 'The database is back.']))
  expect(watch.isUp()).toBe(true)
  await watch.release()
})

it('revives the database before it connects, and claims again what it had claimed', async () => {
  const steps: string[] = []
  const { watch, cut } = await startWatch('watch-2', { revive: async () => void steps.push('revive'), onConnect: async () => void steps.push('claim') })
  await cut()
  await vi.waitFor(() => expect(steps).toEqual(['claim', 'revive', 'claim']))
  await watch.release()
})

it('gives up after the attempts that it has, and says so', async () => {
  const revive = vi.fn(() => Promise.reject(new Error('the disk is full')))
  const { watch, logged, cut } = await startWatch('watch-3', { revive, attempts: 3 })
  await cut()
  await vi.waitFor(() => expect(logged.at(-1)).toMatch(/^The database did not come back; no more is tried/), { timeout: 10_000 })
  expect(revive).toHaveBeenCalledTimes(3)
  expect(watch.isUp()).toBe(false)
  await watch.release()
})

it('hands its connection over once more when it is released, and leaves none behind', async () => {
  const released = vi.fn(async () => {})
  const { watch } = await startWatch('watch-4', { onRelease: released })
  await watch.release()
  expect(released).toHaveBeenCalledOnce()
  expect(watch.isUp()).toBe(false)
  await vi.waitFor(async () => expect(await database.asOwner(`select from pg_stat_activity where application_name = 'watch-4'`)).toEqual([]))
})

it('stops trying when it is released in the middle of an outage', async () => {
  const { watch, cut } = await startWatch('watch-5', { revive: () => Promise.reject(new Error('not yet')) })
  await cut()
  await vi.waitFor(() => expect(watch.isUp()).toBe(false))
  await watch.release()
  expect(watch.isUp()).toBe(false)
})
