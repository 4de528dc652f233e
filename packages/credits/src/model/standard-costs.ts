import { Decimal, Temporal } from '@tollgate/kernel'
import type { CreditCost, CreditRates } from './credit-cost.ts'

const NO_RATES: CreditRates = { perCall: null, perThousandTokens: null, perUsdOfCost: null, perUnit: null }
const FROM = /* @__PURE__ */ Temporal.Instant.from('2000-01-01T00:00:00Z')

/** Operations and their standard rates. AI operations cost what the provider charges; compute operations cost a fixed amount. */
const STANDARD_RATES: readonly (readonly [operation: string, rates: Partial<Record<keyof CreditRates, string>>])[] = [
  ['AI_CHAT_MESSAGE', { perUsdOfCost: '1' }],
  ['AI_COMMENT_RESPONSE', { perUsdOfCost: '1' }],
  ['WORKFLOW_EXECUTION', { perCall: '0.001' }],
  ['YOUTUBE_SYNC', { perCall: '0.005' }],
  ['ANALYTICS_GENERATION', { perCall: '0.002' }],
  ['BULK_OPERATION', { perCall: '0.01' }],
]

/** Returns the credit costs that apply until an operator sets others: one credit is worth one US dollar of provider cost. */
export function standardCosts(): readonly CreditCost[] {
  return STANDARD_RATES.map(([operation, rates], i) => ({
    id: `00000000-0000-7000-8000-${String(i + 1).padStart(12, '0')}`,
    operation,
    provider: null,
    model: null,
    rates: { ...NO_RATES, ...Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, new Decimal(rate)])) },
    from: FROM,
    to: null,
  }))
}
