import { createHash } from 'node:crypto'
import { Temporal } from '@tollgate/kernel'
import { addDrafts } from '../catalog/catalog-with-drafts.ts'
import { type EffectiveInterval, effectiveIntervals } from '../catalog/effective-intervals.ts'
import type { Price } from '../../model/price.ts'
import type { PriceCatalog } from '../catalog/price-catalog.ts'
import { priceFromDraft } from '../../model/price-from-draft.ts'
import { serviceTierOf } from '../../model/service-tier.ts'
import type { ChangedPrice, PlannedPrice, PriceImportPlan, PriceImportSource } from '../../model/price-import.ts'
import type { ListedPrice, SkippedEntry, UnlistedRate } from '../../model/price-list.ts'
import { keepUnlistedRates } from './keep-unlisted-rates.ts'
import { rateDifferences } from '../../model/rate-differences.ts'
import { readPriceImport } from './read-price-import.ts'

/**
 * What an import would do to a catalogue, without doing it. Each price of the source is held against the one that a
 * call at its beginning would be rated by, whatever that comes from: where both charge the same, nothing is published.
 * Price lists know nothing of changes that are already published for later, or bundled: a list's price ends where such a
 * change begins. Throws `UnreadablePriceList`, and `InvalidInput` for drafts that cannot be published.
 */
export function planPriceImport({ source, catalog }: { readonly source: PriceImportSource; readonly catalog: PriceCatalog }): PriceImportPlan {
  const { entries, skipped, unlisted = [] } = readPriceImport(source)
  const compare = comparison(catalog, unlisted)
  const fromList = source.format !== 'drafts'
  const { unique, repeated } = fromList ? withoutRepeats(entries) : { unique: entries, repeated: [] }
  const verdicts = keepWhatStays(
    catalog,
    unique.map(entry => compare(entry, fromList)),
  )
  const added = verdicts.flatMap(verdict => verdict.added ?? [])
  const changed = verdicts.flatMap(verdict => verdict.changed ?? [])
  return {
    digest: digestOf(added, changed),
    added,
    changed,
    unchanged: verdicts.flatMap(({ unchanged }) => (unchanged ? [{ name: unchanged.name, price: unchanged.price }] : [])),
    skipped: [...skipped, ...repeated, ...verdicts.flatMap(verdict => verdict.skipped ?? [])],
  }
}

/** What becomes of one entry. */
interface Verdict {
  readonly added?: PlannedPrice
  readonly changed?: ChangedPrice
  readonly unchanged?: PlannedPrice & { readonly price: Price }
  readonly skipped?: SkippedEntry
}

function comparison(catalog: PriceCatalog, unlisted: readonly UnlistedRate[]): (entry: ListedPrice, fromList: boolean) => Verdict {
  const intervals = effectiveIntervals(catalog.prices)
  const published = Map.groupBy(
    catalog.prices.filter(({ source }) => source !== 'bundled'),
    seriesOf,
  )

  return ({ name, draft: listed, unsupportedCharges }, fromList) => {
    const named = priceFromDraft(listed, { id: '', publishedAt: listed.from })
    const { provider, model, tenantId } = named
    const at = named.from ?? listed.from
    const find = (when: Temporal.Instant) => catalog.find({ provider, model, at: when, tenantId: tenantId ?? undefined, serviceTier: serviceTierOf(named) })
    const current = find(at)
    const draft = current ? keepUnlistedRates(listed, { unlisted, current }) : listed
    const next = priceFromDraft(draft, { id: '', publishedAt: draft.from })
    if (current?.timeOfDay) return { skipped: { name, reason: 'is charged by the time of day, which the source cannot say' } }
    const effective = current && (intervals.get(current.id) ?? []).find(interval => holds(interval, at))
    const laterChange = earliest([
      ...[next, ...(current ? [{ ...next, model: current.model }] : [])]
        .flatMap(of => beginnings(published.get(seriesOf(of)) ?? [], intervals))
        .filter(from => isAfter(from, at)),
      // Of a published price's end it is unknown whether it was meant, unless another takes over from there.
      ...(effective?.to && (current?.source === 'bundled' || find(effective.to)) ? [effective.to] : []),
    ])
    const to = fromList ? laterChange : next.to
    const planned = { name, unsupportedCharges, draft: { ...draft, provider, model, from: at, to } }
    if (!current) return { added: planned }
    const differences = rateDifferences(current, next)
    const lastsAsLong = effective !== undefined && (effective.to === null || (to !== null && !isAfter(to, effective.to)))
    return differences.length === 0 && lastsAsLong ? { unchanged: { ...planned, price: current } } : { changed: { ...planned, replaces: current, differences } }
  }
}

