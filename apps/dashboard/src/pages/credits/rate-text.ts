import { formatDecimal } from '../../ui/format.ts'
import { poolLabel } from '../../ui/token-pools.ts'
import type { CreditCostsQuery } from './credit-rules.operations.ts'

export type CreditCost = CreditCostsQuery['creditCosts'][number]

/** What an operation costs in credits, without when and for what. */
export type CreditRates = Pick<CreditCost, 'perCall' | 'perThousandTokens' | 'perUsdOfCost' | 'perUnit'>

/** Says what an operation costs: "0.5 per call and 1 per 1,000 input tokens". */
export function rateText({ perCall, perThousandTokens, perUsdOfCost, perUnit }: CreditRates): string {
  const rates = [
    ...(perCall === null ? [] : [`${formatDecimal(perCall)} per call`]),
    ...perThousandTokens.map(({ pool, rate }) => `${formatDecimal(rate)} per 1,000 ${pool === null ? 'tokens' : poolLabel(pool)}`),
    ...(perUsdOfCost === null ? [] : [`${formatDecimal(perUsdOfCost)} per USD of cost`]),
    ...(perUnit === null ? [] : [`${formatDecimal(perUnit)} per unit`]),
  ]
  return rates.length === 0 ? 'nothing' : rates.join(' and ')
}
