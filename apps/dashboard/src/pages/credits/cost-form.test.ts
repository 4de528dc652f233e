import { describe, expect, it } from 'vitest'
import { costFormOf, costInputOf, ratesOf } from './cost-form.ts'
import { type CreditCost, rateText } from './rate-text.ts'

const cost: CreditCost = {
  id: 'cost-1',
  operation: 'chat',
  provider: null,
  model: null,
  perCall: '0.5',
  perThousandTokens: [],
  perUsdOfCost: null,
  perUnit: null,
  from: '2026-01-01T00:00:00Z',
  to: null,
}

describe.each([
  { name: 'a rate per call', perThousandTokens: [], says: '0.5 per call', all: null, byPool: null },
  { name: 'a rate for all tokens', perThousandTokens: [{ pool: null, rate: '2' }], says: '0.5 per call and 2 per 1,000 tokens', all: '2', byPool: null },
  {
    name: 'a rate for each pool',
    perThousandTokens: [
      { pool: 'input', rate: '1' },
      { pool: 'cacheRead', rate: '0.1' },
    ],
    says: '0.5 per call and 1 per 1,000 input tokens and 0.1 per 1,000 cached input tokens',
    all: null,
    byPool: [
      { pool: 'input', rate: '1' },
      { pool: 'cacheRead', rate: '0.1' },
    ],
  },
])('the form of $name', ({ perThousandTokens, says, all, byPool }) => {
  const form = costFormOf({ ...cost, perThousandTokens })

  it('says and sends what the cost is', () => {
    expect(rateText(ratesOf(form))).toBe(says)
    expect(costInputOf(form)).toEqual({
      operation: 'chat',
      provider: null,
      model: null,
      perCall: '0.5',
      perUsdOfCost: null,
      perUnit: null,
      perThousandTokens: all,
      perThousandTokensByPool: byPool,
    })
  })

  it('sends no rate of tokens once tokens cost nothing', () => {
    expect(costInputOf({ ...form, tokens: 'none' })).toMatchObject({ perThousandTokens: null, perThousandTokensByPool: null })
  })
})
