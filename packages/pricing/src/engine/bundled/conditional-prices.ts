import { Temporal } from '@tollgate/kernel'
import type { ConditionalPrice, ModelPrice } from '@pydantic/genai-prices'
import type { TimeOfDay } from '../../model/price.ts'

/** The rates of a model from one time to another, and in a part of the day. */
export interface DatedPrice {
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
  readonly timeOfDay: TimeOfDay | null
  readonly rates: ModelPrice
}

/**
 * Turns the package's conditional prices into intervals that mean the same. It goes through the list from the end and
 * takes the first price whose constraint holds, or else the first of the list. Therefore:
 * - the first price has no beginning, whatever its constraint says: it is also the answer when nothing else holds;
 * - a price with a start date ends where a later one in the list begins; where that is before its own start, it never counts;
 * - a price without a constraint hides what is before it in the list;
 * - a price for a part of the day holds on every day, also on those before a start date that stands before it in the list.
 *   That is how the package prices DeepSeek's past days, and so do we: a difference would need a source of our own.
 *
 * The order is kept: where intervals overlap (by the time of day), the later in the list counts.
 */
export function datedPrices(prices: readonly ConditionalPrice[] | ModelPrice): readonly DatedPrice[] {
  if (!isConditional(prices)) return [{ from: null, to: null, timeOfDay: null, rates: prices }]
  const dated: DatedPrice[] = []
  let to: Temporal.Instant | null = null
  for (const [position, { constraint, prices: rates }] of [...prices.entries()].reverse()) {
    if (position > 0 && constraint?.type === 'time_of_date') {
      dated.unshift({ from: null, to, timeOfDay: { from: utcTime(constraint.start_time), to: utcTime(constraint.end_time) }, rates })
      continue
    }
    const from: Temporal.Instant | null = position > 0 && constraint?.type === 'start_date' ? Temporal.Instant.from(`${constraint.start_date}T00:00:00Z`) : null
    if (from && to && Temporal.Instant.compare(from, to) >= 0) continue
    dated.unshift({ from, to, timeOfDay: null, rates })
    if (from === null) break
    to = from
  }
  return dated
}

function isConditional(prices: readonly ConditionalPrice[] | ModelPrice): prices is readonly ConditionalPrice[] {
  return Array.isArray(prices)
}

/** "16:30:00Z" or "18:30:00+02:00" as "16:30:00". Seconds are the finest that a price changes by. */
function utcTime(time: string): string {
  return Temporal.Instant.from(`2000-01-02T${time}`).toZonedDateTimeISO('UTC').toPlainTime().toString({ smallestUnit: 'second' })
}
