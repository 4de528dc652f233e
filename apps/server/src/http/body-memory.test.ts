import { expect, it } from 'vitest'
import { createBodyMemory } from './body-memory.ts'

it('gives an owner at most half, others the rest, and takes everything back', () => {
  const memory = createBodyMemory({ maxBytes: 20_000 })
  const [first, second, other, third] = [memory.open('a'), memory.open('a'), memory.open('b'), memory.open('c')]
  expect([first.take(8_000), second.take(3_000), second.take(1_000), other.take(9_000)]).toEqual([true, false, true, true])
  expect(third.take(4_000)).toBe(false) // Nothing is left for anybody.
  first.release()
  expect([second.take(8_000), third.take(200)]).toEqual([true, true])
  for (const body of [first, second, other, third]) body.release()
  expect(memory.bytes()).toBe(0)
})

it('bounds a body that arrives in very small chunks', () => {
  const memory = createBodyMemory({ maxBytes: 1024 * 1024, maxBytesOfOwner: 64 * 1024 })
  const body = memory.open('slow')
  let chunks = 0
  while (body.take(1)) chunks += 1
  expect(chunks).toBeLessThan(300)
})
