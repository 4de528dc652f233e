import { Temporal } from '@tollgate/kernel'
import type { Price } from '../../model/price.ts'

/**
 * The published prices of one model, the one that counts first: the last published, and of those published at one time
 * one for a part of the day, then the later in the list.
 */
export function lastPublishedFirst(prices: readonly Price[]): readonly Price[] {
  const forPartOfDay = ({ timeOfDay }: Price) => (timeOfDay === null ? 0 : 1)
  // Sorting is stable: of equals the later in the list stays in front.
  return prices.toReversed().toSorted((a, b) => Temporal.Instant.compare(b.publishedAt, a.publishedAt) || forPartOfDay(b) - forPartOfDay(a))
}

/** The bundled prices of one model, the one that counts first: the last in the release. */
export function lastFirst(prices: readonly Price[]): readonly Price[] {
  return prices.toReversed()
}
