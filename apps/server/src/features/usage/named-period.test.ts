import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { namedPeriod, type PeriodName, precedingRange } from './named-period.ts'

const at = (text: string) => Temporal.Instant.from(text)
const local = (instant: Temporal.Instant, zone: string) => instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })

describe.each<{ name: PeriodName; zone?: string; now?: string; range: string; previous: string }>([
  { name: 'today', range: '2026-11-26T00:00 2026-11-27T00:00', previous: '2026-11-25T00:00 2026-11-25T15:30' },
  { name: 'today', zone: 'Asia/Tokyo', range: '2026-11-27T00:00 2026-11-28T00:00', previous: '2026-11-26T00:00 2026-11-26T00:30' },
  { name: 'yesterday', range: '2026-11-25T00:00 2026-11-26T00:00', previous: '2026-11-24T00:00 2026-11-25T00:00' },
  { name: 'last_7_days', range: '2026-11-20T00:00 2026-11-27T00:00', previous: '2026-11-13T00:00 2026-11-19T15:30' },
  { name: 'last_30_days', range: '2026-10-28T00:00 2026-11-27T00:00', previous: '2026-09-28T00:00 2026-10-27T15:30' },
  { name: 'this_month', range: '2026-11-01T00:00 2026-12-01T00:00', previous: '2026-10-01T00:00 2026-10-26T15:30' },
  { name: 'last_month', range: '2026-10-01T00:00 2026-11-01T00:00', previous: '2026-09-01T00:00 2026-10-01T00:00' },
  { name: 'billing_period', range: '2026-11-15T00:00 2026-12-15T00:00', previous: '2026-10-15T00:00 2026-10-26T15:30' },
  // 30 March has passed more of March than February has.
  { name: 'this_month', now: '2026-03-30T12:00:00Z', range: '2026-03-01T00:00 2026-04-01T00:00', previous: '2026-02-01T00:00 2026-03-01T00:00' },
  // The day on which clocks go forward has 23 hours.
  {
    name: 'today',
    zone: 'Europe/Berlin',
    now: '2026-03-29T22:30:00Z',
    range: '2026-03-30T00:00 2026-03-31T00:00',
    previous: '2026-03-29T00:00 2026-03-29T00:30',
  },
])('$name in $zone', ({ name, zone = 'UTC', now = '2026-11-26T15:30:00Z', range, previous }) => {
  it(`is ${range}, after ${previous}`, () => {
    const found = namedPeriod(name, { now: at(now), timeZone: zone, billingAnchorDay: 15 })
    const shown = [found.range, found.previous].map(({ from, to }) => `${local(from, zone)} ${local(to, zone)}`)
    expect(shown).toEqual([range, previous])
  })
})

it('a range has the same length as the one before it, and as much of it as has passed', () => {
  const range = { from: at('2026-11-20T00:00:00Z'), to: at('2026-11-30T00:00:00Z') }
  const shown = (now: string) => Object.values(precedingRange(range, at(now))).map(String)
  expect(shown('2026-12-05T00:00:00Z')).toEqual(['2026-11-10T00:00:00Z', '2026-11-20T00:00:00Z'])
  expect(shown('2026-11-26T15:30:00Z')).toEqual(['2026-11-10T00:00:00Z', '2026-11-16T15:30:00Z'])
})
