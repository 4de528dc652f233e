import fc from 'fast-check'
import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { Price } from '../../model/price.ts'
import { feedPrice } from '../../testing/feed.ts'
import type { PriceFields } from '../../testing/price.ts'
import { createPriceCatalog } from '../catalog/price-catalog.ts'
import { modelKey, namesOf } from './feed-models.ts'
import { mergeFeed } from './merge-feed.ts'
import { movesOfName } from './price-moves.ts'

const merge = (current: readonly Price[], next: readonly Price[], decisions: Record<string, boolean> = {}) =>
  mergeFeed({ current, next, decisions: new Map(Object.entries(decisions)) })
const rates = (input: string, output = '2') => ({ rates: { input, output } })
const A = feedPrice({ model: 'a', ...rates('1') })
const priceOf = (fields: PriceFields) => feedPrice({ model: 'a', ...rates('1'), ...fields })

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 120)

describe('what applies by itself', () => {
  it.each<[string, Price[], Price[]]>([
    ['a new model', [A], [A, feedPrice({ model: 'b' })]],
    ['a rate that rises by 30 %', [A], [priceOf(rates('1.3'))]],
    ['a rate that falls by 30 %', [A], [priceOf(rates('0.7'))]],
    ['a rate for tokens that had none', [A], [priceOf({ rates: { input: '1', output: '2', cacheWrite1h: '9' } })]],
    ['a price for another way of serving', [A], [A, priceOf({ serviceTier: 'batch', ...rates('0.5') })]],
    ['a price for units that had none', [A], [priceOf({ units: [{ kind: 'web_search', price: new Decimal('0.01') }] })]],
    ['another order of models', [A, feedPrice({ model: 'b' })], [feedPrice({ model: 'b' }), A]],
    [
      'a price of the past that was missing',
      [priceOf({ from: '2026-06-01T00:00:00Z' })],
      [priceOf({ to: '2026-06-01T00:00:00Z', ...rates('9') }), priceOf({ from: '2026-06-01T00:00:00Z' })],
    ],
    ['the same list', [A], [A]],
  ])('%s', (_what, current, next) => {
    expect(merge(current, next)).toEqual({ prices: next, pending: [] })
  })
})

describe('what waits for an operator', () => {
  it.each<[string, Price[], Price[], { model: string } & Record<string, unknown>]>([
    ['a rate that rises by more', [A], [priceOf(rates('1.31'))], { model: 'a', rate: 'input', before: '1', after: '1.31', from: null, served: '' }],
    ['a rate that falls by more', [A], [priceOf(rates('0.69'))], { model: 'a', rate: 'input', after: '0.69' }],
    ['a free model that costs something', [priceOf(rates('0', '0'))], [priceOf(rates('0.01', '0'))], { model: 'a', rate: 'input', before: '0' }],
    ['a model that becomes free', [A], [priceOf(rates('0', '0'))], { model: 'a', after: '0' }],
    [
      'a rate that ends',
      [priceOf({ rates: { input: '1', cacheWrite1h: '2' } })],
      [priceOf({ rates: { input: '1' } })],
      { model: 'a', rate: 'cacheWrite1h', after: null },
    ],
    ['a charge per request that begins', [A], [priceOf({ perRequest: '0.001' })], { model: 'a', rate: 'request', before: '0', after: '0.001' }],
    ['a model that is removed', [A, feedPrice({ model: 'b' })], [feedPrice({ model: 'b' })], { model: 'a', rate: 'price', after: null }],
    [
      'a price that changes in the future',
      [A],
      [priceOf({ to: '2027-01-01T00:00:00Z' }), priceOf({ from: '2027-01-01T00:00:00Z', ...rates('2') })],
      { model: 'a', rate: 'input', from: '2027-01-01T00:00:00Z' },
    ],
    ['a price that ends', [A], [priceOf({ to: '2027-01-01T00:00:00Z' })], { model: 'a', rate: 'price', from: '2027-01-01T00:00:00Z' }],
    [
      'a price of one way of serving',
      [A, priceOf({ serviceTier: 'batch', region: 'eu', ...rates('0.5') })],
      [A, priceOf({ serviceTier: 'batch', region: 'eu', ...rates('0.1') })],
      { model: 'a', served: 'batch eu', rate: 'input' },
    ],
    [
      'a price of some hours of some days',
      [A],
      [A, priceOf({ timeOfDay: { from: '16:00:00', to: '20:00:00', weekdays: [3] }, ...rates('5') })],
      { model: 'a', rate: 'input', after: '5' },
    ],
    [
      'a new model that takes the name of another',
      [priceOf({ match: { or: [{ equals: 'a' }, { equals: 'b' }] } })],
      [feedPrice({ model: 'b', ...rates('9') }), priceOf({ match: { or: [{ equals: 'a' }, { equals: 'b' }] } })],
      { model: 'b', rate: 'input', after: '9' },
    ],
    ['a model that gives up a name', [priceOf({ match: { or: [{ equals: 'a' }, { equals: 'b' }] } })], [A], { model: 'a', rate: 'price' }],
    ['a rule whose patterns change', [priceOf({ match: { regex: '^a(-x)?$' } })], [priceOf({ match: { regex: '^a$' } })], { model: 'a', rate: 'names' }],
  ])('%s', (_what, current, next, { model, ...move }) => {
    const { prices, pending } = merge(current, next)
    expect(pending.map(change => change.model)).toEqual([model])
    expect(JSON.parse(JSON.stringify(pending[0]?.moves))).toContainEqual(expect.objectContaining(JSON.parse(JSON.stringify(move))))
    const held = (list: readonly Price[]) => list.filter(price => price.model === model).map(({ id }) => id)
    expect(held(prices)).toEqual(held(current))
  })

  it('applies once it is approved, and never after it is refused', () => {
    const next = [priceOf(rates('5')), feedPrice({ model: 'b' })]
    const [change] = merge([A], next).pending
    const id = change?.id ?? ''
    expect(merge([A], next, { [id]: true })).toEqual({ prices: next, pending: [] })
    expect(merge([A], next, { [id]: false })).toEqual({ prices: [A, next[1]], pending: [] })
  })

  it('asks again for other prices', () => {
    const [first, second] = [merge([A], [priceOf(rates('5'))]), merge([A], [priceOf(rates('6'))])].map(({ pending }) => pending[0]?.id ?? '')
    expect(first).not.toBe(second)
    expect(merge([A], [priceOf(rates('6'))], { [first ?? '']: true }).pending.map(({ id }) => id)).toEqual([second])
  })

  it('is a price that another provider resells', () => {
    const openai = feedPrice({ provider: 'openai', model: 'gpt-9', ...rates('1') })
    const azure = feedPrice({ provider: 'azure', model: 'gpt-9', ...rates('3') })
    const { prices, pending } = merge([openai], [openai, azure])
    expect(pending.map(({ provider }) => provider)).toEqual(['azure'])
    expect(prices).toEqual([openai])
  })
})

