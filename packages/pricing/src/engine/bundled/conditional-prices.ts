import type { ConditionalPrice, ModelPrice } from '@pydantic/genai-prices'
import { Temporal } from '@tollgate/kernel'
import type { TimeOfDay } from '../../model/price.ts'

/** Rates of a model during an interval and, optionally, a time of day. */
export interface DatedPrice {
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
  readonly timeOfDay: TimeOfDay | null
  readonly rates: ModelPrice
}

/**
 * Converts the package's conditional prices to intervals that mean the same. The package walks the list from the end and
 * takes the first price whose constraint holds, or else the first of the list. Therefore:
 * - The first price has no start, whatever its constraint says: it also applies when no constraint holds.
 * - A price with a start date ends where a later one in the list starts. If that is before its own start, it never applies.
 * - A price without a constraint hides all prices before it in the list.
 * - A price for a time of day applies on every day, including days before a start date that precedes it in the list. This
 *   is how the package prices past days of DeepSeek, and so do we: to differ, we would need a source of our own.
 *
 * Keeps the order: where intervals overlap, because of times of day, the later one in the list applies.
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

/** Converts "16:30:00Z" or "18:30:00+02:00" to "16:30:00". Prices change at whole seconds. */
function utcTime(time: string): string {
  return Temporal.Instant.from(`2000-01-02T${time}`).toZonedDateTimeISO('UTC').toPlainTime().toString({ smallestUnit: 'second' })
}
