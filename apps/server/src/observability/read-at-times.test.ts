import { expect, it, vi } from 'vitest'
import { readAtTimes } from './read-at-times.ts'

it('reads once for everybody who asks within the time that a value is kept', async () => {
  let now = 0
  const read = vi.fn(async () => now)
  const value = readAtTimes(read, { keepMs: 10_000, withinMs: 2_000, monotonicMs: () => now })
  expect(await Promise.all([value(), value()])).toEqual([0, 0])
  now = 9_999
  expect(await value()).toBe(0)
  now = 10_000
  expect(await value()).toBe(10_000)
  expect(read).toHaveBeenCalledTimes(2)
})

it('has no value if reading fails or takes too long, and reads again later', async () => {
  let now = 0
  const reads = [() => Promise.reject(new Error('no database')), () => new Promise<number>(() => {}), async () => 3]
  const value = readAtTimes(() => (reads.shift() as () => Promise<number>)(), { keepMs: 10, withinMs: 1, monotonicMs: () => now })
  expect(await value()).toBeUndefined()
  now = 10
  expect(await value()).toBeUndefined()
  now = 20
  expect(await value()).toBe(3)
})
