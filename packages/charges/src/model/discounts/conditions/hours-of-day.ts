import { Temporal } from '@tollgate/kernel'
import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The local time is in a part of the day, from "HH:MM" up to but not including "HH:MM". It may span midnight. */
export interface HoursOfDayCondition {
  readonly kind: 'hours-of-day'
  readonly from: string
  readonly to: string
  readonly timeZone: string
}

const CLOCK_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** Reads an hours-of-day condition. */
export function readHoursOfDay(fields: Fields): HoursOfDayCondition {
  const from = readClockTime(fields, 'from')
  const to = readClockTime(fields, 'to')
  if (from === to && from !== '') fields.addIssue('to', 'must differ from from; omit the condition for the whole day')
  return { kind: 'hours-of-day', from, to, timeZone: fields.zone('timeZone') }
}

/** Returns why the condition is not met; undefined if it is. A part of a period counts by its start. */
export function unmetHoursOfDay({ from, to, timeZone }: HoursOfDayCondition, { partFrom: at }: Pick<DiscountFacts, 'partFrom'>): string | undefined {
  const time = at.toZonedDateTimeISO(timeZone).toPlainTime()
  const begun = Temporal.PlainTime.compare(time, from) >= 0
  const ended = Temporal.PlainTime.compare(time, to) >= 0
  // From 22:00 to 06:00 spans midnight. Times of equal width compare as strings.
  const inside = to < from ? begun || !ended : begun && !ended
  return inside ? undefined : `it is for ${from} to ${to} in ${timeZone}, where it was ${time.toString({ smallestUnit: 'minute' })}`
}

function readClockTime(fields: Fields, name: string): string {
  const time = fields.text(name)
  if (time !== '' && !CLOCK_TIME.test(time)) fields.addIssue(name, 'must be a time of day such as "09:30"')
  return time
}
