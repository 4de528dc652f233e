import { InvalidInput, Temporal } from '@tollgate/kernel'
import type { ExactPriceDraft, PriceDraft } from '../../model/drafts/price-draft.ts'
import { priceFromDraft } from '../../model/drafts/price-from-draft.ts'
import { readPriceDraft } from '../../model/drafts/read-price-draft.ts'
import { catalogWithAliases } from './catalog-with-aliases.ts'
import { createPriceCatalog, type PriceCatalog } from './price-catalog.ts'

const MAX_DRAFTS = 1_000

/**
 * Returns the catalogue as if these drafts were published, in this order, after everything in it. Nothing is published.
 * Their ids are "draft-1", "draft-2" and so on. Throws `InvalidInput`, which names every invalid field: `prices.0.model`.
 */
export function catalogWithDrafts(catalog: PriceCatalog, drafts: readonly PriceDraft[]): PriceCatalog {
  if (drafts.length === 0) return catalog
  if (drafts.length > MAX_DRAFTS) {
    throw new InvalidInput([{ path: 'prices', message: `must have at most ${MAX_DRAFTS.toLocaleString('en')} prices, not ${drafts.length}` }])
  }
  const read = drafts.map(readPriceDraft)
  const issues = read.flatMap(({ issues: ofDraft = [] }, at) => ofDraft.map(({ path, message }) => ({ path: `prices.${at}.${path}`, message })))
  if (issues.length > 0) throw new InvalidInput(issues)
  return addDrafts(
    catalog,
    read.flatMap(({ draft }) => draft ?? []),
  )
}

/** Like `catalogWithDrafts`, for any number of drafts that are known to be valid. */
export function addDrafts(catalog: PriceCatalog, drafts: readonly ExactPriceDraft[]): PriceCatalog {
  // Published after everything else, because of overlapping prices the one published last applies.
  const last = catalog.prices.reduce((latest, { publishedAt }) => later(latest, publishedAt), Temporal.Instant.fromEpochMilliseconds(0))
  const added = drafts.map((draft, at) => priceFromDraft(draft, { id: `draft-${at + 1}`, publishedAt: last.add({ microseconds: at + 1 }) }))
  return catalogWithAliases(createPriceCatalog([...catalog.prices, ...added]), catalog.aliases ?? [])
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}
