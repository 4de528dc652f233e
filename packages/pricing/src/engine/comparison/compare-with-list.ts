import type { Decimal, Temporal } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import type { PriceListFormat } from '../../model/imports/price-import.ts'
import type { ExactPriceDraft } from '../../model/drafts/price-draft.ts'
import { priceFromDraft } from '../../model/drafts/price-from-draft.ts'
import { type RateDifference, rateDifferences } from '../../model/imports/rate-differences.ts'
import { bundledCatalog } from '../catalog/bundled-catalog.ts'
import { planPriceImport } from '../imports/plan-price-import.ts'
import { readPriceImport } from '../imports/read-price-import.ts'
import { type KnownDisagreement, KNOWN_DISAGREEMENTS } from './known-disagreements.ts'

/** A public price list to compare with. */
export interface ListToCompare {
  readonly format: PriceListFormat
  /** Contents of the file. */
  readonly data: string
  /** Time at which the list held. */
  readonly at: Temporal.Instant
  /** Disagreements that are known. Defaults to `KNOWN_DISAGREEMENTS`. */
  readonly known?: readonly KnownDisagreement[] | undefined
}

/** A rate that differs between our list prices and a public list, in USD per million tokens, per request or per unit. */
export interface ListDisagreement {
  /** Name of the entry in the list. */
  readonly name: string
  /** A token pool, "request", or the kind and variant of units. */
  readonly rate: string
  /** Set for the rate of contexts with more input tokens than this. */
  readonly above: number | null
  /** Null if we have no such rate. */
  readonly ours: Decimal | null
  readonly theirs: Decimal
  /** Why it differs, if that is known. */
  readonly reason: string | undefined
}

/** The result of a comparison. */
export interface ListComparison {
  /** Number of entries for models that we have too. */
  readonly compared: number
  /** Names of entries for models that we do not have. */
  readonly missing: readonly string[]
  readonly disagreements: readonly ListDisagreement[]
}

/**
 * Compares the bundled list prices with a public list. What the list does not say is no disagreement: a rate that it omits, or one of
 * a service tier, speed or region that its format fills in with the usual rate. Throws `UnreadablePriceList`.
 */
export function compareWithList({ format, data, at, known = KNOWN_DISAGREEMENTS }: ListToCompare): ListComparison {
  const source = { format, data, from: at }
  const { added, changed, unchanged } = planPriceImport({ source, catalog: bundledCatalog() })
  const usual = new Map(
    readPriceImport(source)
      .entries.filter(({ draft }) => isUsual(draft))
      .map(({ draft }) => [modelOf(draft), draft]),
  )
  const reasons = new Map(known.map(one => [keyOf(one), one.reason]))
  const disagreements = changed.flatMap(({ name, draft, differences }) => {
    const filledIn = isUsual(draft) ? new Set<string>() : ratesOf(usual.get(modelOf(draft)))
    return differences.flatMap(({ rate, above, before: ours, after: theirs }) => {
      if (theirs === null || !isStated(draft, { rate, above, ours }) || filledIn.has(rateKey({ rate, above, theirs: theirs.toFixed() }))) return []
      const key = keyOf({ list: format, name, rate, above, ours: ours?.toFixed() ?? null, theirs: theirs.toFixed() })
      return [{ name, rate, above, ours, theirs, reason: reasons.get(key) }]
    })
  })
  return { compared: changed.length + unchanged.length, missing: added.map(({ name }) => name), disagreements }
}

function isUsual({ serviceTier, speed, region }: ExactPriceDraft): boolean {
  return (serviceTier ?? 'standard') === 'standard' && (speed ?? '') === '' && (region ?? '') === ''
}

/** Whether an entry has a rate of its own. Without one, another pool stands in. Lists differ by one token in where long contexts begin. */
function isStated(
  { perMillionTokens, contextSteps }: ExactPriceDraft,
  { rate, above, ours }: Pick<RateDifference, 'rate' | 'above'> & { ours: Decimal | null },
): boolean {
  const pool = TOKEN_POOLS.find(known => known === rate)
  if (pool === undefined) return true
  if (!perMillionTokens[pool]) return false
  const near = contextSteps?.find(step => above !== null && Math.abs(step.above - above) === 1)?.perMillionTokens[pool]
  return !(near && ours && near.eq(ours))
}

function modelOf({ provider, model }: ExactPriceDraft): string {
  return `${provider}\n${model}`
}

/** Returns the rates of an entry, as the differences from a price without any. */
function ratesOf(draft: ExactPriceDraft | undefined): ReadonlySet<string> {
  if (draft === undefined) return new Set()
  const price = priceFromDraft(draft, { id: '', publishedAt: draft.from })
  const differences = rateDifferences({ ...price, perMillionTokens: {}, perRequest: null, units: [] }, price)
  return new Set(differences.flatMap(({ rate, above, after }) => (after ? [rateKey({ rate, above, theirs: after.toFixed() })] : [])))
}

function rateKey({ rate, above, theirs }: { readonly rate: string; readonly above: number | null; readonly theirs: string }): string {
  return JSON.stringify([rate, above, theirs])
}

/** A known disagreement counts only while both values stay as they are. */
function keyOf({ list, name, rate, above = null, ours, theirs }: Omit<KnownDisagreement, 'reason'>): string {
  return JSON.stringify([list, name, rate, above, ours, theirs])
}
