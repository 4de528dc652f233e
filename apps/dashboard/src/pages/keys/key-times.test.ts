import { expect, it } from 'vitest'
import { endOfOverlap, expiryOf } from './key-times.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')

it('lets the old secret work as long as was chosen', () => {
  expect(endOfOverlap('week', NOW)).toBe('2026-03-17T12:00:00.000Z')
  expect(Date.parse(endOfOverlap('none', NOW))).toBeLessThan(NOW)
})

it('lets a key expire after so many days, or never', () => {
  expect(expiryOf('30', NOW)).toBe('2026-04-09T12:00:00.000Z')
  expect(expiryOf('', NOW)).toBeNull()
})
