import { Decimal, InvalidInput, ZERO } from '@tollgate/kernel'
import type { UsageUnit } from '@tollgate/tokens'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Price } from '../model/price.ts'
import type { RatedUsage } from '../model/rated-usage.ts'
import { makePrice } from '../testing/price.ts'
import { bundledCatalog } from './catalog/bundled-catalog.ts'
import { createPriceCatalog } from './catalog/price-catalog.ts'
import { rateUsage, type RateUsageInput } from './rate-usage.ts'

const AT = '2026-11-20T12:00:00Z'
const d = (text: string) => new Decimal(text)
const listed = (call: Omit<RateUsageInput, 'catalog' | 'at'>) => rateUsage({ catalog: bundledCatalog(), at: AT, ...call })
const rate = (price: Parameters<typeof makePrice>[0], call: Partial<RateUsageInput>) =>
  rateUsage({ catalog: createPriceCatalog([makePrice(price)]), provider: 'acme-ai', model: 'large', at: AT, ...call })
const unit = (kind: string, quantity: string, variant?: string): UsageUnit => ({ kind, quantity, ...(variant !== undefined && { variant }) })
const linesOf = (rated: RatedUsage) =>
  rated.lines.map(
    line => `${line.pool ?? line.unit}${line.variant === undefined ? '' : ` ${line.variant}`} ${String(line.quantity)} = ${line.amount.toFixed()}`,
  )

describe.each<{ name: string; call: Omit<RateUsageInput, 'catalog' | 'at'>; cost: string; lines: string[] }>([
  {
    name: 'Claude with 3 web searches: $10 per 1,000 searches',
    call: { provider: 'anthropic', model: 'claude-sonnet-4-5', tokens: { input: 1_000, output: 100 }, units: [unit('web_search', '3')] },
    cost: '0.0345',
    lines: ['input 1000 = 0.003', 'output 100 = 0.0015', 'web_search 3 = 0.03'],
  },
  {
    name: 'GPT-5 with a web search at $10 and 2 file searches at $2.50 per 1,000',
    call: { provider: 'openai', model: 'gpt-5', tokens: { input: 1_000 }, units: [unit('web_search', '1'), unit('file_search', '2')] },
    cost: '0.01625',
    lines: ['input 1000 = 0.00125', 'web_search 1 = 0.01', 'file_search 2 = 0.005'],
  },
  {
    name: 'a minute of Whisper: $0.006',
    call: { provider: 'openai', model: 'whisper-1', units: [unit('audio_second', '60')] },
    cost: '0.006',
    lines: ['audio_second 60 = 0.006'],
  },
  {
    name: 'half an hour of Whisper on Groq: $0.111 per hour',
    call: { provider: 'groq', model: 'whisper-large-v3', units: [unit('audio_second', '1800')] },
    cost: '0.0555',
    lines: ['audio_second 1800 = 0.0555'],
  },
  {
    name: '10 pages of Mistral OCR at $4 per 1,000, and 10 annotated ones at $5',
    call: { provider: 'mistral', model: 'mistral-ocr-4-0', units: [unit('page', '10'), unit('page', '10', 'annotated')] },
    cost: '0.09',
    lines: ['page 10 = 0.04', 'page annotated 10 = 0.05'],
  },
])('$name', ({ call, cost, lines }) => {
  it(`costs ${cost}`, () => {
    const rated = listed(call)
    expect([rated.cost?.toFixed(), linesOf(rated)]).toEqual([cost, lines])
  })
})

