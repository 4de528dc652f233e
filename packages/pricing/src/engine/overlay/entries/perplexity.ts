import type { OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const provider = 'perplexity'
const checkedAt = '2026-11-26'

/** A model with a fee per 1,000 requests by search context size. Low is the default. */
function withRequestFees(model: string, rates: OverlayRates, [low, medium, high]: readonly [string, string, string]): OverlayEntry {
  return {
    provider,
    model,
    because: 'wrong',
    checkedAt,
    source: 'https://docs.perplexity.ai/getting-started/pricing: request fees by search context size. The package has the fee of the largest size for all',
    prices: [
      {
        rates,
        units: [
          { kind: 'request', price: low, per: 1_000 },
          { kind: 'request', variant: 'low', price: low, per: 1_000 },
          { kind: 'request', variant: 'medium', price: medium, per: 1_000 },
          { kind: 'request', variant: 'high', price: high, per: 1_000 },
        ],
      },
    ],
  }
}

export const PERPLEXITY: readonly OverlayEntry[] = [
  withRequestFees('sonar', { input: '1', output: '1' }, ['5', '8', '12']),
  withRequestFees('sonar-pro', { input: '3', output: '15' }, ['6', '10', '14']),
  withRequestFees('sonar-reasoning', { input: '1', output: '5' }, ['5', '8', '12']),
  withRequestFees('sonar-reasoning-pro', { input: '2', output: '8' }, ['6', '10', '14']),
]
