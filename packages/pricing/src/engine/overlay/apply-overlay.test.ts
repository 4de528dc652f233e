import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { Price, TokenRate } from '../../model/price.ts'
import { makePrice, type PriceFields } from '../../testing/price.ts'
import { bundledPrices } from '../bundled/bundled-prices.ts'
import { createPriceCatalog } from '../catalog/price-catalog.ts'
import { applyOverlay } from './apply-overlay.ts'
import type { OverlayEntry } from './overlay-entry.ts'

const documented = { provider: 'p', because: 'missing', checkedAt: '2026-11-26', source: 'https://p.test/pricing' } as const

function listed(fields: PriceFields, steps: TokenRate['steps'] = []): Price {
  const price = makePrice({ source: 'bundled', provider: 'p', model: 'm', ...fields })
  const { input } = price.perMillionTokens
  return input && steps.length > 0 ? { ...price, perMillionTokens: { ...price.perMillionTokens, input: { ...input, steps } } } : price
}

interface Call {
  readonly provider?: string
  readonly model?: string
  readonly at?: string
  readonly serviceTier?: string
  readonly region?: string
}

function find(prices: readonly Price[], { at = '2026-11-20', ...call }: Call = {}): Price | undefined {
  return createPriceCatalog(prices).find({ provider: 'p', model: 'm', ...call, at: Temporal.Instant.from(`${at}T00:00:00Z`) })
}

function ratesOf(price: Price | undefined): Readonly<Record<string, string>> | undefined {
  return price && Object.fromEntries(Object.entries(price.perMillionTokens).map(([pool, { base }]) => [pool, base.toFixed()]))
}