describe('a unit', () => {
  const units: Price['units'] = [
    { kind: 'web_search', price: d('10'), per: 1_000 },
    { kind: 'image', variant: 'low-1024x1024', price: d('0.011') },
    { kind: 'image', variant: 'high-1024x1024', price: d('0.167') },
    { kind: 'request', variant: 'medium', price: d('0.008') },
    { kind: 'request', price: d('0.005') },
    { kind: 'session', price: d('0') },
    { kind: 'audio_second', price: d('0.1'), per: 3_600 },
  ]

  it.each<{ used: UsageUnit[]; lines: string[] }>([
    { used: [unit('web_search', '2')], lines: ['web_search 2 = 0.02', 'request 1 = 0.005'] },
    // A published price without a variant is for all of them, if there are no others.
    { used: [unit('web_search', '2', 'preview')], lines: ['web_search preview 2 = 0.02', 'request 1 = 0.005'] },
    { used: [unit('image', '2', 'high-1024x1024')], lines: ['image high-1024x1024 2 = 0.334', 'request 1 = 0.005'] },
    { used: [unit('request', '1', 'medium')], lines: ['request medium 1 = 0.008'] },
    { used: [unit('request', '3')], lines: ['request 3 = 0.015'] },
    { used: [unit('request', '0')], lines: [] },
    { used: [unit('session', '1')], lines: ['session 1 = 0', 'request 1 = 0.005'] },
    { used: [unit('web_search', '0.5')], lines: ['web_search 0.5 = 0.005', 'request 1 = 0.005'] },
    { used: [], lines: ['request 1 = 0.005'] },
    // 0.1 ÷ 3,600 does not end: rounded half to even to 24 decimal places.
    { used: [unit('audio_second', '1'), unit('request', '0')], lines: ['audio_second 1 = 0.000027777777777777777778'] },
    { used: [unit('audio_second', '90'), unit('request', '0')], lines: ['audio_second 90 = 0.0025'] },
  ])('$used is charged as $lines', ({ used, lines }) => {
    expect(linesOf(rate({ rates: {}, units }, { units: used }))).toEqual(lines)
  })

  it.each<{ used: UsageUnit[]; missing: object[] }>([
    { used: [unit('file_search', '1')], missing: [{ kind: 'file_search' }] },
    { used: [unit('image', '1', 'medium-1024x1024')], missing: [{ kind: 'image', variant: 'medium-1024x1024' }] },
    { used: [unit('image', '1')], missing: [{ kind: 'image' }] },
    { used: [unit('request', '1', 'high')], missing: [{ kind: 'request', variant: 'high' }] },
    {
      used: [unit('web_search', '1'), unit('page', '1'), unit('character', '9'), unit('video_second', '0')],
      missing: [{ kind: 'page' }, { kind: 'character' }],
    },
  ])('without a price leaves the call unpriced: $used', ({ used, missing }) => {
    const rated = rate({ units }, { tokens: { input: 1 }, units: used })
    expect(rated).toMatchObject({ state: 'unpriced', cost: null, lines: [], reason: 'no_price_for_unit', unpricedUnits: missing })
  })

  it.each<{ used: UsageUnit; reason: string | undefined }>([
    { used: unit('page', '1'), reason: undefined },
    { used: unit('page', '1', 'annotated'), reason: 'no_price_for_unit' },
    { used: unit('request', '1', 'high'), reason: 'no_price_for_unit' },
  ])('of a variant that a list price does not name leaves the call unpriced: $used', ({ used, reason }) => {
    const rated = rate({ source: 'bundled', rates: {}, perRequest: '0.01', units: [{ kind: 'page', price: d('1'), per: 1_000 }] }, { units: [used] })
    expect(rated.state === 'unpriced' ? rated.reason : undefined).toBe(reason)
  })

  it('without a price does not matter if there are none of it', () => {
    expect(rate({}, { tokens: { input: 1_000 }, units: [unit('web_search', '0')] }).cost?.toFixed()).toBe('0.001')
  })

  it.each(['', 'one', '-1', '1e3', 'NaN', '1,5'])('with the quantity "%s" is rejected', quantity => {
    expect(() => rate({ units }, { units: [unit('web_search', quantity)] })).toThrow(InvalidInput)
    expect(() => rate({ units }, { units: [unit('page', '1'), unit('web_search', quantity)] })).toThrow(/units\[1\]\.quantity/)
  })

  it('has a line with the price of one, or with the number that the price is for', () => {
    const { lines } = rate({ units }, { units: [unit('web_search', '2'), unit('audio_second', '2'), unit('request', '0')] })
    expect(lines.map(({ unitPrice, per }) => [unitPrice.toFixed(), per])).toEqual([
      ['0.01', undefined],
      ['0.1', 3_600],
    ])
  })

  it('has an amount of exactly its quantity times its price, and all lines sum to the cost', () => {
    const amounts = fc.tuple(fc.nat({ max: 10 ** 9 }), fc.constantFrom(1, 10, 1_000, 1_000_000), fc.nat({ max: 10 ** 9 }), fc.nat({ max: 9_999 }))
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 5 }), many => {
        const prices = many.map(([price, per], at) => ({ kind: `kind_${at}`, price: new Decimal(price).div(1_000), per }))
        const used = many.map(([, , whole, fraction], at) => unit(`kind_${at}`, `${whole}.${String(fraction).padStart(4, '0')}`))
        const rated = rate({ units: prices }, { tokens: { input: 7 }, units: used })
        const exact = many.map(([price, per, whole, fraction]) => new Decimal(whole).plus(new Decimal(fraction).div(10_000)).times(price).div(1_000).div(per))
        expect(rated.cost?.toFixed()).toBe(exact.reduce((sum, amount) => sum.plus(amount), d('0.000007')).toFixed())
        expect(rated.lines.reduce((sum, { amount }) => sum.plus(amount), ZERO).eq(rated.cost ?? Number.NaN)).toBe(true)
      }),
    )
  })
})

