import { Temporal } from '@tollgate/kernel'
import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** A part of the day by the clocks of a zone, "HH:MM", `from` in it and `to` not; may pass midnight. */
export interface HoursOfDayCondition {
  readonly kind: 'hours-of-day'
  readonly from: string
  readonly to: string
  readonly timeZone: string
}

const CLOCK_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** Reads a part of the day. */
export function readHoursOfDay(fields: Fields): HoursOfDayCondition {
  const from = readClockTime(fields, 'from')
  const to = readClockTime(fields, 'to')
  if (from === to && from !== '') fields.addIssue('to', 'must not be the same as from: leave the condition out for the whole day')
  return { kind: 'hours-of-day', from, to, timeZone: fields.zone('timeZone') }
}

/** Why the time of day is outside; undefined where it is not. A part of a period is judged by its own beginning. */
export function unmetHoursOfDay({ from, to, timeZone }: HoursOfDayCondition, { partFrom: at }: Pick<DiscountFacts, 'partFrom'>): string | undefined {
  const time = at.toZonedDateTimeISO(timeZone).toPlainTime()
  const begun = Temporal.PlainTime.compare(time, from) >= 0
  const ended = Temporal.PlainTime.compare(time, to) >= 0
  // From 22:00 to 06:00 passes midnight. Times of equal width compare as text.
  const inside = to < from ? begun || !ended : begun && !ended
  return inside ? undefined : `it is for ${from} to ${to} in ${timeZone}, where it was ${time.toString({ smallestUnit: 'minute' })}`
}

function readClockTime(fields: Fields, name: string): string {
  const time = fields.text(name)
  if (time !== '' && !CLOCK_TIME.test(time)) fields.addIssue(name, 'must be a time of day such as "09:30"')
  return time
}
