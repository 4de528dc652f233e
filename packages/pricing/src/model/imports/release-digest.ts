import type { Price } from '../price.ts'
import { sha256 } from '../sha256.ts'

/** Identifies a release of bundled prices: a hash of their ids, which in turn depend on the contents of the prices. */
export function releaseDigest(prices: readonly Price[]): string {
  return sha256(prices.map(({ id }) => id).join('\n'))
}
