import { Temporal } from '@tollgate/kernel'
import type { Price } from '../../model/price.ts'

/**
 * Sorts published prices of one model, highest precedence first: the price published last; of prices published at the
 * same time, one for a time of day, then the later one in the list.
 */
export function lastPublishedFirst(prices: readonly Price[]): readonly Price[] {
  const hasTimeOfDay = ({ timeOfDay }: Price) => (timeOfDay === null ? 0 : 1)
  // The sort is stable, so that of equal prices the later one in the list comes first.
  return prices.toReversed().toSorted((a, b) => Temporal.Instant.compare(b.publishedAt, a.publishedAt) || hasTimeOfDay(b) - hasTimeOfDay(a))
}

/** Sorts bundled prices of one model, highest precedence first: the last one in the release. */
export function lastFirst(prices: readonly Price[]): readonly Price[] {
  return prices.toReversed()
}
