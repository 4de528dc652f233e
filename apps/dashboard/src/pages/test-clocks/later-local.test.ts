import { describe, expect, it } from 'vitest'
import { laterLocal } from './later-local.ts'

describe('a later local time', () => {
  it.each([
    { local: '2027-01-31T10:30', days: 0, months: 1, later: '2027-02-28T10:30' },
    { local: '2027-12-31T00:00', days: 1, months: 0, later: '2028-01-01T00:00' },
    { local: '2028-02-29T00:00', days: 0, months: 12, later: '2029-02-28T00:00' },
    { local: '2027-11-30T23:59', days: 7, months: 1, later: '2028-01-06T23:59' },
  ])('is $later, $days days and $months months after $local', ({ local, days, months, later }) => {
    expect(laterLocal(local, { days, months })).toBe(later)
  })
})
