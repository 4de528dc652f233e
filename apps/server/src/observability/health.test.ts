import { afterEach, expect, it, vi } from 'vitest'
import { createHealth } from './health.ts'

afterEach(() => void vi.useRealTimers())

const watch = (up: boolean) => ({ isUp: () => up })
const answering = { ping: () => Promise.resolve(true) }

it('is not ready before it has started', async () => {
  const health = createHealth()
  expect(health.obstacle()?.code).toBe('STARTING')
  expect(await health.readiness()).toMatchObject({ ready: false, code: 'STARTING' })
})

it('is ready once it has started and the database answers', async () => {
  const health = createHealth()
  health.started({ database: answering, watch: watch(true) })
  expect(health.obstacle()).toBeUndefined()
  expect(await health.readiness()).toEqual({ ready: true })
})

it('is not ready while the connection to the database is gone, or the database does not answer', async () => {
  const gone = createHealth()
  gone.started({ database: answering, watch: watch(false) })
  expect(await gone.readiness()).toMatchObject({ ready: false, code: 'DATABASE_UNAVAILABLE' })

  vi.useFakeTimers()
  const silent = createHealth()
  silent.started({ database: { ping: () => new Promise<boolean>(() => {}) }, watch: watch(true) })
  const readiness = silent.readiness()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await readiness).toMatchObject({ ready: false, code: 'DATABASE_UNAVAILABLE' })
})

it('is not ready any more when it stops', async () => {
  const health = createHealth()
  health.started({ database: answering, watch: watch(true) })
  health.stopping()
  expect(await health.readiness()).toMatchObject({ ready: false, code: 'STOPPING' })
})
