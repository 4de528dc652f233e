import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { recentTimes } from './recent-times.ts'

describe.each(['2026-11-27T02:30:00Z', '2026-11-30T00:00:00.001Z', '2028-02-29T23:59:59Z'])('recentTimes at %s', at => {
  const now = Temporal.Instant.from(at)
  const times = recentTimes(now, 600)

  it('returns each time within the last 30 days, in order', () => {
    const from = now.toZonedDateTimeISO('UTC').startOfDay().subtract({ days: 29 }).epochMilliseconds
    expect(times).toHaveLength(600)
    expect(times.every(({ epochMilliseconds: ms }) => ms >= from && ms <= now.epochMilliseconds)).toBe(true)
    expect(times.map(String)).toEqual(times.toSorted((a, b) => Temporal.Instant.compare(a, b)).map(String))
  })

  it('returns the same times again', () => {
    expect(recentTimes(now, 600).map(String)).toEqual(times.map(String))
  })

  it('has more calls on working days, in working hours, and some on each of the 29 full days', () => {
    const zoned = times.map(time => time.toZonedDateTimeISO('UTC'))
    const perDay = Map.groupBy(zoned, time => time.toPlainDate().toString())
    const isWorkingDay = (day: string) => Temporal.PlainDate.from(day).dayOfWeek <= 5
    const full = [...perDay].filter(([day]) => day !== now.toZonedDateTimeISO('UTC').toPlainDate().toString())
    const average = (days: readonly (readonly [string, readonly unknown[]])[]) => days.reduce((sum, [, calls]) => sum + calls.length, 0) / days.length
    expect(full).toHaveLength(29)
    expect(average(full.filter(([day]) => isWorkingDay(day)))).toBeGreaterThan(2 * average(full.filter(([day]) => !isWorkingDay(day))))
    expect(zoned.filter(({ hour }) => hour >= 8 && hour < 18).length).toBeGreaterThan(300)
  })
})
