import { Decimal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { DraftRates, PriceDraft } from '../../model/price-draft.ts'

/** Rates as a list is read: USD for a million tokens by pool, and by pool for each context length that they are above. */
export interface RateTable {
  readonly base: Map<TokenPool, Decimal>
  readonly steps: Map<number, Map<TokenPool, Decimal>>
}

/** A table without rates. */
export function emptyRateTable(): RateTable {
  return { base: new Map(), steps: new Map() }
}

/** Sets a rate; for contexts above a length where one is given. */
export function setRate(table: RateTable, pool: TokenPool, rate: { readonly usd: Decimal; readonly above?: number | undefined }): void {
  if (rate.above === undefined) {
    table.base.set(pool, rate.usd)
    return
  }
  const step = table.steps.get(rate.above) ?? new Map<TokenPool, Decimal>()
  table.steps.set(rate.above, step.set(pool, rate.usd))
}

/** The rates of `above`, and those of `below` where it has none. */
export function overlay(below: RateTable, above: RateTable): RateTable {
  const lengths = new Set([...below.steps.keys(), ...above.steps.keys()])
  return {
    base: new Map([...below.base, ...above.base]),
    steps: new Map([...lengths].map(length => [length, new Map([...(below.steps.get(length) ?? []), ...(above.steps.get(length) ?? [])])])),
  }
}

/** Whether it has rates, and all of them are 0. */
export function allZero({ base, steps }: RateTable): boolean {
  return [base, ...steps.values()].every(rates => [...rates.values()].every(rate => rate.isZero()))
}

/** The rates as a draft has them. A step of a pool without a rate for shorter contexts means nothing, and is not in it. */
export function draftRatesOf({ base, steps }: RateTable): Pick<PriceDraft, 'perMillionTokens' | 'contextSteps'> {
  const contextSteps = [...steps]
    .toSorted(([a], [b]) => a - b)
    .map(([above, rates]) => ({ above, perMillionTokens: Object.fromEntries([...rates].filter(([pool]) => base.has(pool))) as DraftRates }))
    .filter(({ perMillionTokens }) => Object.keys(perMillionTokens).length > 0)
  return { perMillionTokens: Object.fromEntries(base) as DraftRates, ...(contextSteps.length > 0 && { contextSteps }) }
}

const MILLION = new Decimal(1_000_000)

/** A length of context that a list has as a number. */
export function tokenCount(length: Decimal): number {
  return Number(length.toFixed()) // Tokens, not money.
}

/** USD for one token as USD for a million: only the point moves. */
export function perMillion(usdPerToken: Decimal): Decimal {
  return usdPerToken.times(MILLION)
}