/**
 * A model without a price of its own is rated by that of a model whose name it has a form of: "eu.large" by "large". Where
 * the import changes that one, what should stay would change with it, and is published by its own name.
 */
function keepWhatStays(catalog: PriceCatalog, verdicts: readonly Verdict[]): readonly Verdict[] {
  const drafts = verdicts.flatMap(({ added, changed }) => added?.draft ?? changed?.draft ?? [])
  if (drafts.length === 0) return verdicts
  const after = addDrafts(catalog, drafts)
  const kept = verdicts.map(verdict => {
    if (!verdict.unchanged) return verdict
    const { price, ...planned } = verdict.unchanged
    const { provider, model, from, tenantId, serviceTier } = planned.draft
    const found = after.find({ provider, model, at: from, tenantId: tenantId ?? undefined, serviceTier: serviceTier ?? undefined })
    return found && rateDifferences(found, price).length === 0 ? verdict : { added: planned }
  })
  // What was added may be what another is rated by.
  return kept.some((verdict, i) => verdict !== verdicts[i]) ? keepWhatStays(catalog, kept) : kept
}

/** What is published for the same model, tier and tenant. */
function seriesOf(price: Pick<Price, 'tenantId' | 'provider' | 'model' | 'serviceTier'>): string {
  return JSON.stringify([price.tenantId, price.provider, price.model, serviceTierOf(price)])
}

function beginnings(prices: readonly Price[], intervals: ReadonlyMap<string, readonly EffectiveInterval[]>): readonly Temporal.Instant[] {
  return prices.flatMap(({ id }) => (intervals.get(id) ?? []).flatMap(({ from }) => from ?? []))
}

/** Lists have some models under several names. The first one counts, as it would be found first. */
function withoutRepeats(entries: readonly ListedPrice[]): { unique: readonly ListedPrice[]; repeated: readonly SkippedEntry[] } {
  const groups = Map.groupBy(entries, ({ draft }) => seriesOf(priceFromDraft(draft, { id: '', publishedAt: draft.from })))
  const unique = new Set([...groups.values()].flatMap(([first]) => first ?? []))
  const repeated = [...groups.values()].flatMap(([first, ...others]) => others.map(({ name }) => ({ name, reason: `is the same model as ${first?.name}` })))
  return { unique: [...unique], repeated }
}

function digestOf(added: readonly PlannedPrice[], changed: readonly ChangedPrice[]): string {
  // Decimals and instants are text in JSON, each value with one way to write it.
  const published = [...added, ...changed].map(({ draft }) => {
    const { id: _none, publishedAt: _always, ...price } = priceFromDraft(draft, { id: '', publishedAt: draft.from })
    return price
  })
  return createHash('sha256')
    .update(JSON.stringify([published, changed.map(({ replaces }) => replaces.id)]))
    .digest('hex')
}

function holds({ from, to }: EffectiveInterval, at: Temporal.Instant): boolean {
  return (from === null || !isAfter(from, at)) && (to === null || isAfter(to, at))
}

function earliest(instants: readonly Temporal.Instant[]): Temporal.Instant | null {
  return instants.toSorted(Temporal.Instant.compare)[0] ?? null
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0
}
