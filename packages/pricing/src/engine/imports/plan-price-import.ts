import { Temporal } from '@tollgate/kernel'
import { nextInTimeOfDay } from '../../model/next-in-time-of-day.ts'
import type { Price } from '../../model/price.ts'
import { priceFromDraft } from '../../model/drafts/price-from-draft.ts'
import type { ChangedPrice, PlannedPrice, PriceImportPlan, PriceImportSource } from '../../model/imports/price-import.ts'
import type { ListedPrice, SkippedEntry, UnlistedRate } from '../../model/imports/price-list.ts'
import { rateDifferences } from '../../model/imports/rate-differences.ts'
import { serviceTierOf } from '../../model/service-tier.ts'
import { sha256 } from '../../model/sha256.ts'
import { addDrafts } from '../catalog/catalog-with-drafts.ts'
import { type EffectiveInterval, effectiveIntervals } from '../catalog/effective-intervals.ts'
import type { PriceCatalog, PriceLookup } from '../catalog/price-catalog.ts'
import { keepUnlistedRates } from './keep-unlisted-rates.ts'
import { readPriceImport } from './read-price-import.ts'

/**
 * Returns what an import would publish, compared with a catalogue. Each price of the source is compared with the price,
 * from any source, that a call at its start would be rated with; if both charge the same, nothing is published. Public
 * lists do not announce future changes, so a listed price ends where a later price that is already known starts. Throws
 * `UnreadablePriceList`, and `InvalidInput` for invalid drafts.
 */
export function planPriceImport({ source, catalog }: { readonly source: PriceImportSource; readonly catalog: PriceCatalog }): PriceImportPlan {
  const { entries, skipped, unlisted = [] } = readPriceImport(source)
  const planEntry = entryPlanner(catalog, unlisted)
  const fromList = source.format !== 'drafts'
  const { unique, repeated } = fromList ? withoutRepeats(entries) : { unique: entries, repeated: [] }
  const plans = keepUnchangedPrices(
    catalog,
    unique.map(entry => planEntry(entry, fromList)),
  )
  const added = plans.flatMap(plan => plan.added ?? [])
  const changed = plans.flatMap(plan => plan.changed ?? [])
  return {
    digest: digestOf(added, changed),
    added,
    changed,
    unchanged: plans.flatMap(({ unchanged }) => (unchanged ? [{ name: unchanged.name, price: unchanged.price }] : [])),
    skipped: [...skipped, ...repeated, ...plans.flatMap(plan => plan.skipped ?? [])],
  }
}

/** What the import does with one entry. Exactly one field is set. */
interface EntryPlan {
  readonly added?: PlannedPrice
  readonly changed?: ChangedPrice
  readonly unchanged?: PlannedPrice & { readonly price: Price }
  readonly skipped?: SkippedEntry
}

function entryPlanner(catalog: PriceCatalog, unlisted: readonly UnlistedRate[]): (entry: ListedPrice, fromList: boolean) => EntryPlan {
  const intervals = effectiveIntervals(catalog.prices)
  const published = Map.groupBy(
    catalog.prices.filter(({ source }) => source !== 'bundled'),
    seriesOf,
  )

  return ({ name, draft: listed, unsupportedCharges }, fromList) => {
    const canonical = priceFromDraft(listed, { id: '', publishedAt: listed.from })
    const { provider, model, timeOfDay } = canonical
    const at = canonical.from ?? listed.from
    const find = (when: Temporal.Instant) => catalog.find(lookupOf(canonical, timeOfDay ? nextInTimeOfDay(timeOfDay, when) : when))
    const found = find(at)
    // A price for a part of the day is compared with one for the same part. It comes in addition to the price of the whole day.
    const current = timeOfDay && !isSameTimeOfDay(found?.timeOfDay, timeOfDay) ? undefined : found
    const draft = current ? keepUnlistedRates(listed, { unlisted, current }) : listed
    const next = priceFromDraft(draft, { id: '', publishedAt: draft.from })
    if (current?.timeOfDay && !timeOfDay) return { skipped: { name, reason: 'the current price depends on the time of day, and this one does not' } }
    const effective = current && (intervals.get(current.id) ?? []).find(interval => contains(interval, at))
    const laterChange = earliest([
      ...[next, ...(current ? [{ ...next, model: current.model }] : [])]
        .flatMap(price => starts(published.get(seriesOf(price)) ?? [], intervals))
        .filter(from => isAfter(from, at)),
      // The end of a published price only counts as a change if another price takes over: it may have been forgotten.
      ...(effective?.to && (current?.source === 'bundled' || find(effective.to)) ? [effective.to] : []),
    ])
    const to = fromList ? laterChange : next.to
    const planned = { name, unsupportedCharges, draft: { ...draft, provider, model, from: at, to } }
    if (!current) return { added: planned }
    const differences = rateDifferences(current, next)
    const lastsAsLong = effective !== undefined && (effective.to === null || (to !== null && !isAfter(to, effective.to)))
    const isSame = differences.length === 0 && current.marginalSteps === next.marginalSteps
    return isSame && lastsAsLong ? { unchanged: { ...planned, price: current } } : { changed: { ...planned, replaces: current, differences } }
  }
}

