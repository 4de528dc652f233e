import { expect, it } from 'vitest'
import { isStalled } from './is-stalled.ts'

it('takes a run for stalled only if it runs and has made no progress for a minute', () => {
  const now = Date.parse('2026-03-10T12:02:00Z')
  expect(isStalled({ state: 'RUNNING', updatedAt: '2026-03-10T12:00:59Z' }, now)).toBe(true)
  expect(isStalled({ state: 'RUNNING', updatedAt: '2026-03-10T12:01:30Z' }, now)).toBe(false)
  expect(isStalled({ state: 'COMPLETED', updatedAt: '2026-03-01T00:00:00Z' }, now)).toBe(false)
})
