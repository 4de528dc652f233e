import { readFileSync } from 'node:fs'
import { Decimal, InvalidInput, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { Price } from '../../model/price.ts'
import { createPriceCatalog } from '../catalog/price-catalog.ts'
import type { PriceDraft } from '../../model/drafts/price-draft.ts'
import { makePrice } from '../../testing/price.ts'
import { planPriceImport } from './plan-price-import.ts'
import type { PriceImportPlan, PriceImportSource } from '../../model/imports/price-import.ts'

const at = (text: string) => Temporal.Instant.from(text)
const FROM = at('2026-11-20T00:00:00Z')
const d = (text: string) => new Decimal(text)

/** Makes a list of models of "acme-ai" with their input and output rates. */
const list = (models: Record<string, readonly [input: number, output: number]>, from = FROM): PriceImportSource => ({
  format: 'models-dev',
  data: JSON.stringify({
    'acme-ai': { models: Object.fromEntries(Object.entries(models).map(([model, [input, output]]) => [model, { cost: { input, output } }])) },
  }),
  from,
})
const plan = (prices: readonly Price[], source: PriceImportSource) => planPriceImport({ source, catalog: createPriceCatalog(prices) })
const outcome = ({ added, changed, unchanged, skipped }: PriceImportPlan) => ({
  added: added.map(({ draft }) => draft.model),
  changed: changed.map(({ draft }) => draft.model),
  unchanged: unchanged.map(({ name }) => name),
  skipped: skipped.map(({ name }) => name),
})
const NOTHING = { added: [], changed: [], unchanged: [], skipped: [] }

const now = makePrice({ id: 'now', from: '2026-01-01T00:00:00Z' })

describe('a plan of drafts with conditions', () => {
  const draft = (more: Partial<PriceDraft>): PriceImportSource => ({
    format: 'drafts',
    drafts: [{ provider: 'acme-ai', model: 'large', from: FROM, perMillionTokens: { input: d('1'), output: d('2') }, ...more }],
  })
  const night = { from: '16:30', to: '00:30' }

  it.each<{ name: string; prices: Price[]; more: Partial<PriceDraft>; expected: object }>([
    { name: 'a speed without a price', prices: [now], more: { speed: 'fast' }, expected: { added: ['large'] } },
    {
      name: 'a speed with the same price',
      prices: [now, makePrice({ id: 'fast', speed: 'fast' })],
      more: { speed: 'fast' },
      expected: { unchanged: ['acme-ai/large'] },
    },
    {
      name: 'a region with another price',
      prices: [now, makePrice({ id: 'eu', region: 'eu', rates: { input: '3', output: '2' } })],
      more: { region: 'EU' },
      expected: { changed: ['large'] },
    },
    { name: 'a region at the price of all regions', prices: [now], more: { region: 'eu' }, expected: { unchanged: ['acme-ai/large'] } },
    { name: 'a part of the day in addition to the whole day', prices: [now], more: { timeOfDay: night }, expected: { added: ['large'] } },
    {
      name: 'a part of the day with the same price',
      prices: [now, makePrice({ id: 'night', timeOfDay: { from: '16:30:00', to: '00:30:00' } })],
      more: { timeOfDay: night },
      expected: { unchanged: ['acme-ai/large'] },
    },
    {
      name: 'a part of the day on other days',
      prices: [now, makePrice({ id: 'night', timeOfDay: { from: '16:30:00', to: '00:30:00' } })],
      more: { timeOfDay: { ...night, weekdays: [6, 7] } },
      expected: { added: ['large'] },
    },
    {
      name: 'the whole day, if the current price is for a part of it',
      prices: [now, makePrice({ id: 'night', timeOfDay: { from: '16:30:00', to: '00:30:00' } })],
      more: {},
      expected: { skipped: ['acme-ai/large'] },
    },
    { name: 'units without a price', prices: [now], more: { units: [{ kind: 'page', price: d('1'), per: 1000 }] }, expected: { changed: ['large'] } },
    {
      name: 'units at the same price for another number of them',
      prices: [makePrice({ id: 'units', units: [{ kind: 'page', price: d('0.001') }] })],
      more: { units: [{ kind: 'page', price: d('1'), per: 1000 }] },
      expected: { unchanged: ['acme-ai/large'] },
    },
    {
      name: 'steps that become marginal',
      prices: [now],
      more: { marginalSteps: true, contextSteps: [{ above: 10, perMillionTokens: { input: d('1') } }] },
      expected: { changed: ['large'] },
    },
  ])('handles $name', ({ prices, more, expected }) => {
    expect(outcome(plan(prices, draft(more)))).toEqual({ ...NOTHING, ...expected })
  })

  it('shows the price of one unit before and after', () => {
    const made = plan(
      [makePrice({ units: [{ kind: 'image', variant: 'low', price: d('0.01') }] })],
      draft({ units: [{ kind: 'page', price: d('4'), per: 1000 }] }),
    )
    expect(made.changed[0]?.differences).toEqual([
      { rate: 'image low', above: null, before: d('0.01'), after: null },
      { rate: 'page', above: null, before: null, after: d('0.004') },
    ])
  })

  it('keeps prices of units that the list does not have', () => {
    const current = makePrice({ rates: { input: '1', output: '2', videoInput: '3' }, units: [{ kind: 'web_search', price: d('10'), per: 1000 }] })
    const { changed } = plan([current], list({ large: [5, 2] }))
    expect(changed[0]?.draft).toMatchObject({ units: [{ kind: 'web_search', per: 1000 }], perMillionTokens: { videoInput: d('3') } })
    expect(changed[0]?.differences.map(({ rate }) => rate)).toEqual(['input'])
  })
})

describe('a plan', () => {
  it('shows added, changed, unchanged and skipped prices', () => {
    const made = plan([now, makePrice({ id: 'small', model: 'small' })], list({ large: [1.5, 2], small: [1, 2], huge: [9, 9], free: [0, 0] }))
    expect(outcome(made)).toEqual({ added: ['huge'], changed: ['large'], unchanged: ['acme-ai/small'], skipped: ['acme-ai/free'] })
    expect(made.changed[0]).toMatchObject({ replaces: { id: 'now' }, draft: { from: FROM, to: null } })
    expect(made.changed[0]?.differences).toEqual([{ rate: 'input', above: null, before: d('1'), after: d('1.5') }])
  })

  it.each<{ name: string; prices: Price[]; models: Record<string, readonly [number, number]>; expected: object }>([
    {
      name: 'does not publish a price that equals the bundled one',
      prices: [makePrice({ source: 'bundled' })],
      models: { large: [1, 2] },
      expected: { unchanged: ['acme-ai/large'] },
    },
    {
      name: 'compares with the custom price before the bundled one',
      prices: [makePrice({ source: 'bundled' }), makePrice({ rates: { input: '7' } })],
      models: { large: [1, 2] },
      expected: { changed: ['large'] },
    },
    { name: 'ignores prices of tenants', prices: [makePrice({ tenantId: 'acme' })], models: { large: [1, 2] }, expected: { added: ['large'] } },
    {
      name: 'compares a dated name with the price of its model',
      prices: [now],
      models: { 'large-2026-05-05': [1, 2] },
      expected: { unchanged: ['acme-ai/large-2026-05-05'] },
    },
    {
      name: 'adds a price for an unchanged name if the price that applied to it changes',
      prices: [now],
      models: { large: [3, 4], 'large-2026-05-05': [1, 2], 'large-2026-06-06': [3, 4] },
      expected: { added: ['large-2026-05-05'], changed: ['large', 'large-2026-06-06'] },
    },
    {
      name: 'ignores a price that has ended',
      prices: [makePrice({ to: '2026-11-20T00:00:00Z' })],
      models: { large: [1, 2] },
      expected: { added: ['large'] },
    },
    {
      name: 'extends a price that will end',
      prices: [makePrice({ to: '2026-12-20T00:00:00Z' })],
      models: { large: [1, 2] },
      expected: { changed: ['large'] },
    },
    {
      name: 'skips a model whose price depends on the time of day',
      prices: [makePrice({ timeOfDay: { from: '00:00:00', to: '12:00:00' } })],
      models: { large: [5, 5] },
      expected: { skipped: ['acme-ai/large'] },
    },
    {
      name: 'skips a second name of the same model',
      prices: [],
      models: { large: [1, 2], 'acme-ai/LARGE': [3, 4] },
      expected: { added: ['large'], skipped: ['acme-ai/acme-ai/LARGE'] },
    },
  ])('$name', ({ prices, models, expected }) => {
    expect(outcome(plan(prices, list(models)))).toEqual({ ...NOTHING, ...expected })
  })

  it('compares rates after fallbacks', () => {
    const spelled = makePrice({ rates: { input: '1', output: '2', reasoning: '2', cacheRead: '1' } })
    expect(outcome(plan([spelled], list({ large: [1, 2] })))).toEqual({ ...NOTHING, unchanged: ['acme-ai/large'] })
    const cheaper = makePrice({ rates: { input: '1', output: '2', cacheRead: '0.1' } })
    expect(plan([cheaper], list({ large: [1, 2] })).changed[0]?.differences).toEqual([{ rate: 'cacheRead', above: null, before: d('0.1'), after: d('1') }])
  })

  it('keeps rates that the list has no field for, at every context length', () => {
    const rates = { input: '1', output: '2', cacheWrite5m: '1.25', cacheWrite1h: '2' }
    const current = makePrice({ rates })
    const stepped: Price = {
      ...current,
      perMillionTokens: { ...current.perMillionTokens, cacheWrite1h: { base: d('2'), steps: [{ above: 200_000, rate: d('4') }] } },
    }
    const source: PriceImportSource = {
      ...list({}),
      data: '{"acme-ai": {"models": {"large": {"cost": {"input": 1, "output": 3, "cache_write": 1.25}}}}}',
    } as PriceImportSource
    const made = plan([stepped], source)
    expect(made.changed[0]?.differences).toEqual([{ rate: 'output', above: null, before: d('2'), after: d('3') }])
    expect(made.changed[0]?.draft).toMatchObject({
      perMillionTokens: { output: d('3'), cacheWrite1h: d('2') },
      contextSteps: [{ above: 200_000, perMillionTokens: { cacheWrite1h: d('4') } }],
    })
  })

  it('keeps a charge per request if the list has no field for one, and removes it otherwise', () => {
    const searching = makePrice({ perRequest: '0.005' })
    expect(outcome(plan([searching], list({ large: [1, 2] })))).toEqual({ ...NOTHING, unchanged: ['acme-ai/large'] })
    const raised = plan([searching], list({ large: [1, 3] }))
    expect(raised.changed[0]).toMatchObject({ draft: { perRequest: d('0.005') }, differences: [{ rate: 'output' }] })
    const data = '{"large": {"litellm_provider": "acme-ai", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6}}'
    expect(plan([searching], { format: 'litellm', data, from: FROM }).changed[0]?.differences).toEqual([
      { rate: 'request', above: null, before: d('0.005'), after: null },
    ])
  })

  it('compares rates at each context length', () => {
    const source: PriceImportSource = {
      format: 'litellm',
      from: FROM,
      data: '{"large": {"litellm_provider": "acme-ai", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6, "input_cost_per_token_above_200k_tokens": 3e-6}}',
    }
    expect(plan([now], source).changed[0]?.differences).toEqual([{ rate: 'input', above: 200_000, before: d('1'), after: d('3') }])
  })

  it('keeps a later price that is already published', () => {
    const later = makePrice({ id: 'later', from: '2027-01-01T00:00:00Z', rates: { input: '4', output: '5' } })
    const made = plan([now, later], list({ large: [1.5, 2] }))
    expect(made.changed[0]?.draft.to).toEqual(at('2027-01-01T00:00:00Z'))
    expect(outcome(plan([now, later], list({ large: [1, 2] })))).toEqual({ ...NOTHING, unchanged: ['acme-ai/large'] })
  })

  it('keeps a later price that is bundled', () => {
    const bundled = [
      makePrice({ id: 'b1', source: 'bundled', to: '2027-01-01T00:00:00Z' }),
      makePrice({ id: 'b2', source: 'bundled', from: '2027-01-01T00:00:00Z', rates: { input: '4' } }),
    ]
    expect(plan(bundled, list({ large: [1.5, 2] })).changed[0]?.draft.to).toEqual(at('2027-01-01T00:00:00Z'))
    const imported = makePrice({ from: '2026-11-01T00:00:00Z', to: '2027-01-01T00:00:00Z', rates: { input: '1.5', output: '2' } })
    expect(outcome(plan([...bundled, imported], list({ large: [1.5, 2] })))).toEqual({ ...NOTHING, unchanged: ['acme-ai/large'] })
  })

  it('imports only the given providers', () => {
    const data = readFileSync(new URL('../../../fixtures/litellm-prices.json', import.meta.url), 'utf8')
    const made = plan([], { format: 'litellm', data, from: FROM, providers: ['bedrock', 'Anthropic'] })
    expect(outcome(made)).toEqual({ ...NOTHING, added: ['amazon.nova-2-lite-v1:0', 'claude-sonnet-4-5', 'ap-northeast-1/deepseek.v3.2'] })
  })

  it('skips an invalid entry, with the reason', () => {
    const made = plan([], list({ large: [2e9, 1], small: [1, 1] }))
    expect(outcome(made)).toEqual({ ...NOTHING, added: ['small'], skipped: ['acme-ai/large'] })
    expect(made.skipped[0]?.reason).toMatch(/perMillionTokens\.input must be at most/)
  })
})

describe('the digest of a plan', () => {
  it('is the same for the same changes', () => {
    expect(plan([now], list({ large: [2, 2] })).digest).toBe(plan([now], list({ large: [2, 2] })).digest)
  })
  it.each<{ name: string; prices: Price[]; source: PriceImportSource }>([
    { name: 'a different rate', prices: [now], source: list({ large: [2, 2.5] }) },
    { name: 'a different time', prices: [now], source: list({ large: [2, 2] }, at('2026-11-21T00:00:00Z')) },
    { name: 'a different price to replace', prices: [now, makePrice({ id: 'other', publishedAt: '2026-06-01T00:00:00Z' })], source: list({ large: [2, 2] }) },
    { name: 'an additional price', prices: [now], source: list({ large: [2, 2], small: [1, 1] }) },
  ])('differs for $name', ({ prices, source }) => {
    expect(plan(prices, source).digest).not.toBe(plan([now], list({ large: [2, 2] })).digest)
  })
})

describe('drafts', () => {
  const draft = (fields: Partial<PriceDraft> = {}): PriceDraft => ({
    provider: 'acme-ai',
    model: 'large',
    from: FROM,
    perMillionTokens: { input: d('1'), output: d('2') },
    ...fields,
  })
  const drafts = (...given: PriceDraft[]): PriceImportSource => ({ format: 'drafts', drafts: given })

  it('keep their intervals', () => {
    const made = plan(
      [now],
      drafts(draft({ to: at('2026-12-01T00:00:00Z') }), draft({ perMillionTokens: { input: d('3') }, from: at('2027-01-01T00:00:00Z') })),
    )
    expect(outcome(made)).toEqual({ ...NOTHING, unchanged: ['acme-ai/large'], changed: ['large'] })
    expect(made.changed[0]?.draft).toMatchObject({ from: at('2027-01-01T00:00:00Z'), to: null })
  })
  it('are all rejected if one is invalid, naming it', () => {
    expect(() => plan([], drafts(draft(), draft({ model: '' })))).toThrow(InvalidInput)
    expect(() => plan([], drafts(draft(), draft({ model: '' })))).toThrow(/price 2, model: must not be empty/)
  })
})
