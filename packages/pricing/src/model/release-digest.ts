import { createHash } from 'node:crypto'
import type { Price } from './price.ts'

/** What tells one release of bundled prices from another: a hash of their ids, which themselves depend on the contents. */
export function releaseDigest(prices: readonly Price[]): string {
  return createHash('sha256')
    .update(prices.map(({ id }) => id).join('\n'))
    .digest('hex')
}
