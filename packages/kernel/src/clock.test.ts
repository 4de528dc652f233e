import { expect, it } from 'vitest'
import { settableClock, systemClock } from './clock.ts'

it('the settable clock stands still until it is set or advanced', () => {
  const clock = settableClock('2026-03-08T06:59:59Z')
  expect(clock.now().equals(clock.now())).toBe(true)
  clock.advance({ seconds: 1 })
  expect(clock.now().toString()).toBe('2026-03-08T07:00:00Z')
  clock.set('2020-01-01T00:00:00+01:00')
  expect(clock.now().toString()).toBe('2019-12-31T23:00:00Z')
})

it('the system clock shows the time of the machine', () => {
  const before = Date.now()
  const shown = systemClock.now().epochMilliseconds
  expect(shown).toBeGreaterThanOrEqual(before)
  expect(shown).toBeLessThanOrEqual(Date.now())
  expect(systemClock.nowMs?.()).toBeGreaterThanOrEqual(shown)
  expect(systemClock.nowMs?.()).toBeLessThanOrEqual(Date.now())
})
