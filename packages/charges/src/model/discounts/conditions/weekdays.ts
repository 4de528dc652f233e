import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The days of the week, in the order of ISO 8601. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** The name of a day. */
export type Weekday = (typeof WEEKDAYS)[number]

/** The local date is one of these days of the week. */
export interface WeekdaysCondition {
  readonly kind: 'weekdays'
  readonly days: readonly Weekday[]
  readonly timeZone: string
}

/** Reads a weekdays condition. */
export function readWeekdays(fields: Fields): WeekdaysCondition {
  const named = fields.texts('days')
  const days = WEEKDAYS.filter(day => named.includes(day))
  if (named.some(day => !WEEKDAYS.some(known => known === day))) fields.addIssue('days', `must be one or more of ${WEEKDAYS.join(', ')}`)
  return { kind: 'weekdays', days, timeZone: fields.zone('timeZone') }
}

/** Returns why the condition is not met; undefined if it is. A part of a period counts by its start. */
export function unmetWeekdays({ days, timeZone }: WeekdaysCondition, { partFrom: at }: Pick<DiscountFacts, 'partFrom'>): string | undefined {
  const today = WEEKDAYS[at.toZonedDateTimeISO(timeZone).dayOfWeek - 1]
  return days.some(day => day === today) ? undefined : `it is for ${days.join(', ')} in ${timeZone}, where it was ${today ?? 'another day'}`
}
