import { Decimal, InvalidInput, Temporal } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS, type FrequentTokenPool, type TokenPool, type TokenUsageInput } from '@tollgate/tokens'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from './catalog/bundled-catalog.ts'
import type { TokenRate } from '../model/price.ts'
import { createPriceCatalog } from './catalog/price-catalog.ts'
import type { RatedUsage } from '../model/rated-usage.ts'
import { rateUsage } from './rate-usage.ts'
import { makePrice } from '../testing/price.ts'

const AT = '2026-11-20T00:00:00Z'

const rateAt = (rates: { readonly [Pool in TokenPool]?: string }, tokens: TokenUsageInput, perRequest?: string) =>
  rateUsage({
    catalog: createPriceCatalog([makePrice({ rates, ...(perRequest !== undefined && { perRequest }) })]),
    provider: 'acme-ai',
    model: 'large',
    tokens,
    at: AT,
  })

const linesOf = (rated: RatedUsage) =>
  rated.lines.map(({ pool, unit, quantity, unitPrice, amount }) => [pool ?? unit, Number(quantity), unitPrice.toFixed(), amount.toFixed()])

describe('rateUsage', () => {
  it.each([
    { rates: { input: '0.02' }, tokens: { input: 50_000 }, cost: '0.001' },
    { rates: { input: '3', output: '15' }, tokens: { input: 150, output: 300 }, cost: '0.00495' },
    { rates: { input: '30', output: '30' }, tokens: { input: 150, output: 300 }, cost: '0.0135' },
    { rates: { input: '3', output: '15' }, tokens: { input: 1, output: 0 }, cost: '0.000003' },
    {
      rates: { input: '3', output: '15', cacheRead: '0.3', cacheWrite5m: '3.75' },
      tokens: { input: 3, cacheRead: 12_304, cacheWrite5m: 1_111, output: 550 },
      cost: '0.01611645',
    },
    { rates: { input: '0' }, tokens: { input: 1_000_000 }, cost: '0' },
    { rates: { input: '2.5' }, tokens: {}, cost: '0' },
    { rates: { input: '0.000000000000000001' }, tokens: { input: 1 }, cost: '0.000000000000000000000001' },
    { rates: { input: '999999999.999999999999999999' }, tokens: { input: Number.MAX_SAFE_INTEGER }, cost: '9007199254740990999.999999990992800745259009' },
  ])('charges $tokens at $rates exactly $cost', ({ rates, tokens, cost }) => {
    expect(rateAt(rates, tokens).cost?.toFixed()).toBe(cost)
  })

  it('returns a line for each pool with tokens, and for the request', () => {
    expect(linesOf(rateAt({ input: '1', output: '5' }, { output: 8, input: 1_000, reasoning: 2 }, '0.012'))).toEqual([
      ['input', 1_000, '0.000001', '0.001'],
      ['output', 8, '0.000005', '0.00004'],
      ['reasoning', 2, '0.000005', '0.00001'],
      ['request', 1, '0.012', '0.012'],
    ])
  })

  it('charges a request without tokens', () => {
    expect(rateAt({}, {}, '0.012').cost?.toFixed()).toBe('0.012')
  })

  it('returns the price', () => {
    expect(rateAt({ input: '1' }, { input: 1 }).price).toMatchObject({ provider: 'acme-ai', model: 'large' })
  })

  it('accepts a time with any offset', () => {
    const catalog = createPriceCatalog([makePrice({ from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' })])
    const state = (at: string) => rateUsage({ catalog, provider: 'acme-ai', model: 'large', tokens: {}, at }).state
    expect(state('2026-01-01T05:29:59+05:30')).toBe('unpriced')
    expect(state('2026-01-01T05:30:00+05:30')).toBe('priced')
  })
})

describe('a pool without a rate', () => {
  it.each<{ pool: FrequentTokenPool; rates: { readonly [Pool in FrequentTokenPool]?: string }; unitPrice: string }>([
    { pool: 'cacheRead', rates: { input: '1', output: '2' }, unitPrice: '0.000001' },
    { pool: 'cacheWrite5m', rates: { input: '1', output: '2' }, unitPrice: '0.000001' },
    { pool: 'reasoning', rates: { input: '1', output: '2' }, unitPrice: '0.000002' },
    { pool: 'imageInput', rates: { input: '1', output: '2' }, unitPrice: '0.000001' },
  ])('is charged as the pool that stands in for it: $pool costs $unitPrice with rates $rates', ({ pool, rates, unitPrice }) => {
    expect(linesOf(rateAt(rates, { [pool]: 1 }))).toEqual([[pool, 1, unitPrice, unitPrice]])
  })

  it.each<{ pool: TokenPool; rates: { readonly [Pool in TokenPool]?: string } }>([
    { pool: 'output', rates: { input: '1' } },
    { pool: 'input', rates: { output: '2', cacheRead: '1' } },
    { pool: 'reasoning', rates: { input: '1' } },
    { pool: 'cacheWrite30m', rates: { input: '1', output: '2', cacheWrite5m: '1.25' } },
    { pool: 'cacheWrite1h', rates: { input: '1', output: '2', cacheWrite5m: '1.25' } },
    { pool: 'cacheWrite12h', rates: { input: '1', output: '2', cacheWrite1h: '2' } },
    { pool: 'audioInput', rates: { input: '1', output: '2' } },
    { pool: 'audioOutput', rates: { input: '1', output: '2', reasoning: '2' } },
    { pool: 'imageOutput', rates: { input: '1', output: '2' } },
    { pool: 'cacheReadAudio', rates: { input: '1', cacheRead: '0.1', audioInput: '3' } },
    { pool: 'cacheReadImage', rates: { input: '1', cacheRead: '0.1' } },
    { pool: 'videoInput', rates: { input: '1' } },
    { pool: 'videoOutput', rates: { output: '2' } },
  ])('makes the usage unpriced: $pool with rates $rates', ({ pool, rates }) => {
    const rated = rateAt(rates, { input: 0, [pool]: 7 })
    expect(rated).toEqual({
      state: 'unpriced',
      cost: null,
      lines: [],
      price: null,
      reason: 'no_rate_for_pool',
      message: `the price of acme-ai large has no rate for ${pool} tokens`,
      unpricedPools: [pool],
    })
  })

  it('does not matter if it has no tokens', () => {
    expect(rateAt({ input: '1' }, { input: 1, output: 0 }).state).toBe('priced')
  })
})

describe('unpriced usage', () => {
  it('is that of a model without a price, with the reason', () => {
    expect(rateUsage({ catalog: bundledCatalog(), provider: 'openai', model: 'gpt-99', tokens: { input: 1 }, at: AT })).toEqual({
      state: 'unpriced',
      cost: null,
      lines: [],
      price: null,
      reason: 'unknown_model',
      message: 'there is no price for the model "gpt-99" of openai at 2026-11-20T00:00:00Z',
    })
  })
  it('is that of a model not priced by token, even without tokens', () => {
    expect(rateUsage({ catalog: bundledCatalog(), provider: 'openai', model: 'whisper-1', tokens: {}, at: AT }).state).toBe('unpriced')
  })
})

describe('invalid input', () => {
  it.each([{ tokens: { input: -1 } }, { tokens: { input: 0.5 } }, { tokens: { input: Number.MAX_SAFE_INTEGER + 1 } }])('rejects $tokens', ({ tokens }) => {
    expect(() => rateAt({ input: '1' }, tokens)).toThrow(/tokens\.input/)
  })
  it.each(['yesterday', '2026-11-20', '2026-11-20T00:00:00', ''])('rejects the time "%s"', at => {
    expect(() => rateUsage({ catalog: bundledCatalog(), provider: 'openai', model: 'gpt-5', tokens: {}, at })).toThrow(InvalidInput)
  })
})

describe('context length', () => {
  const steps = [
    { above: 200_000, rate: new Decimal('6') },
    { above: 400_000, rate: new Decimal('12') },
  ]
  const catalog = createPriceCatalog([
    {
      ...makePrice(),
      perMillionTokens: {
        input: { base: new Decimal('3'), steps },
        output: { base: new Decimal('15'), steps: [{ above: 200_000, rate: new Decimal('22.5') }] },
        cacheWrite1h: { base: new Decimal('3'), steps },
        audioInput: { base: new Decimal('3'), steps },
      },
    },
  ])
  const unitPrices = (tokens: TokenUsageInput) =>
    Object.fromEntries(
      rateUsage({ catalog, provider: 'acme-ai', model: 'large', tokens, at: AT }).lines.map(({ pool, unitPrice }) => [
        pool,
        unitPrice.times(1_000_000).toFixed(),
      ]),
    )

  it.each([
    { tokens: { input: 200_000, output: 1 }, expected: { input: '3', output: '15' } },
    { tokens: { input: 200_001, output: 1 }, expected: { input: '6', output: '22.5' } },
    { tokens: { input: 400_000, output: 1 }, expected: { input: '6', output: '22.5' } },
    { tokens: { input: 400_001, output: 1 }, expected: { input: '12', output: '22.5' } },
    { tokens: { input: 1, cacheRead: 200_000 }, expected: { input: '6', cacheRead: '6' } },
    {
      tokens: { input: 1, cacheWrite5m: 100_000, cacheWrite1h: 50_000, audioInput: 25_000, imageInput: 25_000 },
      expected: { input: '6', cacheWrite5m: '6', cacheWrite1h: '6', audioInput: '6', imageInput: '6' },
    },
    { tokens: { input: 200_000, output: 500_000, reasoning: 500_000 }, expected: { input: '3', output: '15', reasoning: '15' } },
  ])('prices all of $tokens by the number of input tokens', ({ tokens, expected }) => {
    expect(unitPrices(tokens)).toEqual(expected)
  })
})

describe('marginal context steps', () => {
  const catalog = createPriceCatalog([
    {
      ...makePrice(),
      marginalSteps: true,
      perMillionTokens: {
        input: {
          base: new Decimal('1'),
          steps: [
            { above: 1_000, rate: new Decimal('2') },
            { above: 3_000, rate: new Decimal('4') },
          ],
        },
        output: { base: new Decimal('5'), steps: [] },
      },
    },
  ])
  it.each<{ tokens: TokenUsageInput; lines: [string, number, string, string][] }>([
    { tokens: { input: 1_000 }, lines: [['input', 1_000, '0.000001', '0.001']] },
    {
      tokens: { input: 1_001, output: 10 },
      lines: [
        ['input', 1_000, '0.000001', '0.001'],
        ['input', 1, '0.000002', '0.000002'],
        ['output', 10, '0.000005', '0.00005'],
      ],
    },
    {
      tokens: { input: 5_000 },
      lines: [
        ['input', 1_000, '0.000001', '0.001'],
        ['input', 2_000, '0.000002', '0.004'],
        ['input', 2_000, '0.000004', '0.008'],
      ],
    },
    // Each pool has steps of its own: those of cached tokens start at 0, too.
    {
      tokens: { input: 900, cacheRead: 1_100 },
      lines: [
        ['input', 900, '0.000001', '0.0009'],
        ['cacheRead', 1_000, '0.000001', '0.001'],
        ['cacheRead', 100, '0.000002', '0.0002'],
      ],
    },
  ])('price $tokens by step', ({ tokens, lines }) => {
    expect(linesOf(rateUsage({ catalog, provider: 'acme-ai', model: 'large', tokens, at: AT }))).toEqual(lines)
  })
})

describe('for any rates and tokens', () => {
  const numeral = fc
    .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.stringMatching(/^\d{0,18}$/))
    .map(([whole, fraction]) => (fraction === '' ? `${whole}` : `${whole}.${fraction}`))
  const poolRates = fc.record(Object.fromEntries(FREQUENT_TOKEN_POOLS.map(pool => [pool, numeral])), {
    requiredKeys: ['input', 'output', 'cacheWrite1h', 'audioInput', 'audioOutput', 'imageOutput'],
  })
  const count = fc.oneof(fc.nat({ max: 300_000 }), fc.nat({ max: 900_000_000_000_000 }))
  const usage = fc.record(Object.fromEntries(FREQUENT_TOKEN_POOLS.map(pool => [pool, count])), { requiredKeys: [] })

  it('the lines sum to the cost, and each amount is quantity × unit price', () => {
    fc.assert(
      fc.property(poolRates, usage, fc.option(numeral, { nil: undefined }), (rates, tokens, perRequest) => {
        const rated = rateAt(rates, tokens, perRequest)
        expect(rated.state).toBe('priced')
        expect(rated.lines.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0)).eq(rated.cost ?? Number.NaN)).toBe(true)
        for (const line of rated.lines) expect(line.amount.eq(line.unitPrice.times(line.quantity))).toBe(true)
        expect(rated.lines.filter(({ pool }) => pool !== undefined).reduce((sum, { quantity }) => sum + BigInt(Number(quantity)), 0n)).toBe(
          FREQUENT_TOKEN_POOLS.reduce((sum, pool) => sum + BigInt(tokens[pool] ?? 0), 0n),
        )
      }),
    )
  })

  it('the cost equals that of exact arithmetic', () => {
    fc.assert(
      fc.property(poolRates, usage, (rates, tokens) => {
        expect(scaled(rateAt(rates, tokens).cost?.toFixed() ?? '')).toBe(exactCost(rates, tokens))
      }),
    )
  })

  it('the cost with bundled prices equals that of exact arithmetic', () => {
    const at = Temporal.Instant.from(AT)
    const models = fc.constantFrom('claude-sonnet-4-5', 'claude-opus-4-1', 'claude-haiku-4-5')
    const text = usage.map((tokens): TokenUsageInput => ({ ...tokens, audioInput: 0, audioOutput: 0, imageOutput: 0 }))
    fc.assert(
      fc.property(models, text, (model, tokens) => {
        const rated = rateUsage({ catalog: bundledCatalog(), provider: 'anthropic', model, tokens, at })
        const context = (['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'audioInput', 'imageInput'] as const).reduce(
          (sum, pool) => sum + (tokens[pool] ?? 0),
          0,
        )
        const rateText = (rate: TokenRate) => (rate.steps.findLast(({ above }) => context > above)?.rate ?? rate.base).toFixed()
        const rates = Object.fromEntries(Object.entries(rated.price?.perMillionTokens ?? {}).map(([pool, rate]) => [pool, rateText(rate)]))
        expect(scaled(rated.cost?.toFixed() ?? '')).toBe(exactCost(rates, tokens))
      }),
    )
  })
})

/** Reference implementation in whole numbers of 10^-24 USD. */
function exactCost(rates: { readonly [pool: string]: string | undefined }, tokens: TokenUsageInput): bigint {
  const rateOf = (...pools: readonly FrequentTokenPool[]) => rates[pools.find(pool => rates[pool] !== undefined) ?? ''] ?? ''
  const sources: Readonly<Record<FrequentTokenPool, string>> = {
    input: rateOf('input'),
    output: rateOf('output'),
    cacheRead: rateOf('cacheRead', 'input'),
    cacheWrite5m: rateOf('cacheWrite5m', 'input'),
    cacheWrite1h: rateOf('cacheWrite1h'),
    reasoning: rateOf('reasoning', 'output'),
    audioInput: rateOf('audioInput'),
    audioOutput: rateOf('audioOutput'),
    imageInput: rateOf('imageInput', 'input'),
    imageOutput: rateOf('imageOutput'),
  }
  return FREQUENT_TOKEN_POOLS.reduce((sum, pool) => sum + (BigInt(tokens[pool] ?? 0) * scaled(sources[pool])) / 1_000_000n, 0n)
}

/** Converts a numeral to a whole number of 10^-24. */
function scaled(numeral: string): bigint {
  const [whole = '0', fraction = ''] = numeral.split('.')
  return BigInt(whole + fraction.padEnd(24, '0'))
}
