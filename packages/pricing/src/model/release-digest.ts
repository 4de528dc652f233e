import { createHash } from 'node:crypto'
import type { Price } from './price.ts'

/** Identifies a release of bundled prices: a hash of their ids, which in turn depend on the contents of the prices. */
export function releaseDigest(prices: readonly Price[]): string {
  return createHash('sha256')
    .update(prices.map(({ id }) => id).join('\n'))
    .digest('hex')
}
