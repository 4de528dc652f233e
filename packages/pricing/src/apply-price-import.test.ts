import { countingIds, Decimal, Forbidden, OPERATOR_SCOPE, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createPricing } from './create-pricing.ts'
import { memoryPriceStore } from './memory/index.ts'
import { PriceImportOutdated } from './model/errors.ts'
import type { PriceImportPlan, PriceImportSource } from './model/imports/price-import.ts'
import { makePrice } from './testing/price.ts'

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
const outcome = ({ added, changed, unchanged, skipped }: PriceImportPlan) => ({
  added: added.map(({ draft }) => draft.model),
  changed: changed.map(({ draft }) => draft.model),
  unchanged: unchanged.map(({ name }) => name),
  skipped: skipped.map(({ name }) => name),
})
const NOTHING = { added: [], changed: [], unchanged: [], skipped: [] }

describe('applyPriceImport', () => {
  function setUp() {
    const store = memoryPriceStore()
    return { store, pricing: createPricing({ store, clock: settableClock('2026-11-20T00:00:00Z'), ids: countingIds() }) }
  }
  const rateOf = async (pricing: ReturnType<typeof setUp>['pricing'], model: string) =>
    (await pricing.catalog()).find({ provider: 'acme-ai', model, at: FROM })?.perMillionTokens.input?.base.toFixed()

  it('publishes the plan, after which a new plan is empty', async () => {
    const { pricing } = setUp()
    const source = list({ large: [2, 2], small: [1, 1] })
    const { digest } = await pricing.planPriceImport(OPERATOR_SCOPE, source)
    expect(await rateOf(pricing, 'large')).toBeUndefined()
    const published = await pricing.applyPriceImport(OPERATOR_SCOPE, { source, planDigest: digest })
    expect(published.map(({ model }) => model)).toEqual(['large', 'small'])
    expect(await rateOf(pricing, 'large')).toBe('2')
    expect(outcome(await pricing.planPriceImport(OPERATOR_SCOPE, source))).toEqual({ ...NOTHING, unchanged: ['acme-ai/large', 'acme-ai/small'] })
  })

  it('publishes nothing if a price of the plan was superseded since', async () => {
    const { pricing } = setUp()
    const source = list({ large: [2, 2], small: [1, 1] })
    const { digest } = await pricing.planPriceImport(OPERATOR_SCOPE, source)
    await pricing.publishPrice(OPERATOR_SCOPE, { provider: 'acme-ai', model: 'large', from: FROM, perMillionTokens: { input: d('5') } })
    await expect(pricing.applyPriceImport(OPERATOR_SCOPE, { source, planDigest: digest })).rejects.toThrow(PriceImportOutdated)
    expect([await rateOf(pricing, 'large'), await rateOf(pricing, 'small')]).toEqual(['5', undefined])
  })

  it('succeeds if only unrelated prices were published since', async () => {
    const { pricing } = setUp()
    const source = list({ large: [2, 2] })
    const { digest } = await pricing.planPriceImport(OPERATOR_SCOPE, source)
    await pricing.publishPrice(OPERATOR_SCOPE, { provider: 'acme-ai', model: 'other', from: FROM, perMillionTokens: { input: d('5') } })
    expect(await pricing.applyPriceImport(OPERATOR_SCOPE, { source, planDigest: digest })).toHaveLength(1)
  })

  it('plans again if a price is published between reading and writing', async () => {
    const store = memoryPriceStore()
    let interruptions = 1
    const pricing = createPricing({
      clock: settableClock('2026-11-20T00:00:00Z'),
      ids: countingIds(),
      store: {
        ...store,
        async addIfVersion(scope, prices, version) {
          if (interruptions-- > 0) await store.add(scope, [makePrice({ id: 'concurrent', rates: { input: '9' } })])
          return store.addIfVersion(scope, prices, version)
        },
      },
    })
    const source = list({ large: [2, 2] })
    const { digest } = await pricing.planPriceImport(OPERATOR_SCOPE, source)
    await expect(pricing.applyPriceImport(OPERATOR_SCOPE, { source, planDigest: digest })).rejects.toThrow(PriceImportOutdated)
    expect((await store.all()).map(({ id }) => id)).toEqual(['concurrent'])
  })

  it('applies a plan once, even if it is called concurrently', async () => {
    const { pricing, store } = setUp()
    const source = list({ large: [2, 2] })
    const { digest } = await pricing.planPriceImport(OPERATOR_SCOPE, source)
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => pricing.applyPriceImport(OPERATOR_SCOPE, { source, planDigest: digest })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await store.all()).toHaveLength(1)
  })

  it('rejects tenants, as does planPriceImport', async () => {
    const { pricing } = setUp()
    const source = list({ large: [2, 2] })
    await expect(pricing.planPriceImport(tenantScope('acme'), source)).rejects.toThrow(Forbidden)
    await expect(pricing.applyPriceImport(tenantScope('acme'), { source, planDigest: '' })).rejects.toThrow(Forbidden)
  })
})
