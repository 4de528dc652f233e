import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidInput } from './errors.ts'
import {
  billingPeriodContaining,
  type CalendarUnit,
  type Period,
  period,
  periodContaining,
  periodIncludes,
  periodWithin,
  splitPeriod,
  timeZone,
} from './period.ts'
import { Temporal } from '#temporal'

const at = (text: string) => Temporal.Instant.from(text)
const UNITS: readonly CalendarUnit[] = ['hour', 'day', 'week', 'month']
const ZONES = [
  'UTC',
  'Asia/Kolkata', // +05:30, no summer time
  'Australia/Lord_Howe', // shifts by half an hour
  'America/New_York',
  'Africa/Cairo', // has no midnight on the day that the clocks go forward
  'Pacific/Chatham', // +12:45
  'America/Sao_Paulo', // until 2019, no midnight in October
  'America/St_Johns', // until 2011, two midnights in autumn: back at 00:01
  'Pacific/Apia', // had no 30 December 2011
] as const

const hours = ({ from, to }: Period) => from.until(to).total('hours')
const local = (instant: Temporal.Instant, zone: string) => instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
const shown = ({ from, to }: Period, zone: string) => `${local(from, zone)} ${local(to, zone)}`

describe('period', () => {
  it('includes its start and excludes its end', () => {
    const day = period(at('2026-01-01T00:00:00Z'), at('2026-01-02T00:00:00Z'))
    expect(periodIncludes(day, day.from)).toBe(true)
    expect(periodIncludes(day, day.to.subtract({ nanoseconds: 1 }))).toBe(true)
    expect(periodIncludes(day, day.to)).toBe(false)
    expect(periodIncludes(day, day.from.subtract({ nanoseconds: 1 }))).toBe(false)
  })
  it.each(['2026-01-01T00:00:00Z', '2025-12-31T00:00:00Z'])('cannot end at %s if it starts on 1 January 2026', to => {
    expect(() => period(at('2026-01-01T00:00:00Z'), at(to))).toThrow(InvalidInput)
  })
})

describe('periodWithin', () => {
  const day = (number: number) => at(`2026-01-0${number}T00:00:00Z`)
  it.each([
    { of: [1, 5], in: [2, 4], is: [2, 4] },
    { of: [2, 4], in: [1, 5], is: [2, 4] },
    { of: [1, 3], in: [2, 5], is: [2, 3] },
    { of: [1, 3], in: [2, null], is: [2, 3] },
    { of: [1, 2], in: [2, 3], is: undefined }, // they adjoin
    { of: [1, 2], in: [3, null], is: undefined },
  ])('of $of in $in is $is', ({ of: [from = 1, to = 1], in: [start, end], is }) => {
    const part = periodWithin(period(day(from), day(to)), { from: day(start ?? 1), to: typeof end === 'number' ? day(end) : null })
    expect(part && [part.from, part.to].map(String)).toEqual(is?.map(number => day(number).toString()))
  })
})

