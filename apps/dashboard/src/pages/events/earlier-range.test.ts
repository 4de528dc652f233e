import { describe, expect, it } from 'vitest'
import { allDays, rangeBefore } from './earlier-range.ts'

describe('an earlier range', () => {
  it('is the 31 days before, in the zone of the page', () => {
    expect(rangeBefore('2026-03-10T23:00:00Z', 'Europe/Berlin')).toEqual({ period: undefined, from: '2026-02-08T00:00', to: '2026-03-11T00:00' })
  })

  it('is every day until the end of today', () => {
    expect(allDays(Date.parse('2026-03-10T23:30:00Z'), 'Europe/Berlin')).toEqual({ period: undefined, from: '1970-01-01T00:00', to: '2026-03-12T00:00' })
  })
})
