import { pino } from 'pino'
import { afterEach, expect, it, vi } from 'vitest'
import { databaseClock } from '../database/database-clock.ts'
import { createHealth } from './health.ts'

afterEach(() => void vi.useRealTimers())

const watch = (up: boolean) => ({ isUp: () => up })
const onTime = { refusal: () => undefined }
const responding = { ping: () => Promise.resolve(true) }

it('is not ready before it has started', async () => {
  const health = createHealth()
  expect(health.unavailable()?.code).toBe('STARTING')
  expect(await health.readiness()).toMatchObject({ ready: false, code: 'STARTING' })
})

it('is ready after the start while the database responds', async () => {
  const health = createHealth()
  health.started({ database: responding, watch: watch(true), clock: onTime })
  expect(health.unavailable()).toBeUndefined()
  expect(await health.readiness()).toEqual({ ready: true })
})

it('is not ready while the database connection is lost or the database does not respond', async () => {
  const gone = createHealth()
  gone.started({ database: responding, watch: watch(false), clock: onTime })
  expect(await gone.readiness()).toMatchObject({ ready: false, code: 'DATABASE_UNAVAILABLE' })

  vi.useFakeTimers()
  const silent = createHealth()
  silent.started({ database: { ping: () => new Promise<boolean>(() => {}) }, watch: watch(true), clock: onTime })
  const readiness = silent.readiness()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await readiness).toMatchObject({ ready: false, code: 'DATABASE_UNAVAILABLE' })
})

it('is not ready once it is stopping', async () => {
  const health = createHealth()
  health.started({ database: responding, watch: watch(true), clock: onTime })
  health.stopping()
  expect(await health.readiness()).toMatchObject({ ready: false, code: 'STOPPING' })
})

it('is not ready while the clock is off', async () => {
  const health = createHealth()
  const log = pino({ level: 'silent' })
  let machineMs = 1_000_000
  const clock = databaseClock({ maxOffsetMs: 300_000, log, monotonicMs: () => 0, machineMs: () => machineMs })
  const read = () => clock.observe({ epochMs: 1_000_000, requestedAtMs: 0, receivedAtMs: 0 })
  read()
  health.started({ database: responding, watch: watch(true), clock })
  expect(health.unavailable()).toBeUndefined()
  machineMs += 301_000
  read()
  expect(health.unavailable()?.code).toBe('CLOCK_OFF')
  expect(await health.readiness()).toEqual({ ready: false, code: 'CLOCK_OFF', message: expect.stringMatching(/301 s ahead of the database's clock/) })
  machineMs -= 300_000
  read()
  expect(await health.readiness()).toEqual({ ready: true })
})
