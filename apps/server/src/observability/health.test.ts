import { afterEach, expect, it, vi } from 'vitest'
import { createHealth } from './health.ts'

afterEach(() => void vi.useRealTimers())

const watch = (up: boolean) => ({ isUp: () => up })
const responding = { ping: () => Promise.resolve(true) }

it('is not ready before it has started', async () => {
  const health = createHealth()
  expect(health.unavailable()?.code).toBe('STARTING')
  expect(await health.readiness()).toMatchObject({ ready: false, code: 'STARTING' })
})

it('is ready after the start while the database responds', async () => {
  const health = createHealth()
  health.started({ database: responding, watch: watch(true) })
  expect(health.unavailable()).toBeUndefined()
  expect(await health.readiness()).toEqual({ ready: true })
})

it('is not ready while the database connection is lost or the database does not respond', async () => {
  const gone = createHealth()
  gone.started({ database: responding, watch: watch(false) })
  expect(await gone.readiness()).toMatchObject({ ready: false, code: 'DATABASE_UNAVAILABLE' })

  vi.useFakeTimers()
  const silent = createHealth()
  silent.started({ database: { ping: () => new Promise<boolean>(() => {}) }, watch: watch(true) })
  const readiness = silent.readiness()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await readiness).toMatchObject({ ready: false, code: 'DATABASE_UNAVAILABLE' })
})

it('is not ready once it is stopping', async () => {
  const health = createHealth()
  health.started({ database: responding, watch: watch(true) })
  health.stopping()
  expect(await health.readiness()).toMatchObject({ ready: false, code: 'STOPPING' })
})