/**
 * A model without a price of its own is rated with the price of a shorter form of its name: "eu.large" with that of
 * "large". If the import changes the price of "large" but not that of "eu.large", it must publish a price for "eu.large".
 */
function keepUnchangedPrices(catalog: PriceCatalog, plans: readonly EntryPlan[]): readonly EntryPlan[] {
  const drafts = plans.flatMap(({ added, changed }) => added?.draft ?? changed?.draft ?? [])
  if (drafts.length === 0) return plans
  const after = addDrafts(catalog, drafts)
  const kept = plans.map(plan => {
    if (!plan.unchanged) return plan
    const { price, ...planned } = plan.unchanged
    const { timeOfDay, ...canonical } = priceFromDraft(planned.draft, { id: '', publishedAt: planned.draft.from })
    const { from } = planned.draft
    const found = after.find(lookupOf(canonical, timeOfDay ? nextInTimeOfDay(timeOfDay, from) : from))
    return found && rateDifferences(found, price).length === 0 ? plan : { added: planned }
  })
  // Repeat, because other entries may be rated with the prices that were just added.
  return kept.some((plan, i) => plan !== plans[i]) ? keepUnchangedPrices(catalog, kept) : kept
}

type Series = Pick<Price, 'tenantId' | 'provider' | 'model' | 'serviceTier' | 'speed' | 'region'>

/** Identifies published prices of the same model, tenant and conditions. */
function seriesOf({ tenantId, provider, model, speed, region, timeOfDay, ...price }: Series & Pick<Price, 'timeOfDay'>): string {
  return JSON.stringify([tenantId, provider, model, serviceTierOf(price), speed, region, timeOfDay])
}

/** Returns the lookup of a call that a price is meant for. A pattern of regions finds the price for the same pattern first. */
function lookupOf({ tenantId, provider, model, speed, region, ...price }: Series, at: Temporal.Instant): PriceLookup {
  return { provider, model, at, tenantId: tenantId ?? undefined, serviceTier: serviceTierOf(price), speed, region }
}

function isSameTimeOfDay(a: Price['timeOfDay'] | undefined, b: Price['timeOfDay']): boolean {
  return a?.from === b?.from && a?.to === b?.to && String(a?.weekdays) === String(b?.weekdays)
}

function starts(prices: readonly Price[], intervals: ReadonlyMap<string, readonly EffectiveInterval[]>): readonly Temporal.Instant[] {
  return prices.flatMap(({ id }) => (intervals.get(id) ?? []).flatMap(({ from }) => from ?? []))
}

/** Splits off further entries for the same model. Lists have some models under several names; the first entry is imported. */
function withoutRepeats(entries: readonly ListedPrice[]): { unique: readonly ListedPrice[]; repeated: readonly SkippedEntry[] } {
  const groups = Map.groupBy(entries, ({ draft }) => seriesOf(priceFromDraft(draft, { id: '', publishedAt: draft.from })))
  const unique = new Set([...groups.values()].flatMap(([first]) => first ?? []))
  const repeated = [...groups.values()].flatMap(([first, ...others]) => others.map(({ name }) => ({ name, reason: `same model as ${first?.name}` })))
  return { unique: [...unique], repeated }
}

function digestOf(added: readonly PlannedPrice[], changed: readonly ChangedPrice[]): string {
  // JSON is canonical here: decimals and instants have one text per value.
  const published = [...added, ...changed].map(({ draft }) => {
    const { id: _id, publishedAt: _publishedAt, ...price } = priceFromDraft(draft, { id: '', publishedAt: draft.from })
    return price
  })
  return sha256(JSON.stringify([published, changed.map(({ replaces }) => replaces.id)]))
}

function contains({ from, to }: EffectiveInterval, at: Temporal.Instant): boolean {
  return (from === null || !isAfter(from, at)) && (to === null || isAfter(to, at))
}

function earliest(instants: readonly Temporal.Instant[]): Temporal.Instant | null {
  return instants.toSorted(Temporal.Instant.compare)[0] ?? null
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0
}