describe('timeZone', () => {
  it.each([
    ['UTC', 'UTC'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Calcutta'], // a name that people still use stays theirs
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ])('reads %s as %s', (name, zone) => {
    expect(timeZone(name)).toBe(zone)
  })
  it.each(['', 'Mars/Olympus', '+05:30', '-08', 'Z', 'Europe/Berlin ', '2026-01-01T00:00[Europe/Berlin]', `A${'/B'.repeat(100)}`])('rejects %j', name => {
    expect(() => timeZone(name)).toThrow(InvalidInput)
  })
})

describe('days', () => {
  it.each([
    { zone: 'UTC', instant: '2026-03-08T12:00:00Z', day: '2026-03-08T00:00 2026-03-09T00:00', long: 24 },
    { zone: 'America/New_York', instant: '2026-03-08T12:00:00Z', day: '2026-03-08T00:00 2026-03-09T00:00', long: 23 },
    { zone: 'America/New_York', instant: '2026-11-01T12:00:00Z', day: '2026-11-01T00:00 2026-11-02T00:00', long: 25 },
    { zone: 'Asia/Kolkata', instant: '2026-03-08T18:30:00Z', day: '2026-03-09T00:00 2026-03-10T00:00', long: 24 },
    { zone: 'Asia/Kolkata', instant: '2026-03-08T18:29:59.999999999Z', day: '2026-03-08T00:00 2026-03-09T00:00', long: 24 },
    { zone: 'Australia/Lord_Howe', instant: '2026-04-05T01:00:00Z', day: '2026-04-05T00:00 2026-04-06T00:00', long: 24.5 },
    { zone: 'Australia/Lord_Howe', instant: '2026-10-04T01:00:00Z', day: '2026-10-04T00:00 2026-10-05T00:00', long: 23.5 },
    { zone: 'Africa/Cairo', instant: '2026-04-24T12:00:00Z', day: '2026-04-24T01:00 2026-04-25T00:00', long: 23 },
    { zone: 'America/Sao_Paulo', instant: '2018-11-04T12:00:00Z', day: '2018-11-04T01:00 2018-11-05T00:00', long: 23 },
    { zone: 'America/Sao_Paulo', instant: '2018-02-17T12:00:00Z', day: '2018-02-17T00:00 2018-02-18T00:00', long: 25 },
    // Midnight passed, then the clock went back to 23:01 of the day before: the day had begun the first time.
    { zone: 'America/St_Johns', instant: '2006-10-29T03:00:00Z', day: '2006-10-29T00:00 2006-10-30T00:00', long: 25 },
    { zone: 'Pacific/Apia', instant: '2011-12-30T09:00:00Z', day: '2011-12-29T00:00 2011-12-31T00:00', long: 24 },
  ])('$zone at $instant: $day, $long h', ({ zone, instant, day, long }) => {
    const found = periodContaining(at(instant), 'day', zone)
    expect(shown(found, zone)).toBe(day)
    expect(hours(found)).toBe(long)
    expect(periodIncludes(found, at(instant))).toBe(true)
  })
})

describe('weeks and months', () => {
  it.each([
    { unit: 'week', zone: 'UTC', instant: '2026-11-20T10:00:00Z', found: '2026-11-16T00:00 2026-11-23T00:00' }, // Monday
    { unit: 'week', zone: 'UTC', instant: '2026-11-22T23:59:59Z', found: '2026-11-16T00:00 2026-11-23T00:00' }, // Sunday
    { unit: 'week', zone: 'Asia/Kolkata', instant: '2026-11-22T18:30:00Z', found: '2026-11-23T00:00 2026-11-30T00:00' },
    { unit: 'month', zone: 'UTC', instant: '2024-02-29T23:59:59Z', found: '2024-02-01T00:00 2024-03-01T00:00' },
    { unit: 'month', zone: 'Pacific/Chatham', instant: '2026-01-31T10:15:00Z', found: '2026-02-01T00:00 2026-03-01T00:00' },
    { unit: 'month', zone: 'America/Sao_Paulo', instant: '2018-11-20T00:00:00Z', found: '2018-11-01T00:00 2018-12-01T00:00' },
  ] as const)('the $unit of $instant in $zone is $found', ({ unit, zone, instant, found }) => {
    expect(shown(periodContaining(at(instant), unit, zone), zone)).toBe(found)
  })
})

describe('hours', () => {
  const split = (from: string, to: string, zone: string) =>
    [...splitPeriod(period(at(from), at(to)), 'hour', zone)].map(piece => `${local(piece.from, zone).slice(11)} ${hours(piece) * 60}`)

  it('are those of the local clock, not of UTC', () => {
    expect(split('2026-01-01T00:10:00Z', '2026-01-01T02:00:00Z', 'Asia/Kolkata')).toEqual(['05:40 20', '06:00 60', '07:00 30'])
  })
  it('occur twice when clocks go back', () => {
    expect(split('2026-11-01T05:00:00Z', '2026-11-01T08:00:00Z', 'America/New_York')).toEqual(['01:00 60', '01:00 60', '02:00 60'])
  })
  it('are skipped when clocks go forward', () => {
    expect(split('2026-03-08T06:00:00Z', '2026-03-08T08:00:00Z', 'America/New_York')).toEqual(['01:00 60', '03:00 60'])
  })
  it('are cut where a zone shifts by half an hour', () => {
    expect(split('2026-04-04T14:00:00Z', '2026-04-04T16:30:00Z', 'Australia/Lord_Howe')).toEqual(['01:00 60', '01:30 30', '02:00 60'])
    expect(split('2026-10-03T14:30:00Z', '2026-10-03T17:00:00Z', 'Australia/Lord_Howe')).toEqual(['01:00 60', '02:30 30', '03:00 60'])
  })
})

describe('billing periods', () => {
  it.each([
    { anchorDay: 1, zone: 'UTC', instant: '2026-01-31T23:59:59Z', found: '2026-01-01T00:00 2026-02-01T00:00' },
    { anchorDay: 15, zone: 'UTC', instant: '2026-01-14T23:59:59Z', found: '2025-12-15T00:00 2026-01-15T00:00' },
    { anchorDay: 15, zone: 'UTC', instant: '2026-01-15T00:00:00Z', found: '2026-01-15T00:00 2026-02-15T00:00' },
    { anchorDay: 31, zone: 'UTC', instant: '2026-02-01T00:00:00Z', found: '2026-01-31T00:00 2026-02-28T00:00' },
    { anchorDay: 31, zone: 'UTC', instant: '2026-02-28T00:00:00Z', found: '2026-02-28T00:00 2026-03-31T00:00' }, // back on the 31st
    { anchorDay: 31, zone: 'UTC', instant: '2024-02-28T23:00:00Z', found: '2024-01-31T00:00 2024-02-29T00:00' },
    { anchorDay: 31, zone: 'Asia/Kolkata', instant: '2026-02-27T18:30:00Z', found: '2026-02-28T00:00 2026-03-31T00:00' },
    { anchorDay: 31, zone: 'America/New_York', instant: '2026-03-01T04:59:59Z', found: '2026-02-28T00:00 2026-03-31T00:00' },
    { anchorDay: 30, zone: 'Pacific/Apia', instant: '2011-12-30T09:59:59Z', found: '2011-11-30T00:00 2011-12-31T00:00' }, // no such day
    { anchorDay: 24, zone: 'Africa/Cairo', instant: '2026-04-23T22:00:00Z', found: '2026-04-24T01:00 2026-05-24T00:00' },
    { anchorDay: 29, zone: 'America/St_Johns', instant: '2006-10-29T03:00:00Z', found: '2006-10-29T00:00 2006-11-29T00:00' },
  ])('anchor $anchorDay in $zone at $instant: $found', ({ anchorDay, zone, instant, found }) => {
    expect(shown(billingPeriodContaining(at(instant), { anchorDay }, zone), zone)).toBe(found)
  })

  it.each([0, 32, 1.5, -1, Number.NaN])('rejects the anchor day %d', anchorDay => {
    expect(() => billingPeriodContaining(at('2026-01-01T00:00:00Z'), { anchorDay }, 'UTC')).toThrow(InvalidInput)
  })
})

/** Where a calendar is odd: half of the tries are within three hours of one of these, in its zone. */
const ODDITIES = [
  ['America/St_Johns', '2006-10-29T02:31:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00:00Z'],
] as const

const place = fc.oneof(
  fc.record({
    where: fc.constantFrom(...ZONES),
    when: fc.integer({ min: 788_918_400, max: 2_208_988_800 }).map(seconds => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)),
  }),
  fc
    .tuple(fc.constantFrom(...ODDITIES), fc.integer({ min: -10_800, max: 10_800 }))
    .map(([[where, oddity], seconds]) => ({ where, when: at(oddity).add({ seconds }) })),
)
const unit = fc.constantFrom(...UNITS)

