import { InvalidInput, Temporal } from '@tollgate/kernel'
import { checkPriceDraft } from '../../model/check-price-draft.ts'
import { createPriceCatalog, type PriceCatalog } from './price-catalog.ts'
import { priceFromDraft } from '../../model/price-from-draft.ts'
import type { PriceDraft } from '../../model/price-draft.ts'

const MAX_DRAFTS = 1_000

/**
 * The catalogue as it would be if these prices were published on top of it, in their order; nothing is. Their ids are
 * "draft-1", "draft-2", and so on. Throws `InvalidInput` that names every field at fault: `prices.0.model`.
 */
export function catalogWithDrafts(catalog: PriceCatalog, drafts: readonly PriceDraft[]): PriceCatalog {
  if (drafts.length === 0) return catalog
  if (drafts.length > MAX_DRAFTS) throw new InvalidInput([{ path: 'prices', message: `must be at most ${MAX_DRAFTS}, not ${drafts.length}` }])
  const issues = drafts.flatMap((draft, at) => checkPriceDraft(draft).map(({ path, message }) => ({ path: `prices.${at}.${path}`, message })))
  if (issues.length > 0) throw new InvalidInput(issues)
  return addDrafts(catalog, drafts)
}

/** The same for drafts that were checked, however many. */
export function addDrafts(catalog: PriceCatalog, drafts: readonly PriceDraft[]): PriceCatalog {
  // After everything that is published: of prices for one model and time, the last published one counts.
  const last = catalog.prices.reduce((latest, { publishedAt }) => later(latest, publishedAt), Temporal.Instant.fromEpochMilliseconds(0))
  const added = drafts.map((draft, at) => priceFromDraft(draft, { id: `draft-${at + 1}`, publishedAt: last.add({ microseconds: at + 1 }) }))
  return createPriceCatalog([...catalog.prices, ...added])
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}
