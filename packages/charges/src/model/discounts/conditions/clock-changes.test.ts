import { Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClockCondition, clockChanges } from './clock-changes.ts'
import { unmetHoursOfDay } from './hours-of-day.ts'
import { unmetWeekdays, WEEKDAYS } from './weekdays.ts'

const hours = (timeZone: string, from: string, to: string): ClockCondition => ({ kind: 'hours-of-day', from, to, timeZone })
const days = (timeZone: string, ...named: (typeof WEEKDAYS)[number][]): ClockCondition => ({ kind: 'weekdays', days: named, timeZone })
const changes = (condition: ClockCondition, from: string, to: string) =>
  [...clockChanges(condition, { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) })].toSorted(Temporal.Instant.compare)

describe('clockChanges finds changes', () => {
  it.each<{ name: string; condition: ClockCondition; from: string; to: string; at: string[] }>([
    {
      name: 'twice a day, also for hours that span midnight',
      condition: hours('UTC', '22:00', '06:00'),
      from: '2026-11-01T00:00:00Z',
      to: '2026-11-02T22:00:00Z',
      at: ['2026-11-01T06:00:00Z', '2026-11-01T22:00:00Z', '2026-11-02T06:00:00Z'],
    },
    {
      name: 'at half past in Kolkata',
      condition: hours('Asia/Kolkata', '22:00', '06:00'),
      from: '2026-11-01T00:00:00Z',
      to: '2026-11-02T00:00:00Z',
      at: ['2026-11-01T00:30:00Z', '2026-11-01T16:30:00Z'],
    },
    {
      name: 'by the clock of Berlin when it goes back',
      condition: hours('Europe/Berlin', '22:00', '06:00'),
      from: '2026-10-24T12:00:00Z',
      to: '2026-10-26T12:00:00Z',
      at: ['2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z', '2026-10-25T21:00:00Z', '2026-10-26T05:00:00Z'],
    },
    {
      name: 'by the clock of Berlin when it goes forward',
      condition: hours('Europe/Berlin', '22:00', '06:00'),
      from: '2026-03-28T12:00:00Z',
      to: '2026-03-29T12:00:00Z',
      at: ['2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z'],
    },
    {
      name: 'at the shift, if the clock skips the start',
      condition: hours('Europe/Berlin', '02:30', '04:00'),
      from: '2026-03-28T23:00:00Z',
      to: '2026-03-29T12:00:00Z',
      at: ['2026-03-29T01:00:00Z', '2026-03-29T02:00:00Z'],
    },
    {
      name: 'never, if the clock skips all hours',
      condition: hours('Europe/Berlin', '02:15', '02:45'),
      from: '2026-03-28T23:00:00Z',
      to: '2026-03-29T12:00:00Z',
      at: [],
    },
    {
      name: 'twice, if the clock repeats the hours',
      condition: hours('Europe/Berlin', '02:15', '02:45'),
      from: '2026-10-24T22:00:00Z',
      to: '2026-10-25T12:00:00Z',
      at: ['2026-10-25T00:15:00Z', '2026-10-25T00:45:00Z', '2026-10-25T01:15:00Z', '2026-10-25T01:45:00Z'],
    },
    {
      name: 'at the shift, if the clock goes back before the hours',
      condition: hours('Europe/Berlin', '02:30', '04:00'),
      from: '2026-10-24T22:00:00Z',
      to: '2026-10-25T12:00:00Z',
      at: ['2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z', '2026-10-25T03:00:00Z'],
    },
    {
      name: 'at the half-hour shift of Lord Howe',
      condition: hours('Australia/Lord_Howe', '01:45', '05:00'),
      from: '2026-04-04T12:00:00Z',
      to: '2026-04-05T00:00:00Z',
      at: ['2026-04-04T14:45:00Z', '2026-04-04T15:00:00Z', '2026-04-04T15:15:00Z', '2026-04-04T18:30:00Z'],
    },
    {
      name: 'at midnight for weekdays',
      condition: days('Asia/Kolkata', 'saturday', 'sunday'),
      from: '2026-11-01T00:00:00Z',
      to: '2026-11-09T00:00:00Z',
      at: ['2026-11-01T18:30:00Z', '2026-11-06T18:30:00Z', '2026-11-08T18:30:00Z'],
    },
    {
      name: 'at one o’clock if there is no midnight',
      condition: days('Asia/Beirut', 'sunday'),
      from: '2026-03-28T00:00:00Z',
      to: '2026-03-30T00:00:00Z',
      at: ['2026-03-28T22:00:00Z', '2026-03-29T21:00:00Z'],
    },
    {
      name: 'around a date that a zone skips',
      condition: days('Pacific/Apia', 'friday'),
      from: '2011-12-26T00:00:00Z',
      to: '2012-01-03T00:00:00Z',
      at: [],
    },
    { name: 'never for all days of the week', condition: days('UTC', ...WEEKDAYS), from: '0001-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z', at: [] },
    { name: 'not at the ends of the range', condition: hours('UTC', '08:00', '09:00'), from: '2026-11-01T08:00:00Z', to: '2026-11-01T09:00:00Z', at: [] },
  ])('$name', ({ condition, from, to, at }) => {
    expect(changes(condition, from, to).map(String)).toEqual(at)
  })
})

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Beirut',
  'Pacific/Apia',
  'America/St_Johns',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/Godthab',
]

it('between two changes a condition never changes, and it differs from one part to the next', () => {
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`)
  const zone = fc.constantFrom(...ZONES)
  const condition = fc.oneof(
    fc
      .tuple(zone, clock, clock)
      .filter(([, from, to]) => from !== to)
      .map(([timeZone, from, to]) => hours(timeZone, from, to)),
    fc.tuple(zone, fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 })).map(([timeZone, named]) => days(timeZone, ...named)),
  )
  // In half of the cases near a clock change of the zone, if it has any.
  const begin = fc.tuple(fc.integer({ min: 0, max: 16 * 365 }), fc.boolean(), fc.integer({ min: -40, max: 5 }))
  fc.assert(
    fc.property(
      condition,
      begin,
      fc.integer({ min: 1, max: 70 }),
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 60 }),
      (one, [day, nearShift, offset], length, probes) => {
        const somewhere = Temporal.Instant.from('2010-01-01T00:00:00Z').add({ hours: day * 24 })
        const shift = nearShift ? somewhere.toZonedDateTimeISO(one.timeZone).getTimeZoneTransition('next')?.toInstant() : undefined
        const from = (shift ?? somewhere).add({ hours: offset })
        const to = from.add({ hours: length })
        const answer = (at: Temporal.Instant) =>
          (one.kind === 'weekdays' ? unmetWeekdays(one, { partFrom: at }) : unmetHoursOfDay(one, { partFrom: at })) === undefined
        const starts = [from, ...[...clockChanges(one, { from, to })].toSorted(Temporal.Instant.compare)]
        expect(starts.map(answer)).toEqual(starts.map((_, i) => answer(from) === (i % 2 === 0)))
        const shifts = [shift, shift?.add({ minutes: 30 }), shift?.add({ hours: 1 })].flatMap(at => at ?? [])
        const seconds = probes.map(part => from.add({ milliseconds: Math.floor(part * length * 3_600_000) }))
        for (const at of [...shifts, ...seconds].filter(probe => Temporal.Instant.compare(probe, from) >= 0 && Temporal.Instant.compare(probe, to) < 0)) {
          const part = starts.findLast(start => Temporal.Instant.compare(start, at) <= 0)
          expect({ at: String(at), answer: part && answer(part) }).toEqual({ at: String(at), answer: answer(at) })
        }
      },
    ),
  )
})
