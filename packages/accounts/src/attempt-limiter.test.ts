import { settableClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { attemptLimiter } from './attempt-limiter.ts'

const clock = settableClock('2026-11-20T09:00:00Z')

it('lets an address fail 20 times at once, and then once every 3 seconds', () => {
  const limiter = attemptLimiter(clock)
  for (let i = 0; i < 20; i++) {
    expect(limiter.waitMs('a')).toBe(0)
    limiter.failed('a')
  }
  expect([limiter.waitMs('a'), limiter.waitMs('b')]).toEqual([3_000, 0])
  clock.advance({ seconds: 3 })
  expect(limiter.waitMs('a')).toBe(0)
  limiter.failed('a')
  expect(limiter.waitMs('a')).toBe(3_000)
  clock.advance({ seconds: 60 })
  for (let i = 0; i < 19; i++) limiter.failed('a')
  expect(limiter.waitMs('a')).toBe(0)
})

it('remembers 10,000 addresses and forgets the oldest', () => {
  const limiter = attemptLimiter(clock)
  const exhaust = (address: string) => {
    for (let i = 0; i < 20; i++) limiter.failed(address)
  }
  exhaust('first')
  exhaust('second')
  for (let i = 0; i < 9_999; i++) limiter.failed(`address ${i}`)
  expect([limiter.waitMs('first'), limiter.waitMs('second')]).toEqual([0, 3_000])
})
