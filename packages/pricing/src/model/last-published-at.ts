import { Temporal } from '@tollgate/kernel'
import type { Price } from './price.ts'

/** Returns when the newest of the prices was published. Null if there are none. */
export function lastPublishedAt(prices: readonly Price[]): Temporal.Instant | null {
  return prices.reduce<Temporal.Instant | null>(
    (latest, { publishedAt }) => (latest && Temporal.Instant.compare(latest, publishedAt) >= 0 ? latest : publishedAt),
    null,
  )
}
