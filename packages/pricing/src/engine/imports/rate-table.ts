import { Decimal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { DraftRates, ExactPriceDraft } from '../../model/drafts/price-draft.ts'

/** Rates collected while reading a list, in USD per million tokens: base rates by pool, and rates by context length and pool. */
export interface RateTable {
  readonly base: Map<TokenPool, Decimal>
  readonly steps: Map<number, Map<TokenPool, Decimal>>
}

/** Creates a table without rates. */
export function emptyRateTable(): RateTable {
  return { base: new Map(), steps: new Map() }
}

/** Sets the base rate of a pool or, if `above` is given, its rate for contexts longer than that. */
export function setRate(table: RateTable, pool: TokenPool, rate: { readonly usd: Decimal; readonly above?: number | undefined }): void {
  if (rate.above === undefined) {
    table.base.set(pool, rate.usd)
    return
  }
  const step = table.steps.get(rate.above) ?? new Map<TokenPool, Decimal>()
  table.steps.set(rate.above, step.set(pool, rate.usd))
}

/** Merges two tables. Where both have a rate, that of `above` wins. */
export function overlay(below: RateTable, above: RateTable): RateTable {
  const thresholds = new Set([...below.steps.keys(), ...above.steps.keys()])
  return {
    base: new Map([...below.base, ...above.base]),
    steps: new Map([...thresholds].map(threshold => [threshold, new Map([...(below.steps.get(threshold) ?? []), ...(above.steps.get(threshold) ?? [])])])),
  }
}

/** Returns whether all rates are 0. */
export function allZero({ base, steps }: RateTable): boolean {
  return [base, ...steps.values()].every(rates => [...rates.values()].every(rate => rate.isZero()))
}

/** Converts the table to the rates of a draft. Drops steps of pools without a base rate, which have no meaning. */
export function draftRatesOf({ base, steps }: RateTable): Pick<ExactPriceDraft, 'perMillionTokens' | 'contextSteps'> {
  const contextSteps = [...steps]
    .toSorted(([a], [b]) => a - b)
    .map(([above, rates]) => ({ above, perMillionTokens: Object.fromEntries([...rates].filter(([pool]) => base.has(pool))) as DraftRates<Decimal> }))
    .filter(({ perMillionTokens }) => Object.keys(perMillionTokens).length > 0)
  return { perMillionTokens: Object.fromEntries(base) as DraftRates<Decimal>, ...(contextSteps.length > 0 && { contextSteps }) }
}

const MILLION = new Decimal(1_000_000)

/** Converts a context length, read as an exact number, to a number. */
export function tokenCount(length: Decimal): number {
  return Number(length.toFixed()) // Tokens, not money.
}

/** Converts USD per token to USD per million tokens. Only the decimal point moves. */
export function perMillion(usdPerToken: Decimal): Decimal {
  return usdPerToken.times(MILLION)
}