/** At most so many pieces a split: the longest stretch that the properties look at. */
const STRETCH: Record<CalendarUnit, number> = { hour: 100, day: 100 * 24, week: 40 * 168, month: 24 * 730 }

describe('for any zone, unit and time', () => {
  it('the pieces of a split adjoin, cover the period exactly, and are not empty', () => {
    fc.assert(
      fc.property(place, unit, fc.double({ min: 1e-6, max: 1, noNaN: true }), ({ where, when }, by, part) => {
        const whole = period(when, when.add({ milliseconds: Math.ceil(part * STRETCH[by] * 3_600_000) }))
        const pieces = [...splitPeriod(whole, by, where)]
        const ends = [whole.from, ...pieces.map(piece => piece.to)]
        expect(ends.at(-1)?.equals(whole.to)).toBe(true)
        pieces.forEach((piece, position) => {
          expect(piece.from.equals(ends[position] ?? whole.to)).toBe(true)
          expect(Temporal.Instant.compare(piece.from, piece.to)).toBe(-1)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('every piece except the first and last is the calendar period of all its instants', () => {
    fc.assert(
      fc.property(place, unit, ({ where, when }, by) => {
        const whole = period(when, when.add({ hours: Math.ceil(STRETCH[by] / 10) }))
        for (const piece of splitPeriod(whole, by, where)) {
          const { from: start, to: end } = periodContaining(piece.from, by, where)
          if (!piece.from.equals(whole.from)) expect(piece.from.equals(start)).toBe(true)
          if (!piece.to.equals(whole.to)) expect(piece.to.equals(end)).toBe(true)
          const last = periodContaining(piece.to.subtract({ nanoseconds: 1 }), by, where)
          expect(last.from.equals(start) && last.to.equals(end)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('the calendar period of an instant contains it', () => {
    fc.assert(
      fc.property(place, unit, ({ where, when }, by) => {
        expect(periodIncludes(periodContaining(when, by, where), when)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('the billing period of an instant contains it, and billing periods adjoin', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 31 }), ({ where, when }, anchorDay) => {
        const current = billingPeriodContaining(when, { anchorDay }, where)
        expect(periodIncludes(current, when)).toBe(true)
        const following = billingPeriodContaining(current.to, { anchorDay }, where)
        const preceding = billingPeriodContaining(current.from.subtract({ nanoseconds: 1 }), { anchorDay }, where)
        expect(following.from.equals(current.to)).toBe(true)
        expect(preceding.to.equals(current.from)).toBe(true)
        expect(hours(current)).toBeGreaterThan(27 * 24)
        expect(hours(current)).toBeLessThan(32 * 24)
      }),
      { numRuns: 300 },
    )
  })
})

it('splits lazily, so that splitting a century into hours can stop early', () => {
  const pieces = splitPeriod(period(at('1900-01-01T00:00:00Z'), at('2000-01-01T00:00:00Z')), 'hour', 'UTC')
  for (const piece of pieces) {
    expect(piece.to.toString()).toBe('1900-01-01T01:00:00Z')
    break
  }
  expect(pieces.next().done).toBe(true)
})
