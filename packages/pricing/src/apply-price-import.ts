import type { Scope } from '@tollgate/kernel'
import type { VersionedCatalog } from './cached-catalog.ts'
import { planPriceImport } from './engine/imports/plan-price-import.ts'
import { PriceImportOutdated } from './model/errors.ts'
import type { Price } from './model/price.ts'
import { priceFromDraft } from './model/drafts/price-from-draft.ts'
import type { PriceImportSource } from './model/imports/price-import.ts'
import { requireOperator } from './model/require-operator.ts'
import type { PublishDependencies } from './publish-price.ts'

/** What applying an import needs. */
export interface ApplyDependencies extends PublishDependencies {
  readonly current: () => Promise<VersionedCatalog>
}

/** Unrelated prices may be published while an import is applied; after this many attempts it fails. */
const MAX_ATTEMPTS = 5

/**
 * Publishes all prices of a plan in one transaction. Plans the import again with the current prices, and throws
 * `PriceImportOutdated` if the plan is no longer the one with the given digest.
 */
export async function applyPriceImport(
  { store, clock, ids, current }: ApplyDependencies,
  scope: Scope,
  { source, planDigest }: { readonly source: PriceImportSource; readonly planDigest: string },
): Promise<readonly Price[]> {
  requireOperator(scope)
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { version, priceList: catalog } = await current()
    const { digest, added, changed } = planPriceImport({ source, catalog })
    if (digest !== planDigest) break
    const now = clock.now()
    const prices = [...added, ...changed].map(({ draft }) => priceFromDraft(draft, { id: ids.uuidV7(now.epochMilliseconds), publishedAt: now }))
    if (prices.length === 0 || (await store.addIfVersion(scope, prices, version))) return prices
  }
  throw new PriceImportOutdated()
}
