import type { Clock, IdSource, Scope } from '@tollgate/kernel'
import { PriceImportOutdated } from './model/errors.ts'
import { requireOperator } from './model/require-operator.ts'
import type { VersionedCatalog } from './cached-catalog.ts'
import type { Price } from './model/price.ts'
import { priceFromDraft } from './model/price-from-draft.ts'
import type { PriceStore } from './price-store.ts'
import { planPriceImport } from './engine/imports/plan-price-import.ts'
import type { PriceImportSource } from './model/price-import.ts'

/** What applying needs. */
export interface ApplyDependencies {
  readonly store: PriceStore
  readonly clock: Clock
  readonly ids: IdSource
  readonly current: () => Promise<VersionedCatalog>
}

/** Others may publish what does not concern an import while it is applied; not for ever. */
const MAX_ATTEMPTS = 5

/**
 * Publishes what a plan says, all of it in one transaction or nothing. The import is planned again, on the prices of now:
 * where that is not the plan with the digest given, or something was published before this could be,
 * `PriceImportOutdated` is thrown.
 */
export async function applyPriceImport(
  { store, clock, ids, current }: ApplyDependencies,
  scope: Scope,
  { source, planDigest }: { readonly source: PriceImportSource; readonly planDigest: string },
): Promise<readonly Price[]> {
  requireOperator(scope)
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { version, catalog } = await current()
    const { digest, added, changed } = planPriceImport({ source, catalog })
    if (digest !== planDigest) break
    const now = clock.now()
    const prices = [...added, ...changed].map(({ draft }) => priceFromDraft(draft, { id: ids.uuidV7(now.epochMilliseconds), publishedAt: now }))
    if (prices.length === 0 || (await store.addIfVersion(scope, prices, version))) return prices
  }
  throw new PriceImportOutdated()
}
