import { Decimal, type Issue, Temporal } from '@tollgate/kernel'
import { type Amount, readAmount } from './amount.ts'
import type { CreditCost, CreditRates, TokenRates } from './credit-cost.ts'

/** Rates of a credit cost, before they are checked. Rates that are omitted do not apply. */
export interface CreditRatesDraft {
  readonly perCall?: Amount | null | undefined
  /** One rate for all tokens, or a rate by pool, such as `{ input: '0.5', output: '2' }`. */
  readonly perThousandTokens?: Amount | Readonly<Record<string, Amount>> | null | undefined
  readonly perUsdOfCost?: Amount | null | undefined
  readonly perUnit?: Amount | null | undefined
}

const NOT_A_RATE = 'must be a decimal of 0 or more'

/** Checks rates, and adds an issue for each that is invalid. At least one rate is needed. */
export function readRates(draft: CreditRatesDraft, issues: Issue[]): CreditRates {
  const rates: CreditRates = {
    perCall: readRate(draft.perCall, 'perCall', issues),
    perThousandTokens: readTokenRates(draft.perThousandTokens, issues),
    perUsdOfCost: readRate(draft.perUsdOfCost, 'perUsdOfCost', issues),
    perUnit: readRate(draft.perUnit, 'perUnit', issues),
  }
  if (issues.length === 0 && Object.values(rates).every(rate => rate === null)) {
    issues.push({ path: 'perCall', message: 'at least one of perCall, perThousandTokens, perUsdOfCost and perUnit is needed' })
  }
  return rates
}

function readRate(amount: Amount | null | undefined, path: string, issues: Issue[]): Decimal | null {
  if (amount === null || amount === undefined) return null
  const value = readAmount(amount)
  if (value === undefined) issues.push({ path, message: NOT_A_RATE })
  return value ?? null
}

function readTokenRates(rates: CreditRatesDraft['perThousandTokens'], issues: Issue[]): TokenRates | null {
  if (rates === null || rates === undefined) return null
  if (typeof rates !== 'object' || Decimal.isDecimal(rates)) return readRate(rates, 'perThousandTokens', issues)
  const entries = Array.isArray(rates) ? [] : Object.entries(rates)
  if (entries.length === 0) issues.push({ path: 'perThousandTokens', message: 'must name at least one pool of tokens' })
  return Object.fromEntries(
    entries.flatMap(([pool, amount]) => {
      const rate = readRate(amount, `perThousandTokens.${pool}`, issues)
      return rate === null ? [] : [[pool, rate]]
    }),
  )
}

/**
 * Finds versions of the same operation, provider and model that a new version overlaps: `ended` is the one that the new
 * version ends, because it applies at its start without an end; `conflict` is one that starts later than the new one.
 */
export function overlappingCost(costs: readonly CreditCost[], added: CreditCost): { readonly conflict?: CreditCost; readonly ended?: CreditCost } {
  const versions = costs.filter(({ operation, provider, model }) => operation === added.operation && provider === added.provider && model === added.model)
  const { compare } = Temporal.Instant
  const conflict = versions.find(
    ({ from, to }) =>
      (compare(from, added.from) >= 0 && (added.to === null || compare(from, added.to) < 0)) ||
      (compare(from, added.from) < 0 && to !== null && compare(to, added.from) > 0),
  )
  if (conflict !== undefined) return { conflict }
  const ended = versions.find(({ from, to }) => compare(from, added.from) < 0 && to === null)
  return ended === undefined ? {} : { ended }
}
