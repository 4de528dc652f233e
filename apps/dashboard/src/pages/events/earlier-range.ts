import type { Search } from '../../app/use-view.ts'
import { localOf } from '../../usage-view/local-time.ts'

/** For how many days the API searches single events at once. */
const SEARCHED_DAYS = 31

const MILLISECONDS_PER_DAY = 86_400_000

/** The start of all days. */
export const FIRST_DAY = '1970-01-01T00:00'

/** Returns the change of the address that shows the 31 days before a time. */
export function rangeBefore(instant: string, timeZone: string): Search {
  const from = new Date(Date.parse(instant) - SEARCHED_DAYS * MILLISECONDS_PER_DAY).toISOString()
  return { period: undefined, from: localOf(from, timeZone), to: localOf(instant, timeZone) }
}

/** Returns the change of the address that shows all days until tomorrow. */
export function allDays(now: number, timeZone: string): Search {
  return { period: undefined, from: FIRST_DAY, to: `${localOf(new Date(now + MILLISECONDS_PER_DAY).toISOString(), timeZone).slice(0, 10)}T00:00` }
}