describe('applyOverlay', () => {
  it('adds a model under its names', () => {
    const entry: OverlayEntry = { ...documented, model: 'New', names: ['New', 'new-2026'], prices: [{ rates: { input: '3' } }] }
    const prices = applyOverlay([listed({ rates: { input: '1' } })], [entry])
    expect([find(prices, { model: 'new-2026' }), find(prices, { model: 'NEW' })].map(ratesOf)).toEqual([{ input: '3' }, { input: '3' }])
    expect(find(prices)?.perMillionTokens.input?.base.toFixed()).toBe('1')
  })

  it('places a new model before those of the package, whose wider match would take its name', () => {
    const wide = listed({ rates: { input: '1' }, match: { starts_with: 'm' } })
    const entry: OverlayEntry = { ...documented, model: 'm-2', prices: [{ rates: { input: '3' } }] }
    expect(ratesOf(find(applyOverlay([wide], [entry]), { model: 'm-2' }))).toEqual({ input: '3' })
  })

  it('supersedes the price of the package during the interval of the entry', () => {
    const entry: OverlayEntry = { ...documented, because: 'wrong', model: 'm', prices: [{ from: '2026-02-01', to: '2026-03-01', rates: { input: '3' } }] }
    const prices = applyOverlay([listed({ rates: { input: '1' } })], [entry])
    const costs = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map(at => ratesOf(find(prices, { at }))?.['input'])
    expect(costs).toEqual(['1', '3', '3', '1'])
  })

  it('adds rates that a price lacks, and keeps those that it has', () => {
    const entry: OverlayEntry = { ...documented, models: ['m'], add: { rates: { output: '9', input: '9' }, multiples: { cacheWrite1h: ['2', 'input'] } } }
    expect(ratesOf(find(applyOverlay([listed({ rates: { input: '1.5' } })], [entry])))).toEqual({ input: '1.5', output: '9', cacheWrite1h: '3' })
  })

  it('adds unit prices that a price lacks, and keeps those that it has', () => {
    const search = { kind: 'web_search', price: new Decimal(14), per: 1_000 }
    const entry: OverlayEntry = {
      ...documented,
      models: ['m'],
      add: {
        units: [
          { kind: 'web_search', price: '10', per: 1_000 },
          { kind: 'page', price: '0.002' },
        ],
      },
    }
    const { units } = find(applyOverlay([listed({ rates: { input: '1' }, units: [search] })], [entry])) ?? {}
    expect(units?.map(({ kind, price, per }) => [kind, price.toFixed(), per])).toEqual([
      ['web_search', '14', 1_000],
      ['page', '0.002', undefined],
    ])
  })

  it('multiplies every rate and step of a price for another service tier, except for pools with a multiple of their own', () => {
    const price = listed({ rates: { input: '2', cacheRead: '0.2' } }, [{ above: 1_000, rate: new Decimal(4) }])
    const entry: OverlayEntry = { ...documented, models: ['m'], serviceTier: 'batch', times: '0.5', except: { cacheRead: '1' } }
    const prices = applyOverlay([price], [entry])
    const batch = find(prices, { serviceTier: 'batch' })
    expect(ratesOf(batch)).toEqual({ input: '1', cacheRead: '0.2' })
    expect(batch?.perMillionTokens.input?.steps.map(step => [step.above, step.rate.toFixed()])).toEqual([[1_000, '2']])
    expect(ratesOf(find(prices))).toEqual({ input: '2', cacheRead: '0.2' })
    expect(find(prices, { serviceTier: 'flex' })).toBeUndefined()
  })

  it('multiplies prices of a service tier for a region too', () => {
    const entries: readonly OverlayEntry[] = [
      { ...documented, models: ['m'], serviceTier: 'batch', times: '0.5' },
      { ...documented, models: ['m'], region: 'us', times: '1.1' },
    ]
    expect(ratesOf(find(applyOverlay([listed({ rates: { input: '2' } })], entries), { serviceTier: 'batch', region: 'us' }))).toEqual({ input: '1.1' })
  })

  it('limits a multiple to the interval in which it was charged', () => {
    const entry: OverlayEntry = { ...documented, models: ['m'], serviceTier: 'priority', times: '2', from: '2026-02-01', to: '2026-03-01' }
    const prices = applyOverlay([listed({ rates: { input: '1' }, to: '2026-02-15T00:00:00Z' })], [entry])
    const costs = ['2026-01-31', '2026-02-01', '2026-02-14', '2026-02-15'].map(at => ratesOf(find(prices, { at, serviceTier: 'priority' }))?.['input'])
    expect(costs).toEqual([undefined, '2', '2', undefined])
  })

  it("multiplies a maker's prices for a cloud that charges a multiple of them", () => {
    const entry: OverlayEntry = { ...documented, provider: 'cloud', of: 'p', models: ['m'], region: '*', times: '1.1' }
    const prices = applyOverlay([listed({ rates: { input: '2' } }), listed({ rates: { input: '7' }, region: 'eu' })], [entry])
    expect(prices.filter(({ provider }) => provider === 'cloud').map(price => [price.region, ratesOf(price)])).toEqual([['*', { input: '2.2' }]])
  })

  it('moves the threshold of a step', () => {
    const steps = [{ above: 271_999, rate: new Decimal(2) }]
    const entry: OverlayEntry = { ...documented, because: 'wrong', models: ['m'], threshold: { listed: 271_999, above: 272_000 } }
    const [moved] = applyOverlay([listed({ rates: { input: '1' } }, steps)], [entry])
    expect(moved?.perMillionTokens.input?.steps.map(({ above }) => above)).toEqual([272_000])
  })

  it('gives changed prices ids of their own and the day of the source, and keeps the others as they are', () => {
    const [kept, price] = [listed({ rates: { input: '1' }, id: 'bundled:p/other:1', model: 'other' }), listed({ rates: { input: '1' }, id: 'bundled:p/m:1' })]
    const prices = applyOverlay([kept, price], [{ ...documented, models: ['m'], add: { rates: { output: '2' } } }])
    expect(prices[0]).toBe(kept)
    expect([prices[1]?.id.startsWith('overlay:p/m:'), prices[1]?.publishedAt.toString()]).toEqual([true, '2026-11-26T00:00:00Z'])
  })

  it('rejects an entry that names an unknown model', () => {
    const entry: OverlayEntry = { ...documented, models: ['m', 'n'], serviceTier: 'batch', times: '0.5' }
    expect(() => applyOverlay([listed({ rates: { input: '1' } })], [entry])).toThrow('the price overlay names the model "n" of p, which has no prices')
  })
})

describe("an operator's published price", () => {
  const call = { provider: 'openai', model: 'gpt-6.2-sol', at: '2026-11-20' }

  it.each([
    ['for the model', {}],
    ['for its batches', { serviceTier: 'batch' as const }],
    ['for a region', { region: 'eu' }],
  ])('wins over the overlay %s', (_which, served) => {
    const published = makePrice({ provider: call.provider, model: call.model, from: '2026-01-01T00:00:00Z', ...served })
    expect(find(bundledPrices(), { ...call, ...served })?.id).toMatch(/^overlay:/)
    expect(find([...bundledPrices(), published], { ...call, ...served })?.id).toBe(published.id)
  })
})
