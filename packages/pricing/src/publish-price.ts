import { type Clock, type IdSource, InvalidInput, type Scope } from '@tollgate/kernel'
import type { Price } from './model/price.ts'
import type { PriceDraft } from './model/drafts/price-draft.ts'
import { priceFromDraft } from './model/drafts/price-from-draft.ts'
import { readPriceDraft } from './model/drafts/read-price-draft.ts'
import { requireOperator } from './model/require-operator.ts'
import type { PriceStore } from './price-store.ts'

/** What publishing a price needs. */
export interface PublishDependencies {
  readonly store: PriceStore
  readonly clock: Clock
  readonly ids: IdSource
}

/** Checks a draft, stores it as a price, and returns the price. Throws `Forbidden` and `InvalidInput`. */
export async function publishPrice({ store, clock, ids }: PublishDependencies, scope: Scope, draft: PriceDraft): Promise<Price> {
  requireOperator(scope)
  const read = readPriceDraft(draft)
  if (read.issues !== undefined) throw new InvalidInput(read.issues)
  const now = clock.now()
  const price = priceFromDraft(read.draft, { id: ids.uuidV7(now.epochMilliseconds), publishedAt: now })
  await store.add(scope, [price])
  return price
}