describe('for any two lists', () => {
  const price = fc
    .record({
      model: fc.constantFrom('a', 'b', 'a-2026-01-01', 'c'),
      input: fc.constantFrom('0', '1', '1.2', '1.3', '2'),
      also: fc.constantFrom(undefined, 'b', 'c'),
      from: fc.constantFrom(undefined, '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'),
      to: fc.constantFrom(undefined, '2026-09-01T00:00:00Z'),
      serviceTier: fc.constantFrom('standard' as const, 'batch' as const),
      provider: fc.constantFrom('openai', 'azure'),
    })
    .map(({ model, input, also, from, to, serviceTier, provider }) =>
      feedPrice({
        provider,
        model,
        rates: { input },
        match: also === undefined ? { equals: model } : { or: [{ equals: model }, { equals: also }] },
        ...(serviceTier !== 'standard' && { serviceTier }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      }),
    )
  /** As in real lists, all prices of a model have one rule and stand together. */
  const list = fc.uniqueArray(price, { maxLength: 8, selector: ({ id }) => id }).map(prices => {
    const models = [...Map.groupBy(prices, modelKey).values()]
    const made = models.flatMap(([first, ...others]) =>
      first === undefined ? [] : [first, ...others].map(({ id: _id, match: _match, publishedAt, ...rest }) => ({ ...rest, match: first.match, publishedAt })),
    )
    return [...new Map(made.map(one => [JSON.stringify(one), feedPriceOf(one)])).values()]
  })
  function feedPriceOf({ publishedAt, from, to, perMillionTokens, perRequest: _perRequest, ...fields }: Omit<Price, 'id'>): Price {
    return feedPrice({
      ...fields,
      publishedAt: publishedAt.toString(),
      rates: { input: perMillionTokens.input?.base.toFixed() ?? '0' },
      ...(from && { from: from.toString() }),
      ...(to && { to: to.toString() }),
    })
  }
  const movesBetween = (before: readonly Price[], after: readonly Price[]) => {
    const pair = { before: createPriceCatalog(before), after: createPriceCatalog(after) }
    return namesOf([...before, ...after]).flatMap(({ provider, name }) => movesOfName(pair, provider, name))
  }

  it('nothing moves too far without an approval', () => {
    fc.assert(
      fc.property(list, list, (current, next) => {
        const { prices, pending } = merge(current, next)
        expect(movesBetween(current, prices)).toEqual([])
        if (pending.length === 0) expect(prices.map(({ id }) => id)).toEqual(next.map(({ id }) => id))
      }),
      { numRuns: RUNS },
    )
  })
  it('approving what waits, as often as something does, leads to the whole list', () => {
    fc.assert(
      fc.property(list, list, (current, next) => {
        const decisions = new Map<string, boolean>()
        let merged = mergeFeed({ current, next, decisions })
        for (let round = 0; merged.pending.length > 0; round++) {
          expect(round).toBeLessThan(10)
          for (const { id } of merged.pending) decisions.set(id, true)
          merged = mergeFeed({ current: merged.prices, next, decisions })
        }
        expect(merged.prices.map(({ id }) => id)).toEqual(next.map(({ id }) => id))
      }),
      { numRuns: RUNS },
    )
  })
  it('merging again comes to rest', () => {
    fc.assert(
      fc.property(list, list, (current, next) => {
        let before: readonly Price[] = current
        let { prices } = merge(current, next)
        for (let round = 0; JSON.stringify(before) !== JSON.stringify(prices); round++) {
          expect(round).toBeLessThan(10)
          before = prices
          prices = merge(before, next).prices
        }
      }),
      { numRuns: RUNS },
    )
  })
})