describe('a reported cost', () => {
  const reportedBy = (call: Partial<RateUsageInput>) => {
    const rated = rate({}, { tokens: { input: 1_000 }, reportedCost: '0.25', ...call })
    return [rated.state, rated.cost?.toFixed()]
  }
  it('is the cost of a call that has no price', () => {
    expect(reportedBy({ model: 'unheard-of' })).toEqual(['reported', '0.25'])
    expect(reportedBy({ model: null })).toEqual(['reported', '0.25'])
    expect(reportedBy({ tokens: null })).toEqual(['reported', '0.25'])
    expect(reportedBy({ units: [unit('page', '1')], reportedCost: d('0.5') })).toEqual(['reported', '0.5'])
  })
  it('is not the cost of a call that has a price', () => {
    expect(reportedBy({})).toEqual(['priced', '0.001'])
  })
  it('goes before the price of OpenRouter, whose prices change by the hour', () => {
    const call = { provider: 'openrouter', model: 'anthropic/claude-sonnet-4.5', tokens: { input: 1_000 } }
    expect(listed(call)).toMatchObject({ state: 'priced' })
    const rated = listed({ ...call, reportedCost: '0.0027' })
    expect(rated).toMatchObject({ state: 'reported', price: null })
    expect([rated.cost?.toFixed(), linesOf(rated)]).toEqual(['0.0027', ['reported_cost 1 = 0.0027']])
  })
  it.each(['', '-1', '1e-3'])('of "%s" is rejected', reportedCost => {
    expect(() => rate({}, { reportedCost })).toThrow(/reportedCost/)
  })
})

describe('a call without tokens', () => {
  it.each<{ name: string; price: Parameters<typeof makePrice>[0]; call: Partial<RateUsageInput>; outcome: string }>([
    { name: 'is unpriced if the price is by token: its usage never arrived', price: {}, call: {}, outcome: 'no_usage' },
    { name: 'is unpriced if its units are an empty list', price: {}, call: { tokens: null, units: [] }, outcome: 'no_usage' },
    { name: 'costs nothing if it says that it used no tokens', price: {}, call: { tokens: { input: 0 } }, outcome: '0' },
    { name: 'costs nothing if the model is free', price: { rates: { input: '0', output: '0' } }, call: {}, outcome: '0' },
    { name: 'costs the price of a request', price: { perRequest: '0.25' }, call: {}, outcome: '0.25' },
    {
      name: 'is unpriced if the price is by units only, and it has none',
      price: { rates: {}, units: [{ kind: 'page', price: d('1') }] },
      call: { tokens: {} },
      outcome: 'no_usage',
    },
    {
      name: 'costs nothing if it says that it used no units',
      price: { rates: {}, units: [{ kind: 'page', price: d('1') }] },
      call: { units: [unit('page', '0')] },
      outcome: '0',
    },
  ])('$name', ({ price, call, outcome }) => {
    const rated = rate(price, call)
    expect(rated.state === 'unpriced' ? rated.reason : rated.cost.toFixed()).toBe(outcome)
  })
})
