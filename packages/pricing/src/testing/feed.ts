import { contentId } from '../model/content-id.ts'
import type { Price } from '../model/price.ts'
import { makePrice, type PriceFields } from './price.ts'

/** A key pair for tests. It signs nothing else. */
export const TEST_KEYS = {
  privateKey: `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEICwF12eCBOMi2A09FPxRx7xi/spBzFF4kmzKETxKb8WH
-----END PRIVATE KEY-----
`,
  publicKey: 'uc8C8lAGtXe2tUe8lZ3KGfMnA+uj7NGhEbtYZAAbkfY=',
}

/** Makes a list price, with the id of its contents. */
export function feedPrice(fields: PriceFields = {}): Price {
  const { id: _id, publishedAt, ...contents } = makePrice({ ...fields, source: 'bundled' })
  return { id: contentId('bundled', contents), ...contents, publishedAt }
}
