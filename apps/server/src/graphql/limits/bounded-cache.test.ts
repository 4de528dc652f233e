import { expect, it } from 'vitest'
import { boundedCache } from './bounded-cache.ts'

it('evicts the oldest value that was not read, or else the oldest', () => {
  const cache = boundedCache<number>({ entries: 2, keyLength: 10 })
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
  cache.set('d', 4)
  expect([cache.get('a'), cache.get('c'), cache.get('d')]).toEqual([undefined, 3, 4])
})

it('replaces the value of a key', () => {
  const cache = boundedCache<number>({ entries: 2, keyLength: 10 })
  for (const value of [1, 2, 3]) cache.set('a', value)
  cache.set('b', 4)
  expect([cache.get('a'), cache.get('b')]).toEqual([3, 4])
})

it('does not cache values with long keys', () => {
  const cache = boundedCache<number>({ entries: 2, keyLength: 10 })
  cache.set('x'.repeat(11), 1)
  cache.set('x'.repeat(10), 2)
  expect([cache.get('x'.repeat(11)), cache.get('x'.repeat(10))]).toEqual([undefined, 2])
})
