import { pino } from 'pino'
import { expect, it } from 'vitest'
import { databaseClock } from '../database/database-clock.ts'
import { createHealth } from './health.ts'

const watch = (up: boolean, reason?: string) => ({ isUp: () => up, lost: () => reason })
const onTime = { refusal: () => undefined }

it('is not ready before it has started', async () => {
  const health = createHealth()
  expect(health.unavailable()?.code).toBe('STARTING')
  expect(health.readiness()).toMatchObject({ ready: false, code: 'STARTING' })
})

it('is ready after the start while the database responds', async () => {
  const health = createHealth()
  health.started({ watch: watch(true), clock: onTime })
  expect(health.unavailable()).toBeUndefined()
  expect(health.readiness()).toEqual({ ready: true })
})

it('is not ready while the database is down, and says so to clients too', () => {
  const health = createHealth()
  health.started({ watch: watch(false), clock: onTime })
  expect(health.readiness()).toMatchObject({ ready: false, code: 'DATABASE_UNAVAILABLE' })
  expect(health.unavailable()?.code).toBe('DATABASE_UNAVAILABLE')
})

it('is beyond recovery only when the database will not come back without help', () => {
  const health = createHealth()
  expect(health.beyondRecovery()).toBeUndefined()
  health.started({ watch: watch(false), clock: onTime })
  expect(health.beyondRecovery()).toBeUndefined()
  health.started({ watch: watch(false, 'Another server has taken it.'), clock: onTime })
  expect(health.beyondRecovery()).toBe('Another server has taken it.')
})

it('is not ready once it is stopping, but still serves', async () => {
  const health = createHealth()
  health.started({ watch: watch(true), clock: onTime })
  health.leaving()
  expect(health.readiness()).toMatchObject({ ready: false, code: 'STOPPING' })
  expect(health.unavailable()).toBeUndefined()
})

it('is not ready while the clock is off', async () => {
  const health = createHealth()
  const log = pino({ level: 'silent' })
  let machineMs = 1_000_000
  const clock = databaseClock({ maxOffsetMs: 300_000, log, monotonicMs: () => 0, machineMs: () => machineMs })
  const read = () => clock.observe({ epochMs: 1_000_000, requestedAtMs: 0, receivedAtMs: 0 })
  read()
  health.started({ watch: watch(true), clock })
  expect(health.unavailable()).toBeUndefined()
  machineMs += 301_000
  read()
  expect(health.unavailable()?.code).toBe('CLOCK_OFF')
  expect(health.readiness()).toEqual({ ready: false, code: 'CLOCK_OFF', message: expect.stringMatching(/301 s ahead of the database's clock/) })
  machineMs -= 300_000
  read()
  expect(health.readiness()).toEqual({ ready: true })
})
