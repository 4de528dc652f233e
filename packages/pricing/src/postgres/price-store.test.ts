import type { PostgresDatabase } from '@tollgate/postgres'
import { openEntityDatabase } from '@tollgate/postgres/mikro-orm'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Decimal, OPERATOR_SCOPE, randomIds, systemClock, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundledPrices } from '../engine/bundled/bundled-prices.ts'
import { createPricing } from '../create-pricing.ts'
import { rateUsage } from '../engine/rate-usage.ts'
import { describePriceStore, makePrice } from '../testing/index.ts'
import { postgresPriceStore, pricingEntities } from './index.ts'

const IMPORTED_AT = Temporal.Instant.from('2026-11-20T00:00:00Z')
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ entities: pricingEntities })
})
afterAll(() => test.drop())

const empty = () => test.asOwner('truncate pricing.prices, pricing.price_rates, pricing.bundled_releases, pricing.bundled_release_prices')

describePriceStore('postgresPriceStore', async () => {
  await empty()
  return postgresPriceStore({ database: test.database })
})

describe('the tables', () => {
  const insert = `insert into pricing.prices (id, source, tenant_id, provider, model, match, published_at)
    values ('forged', 'tenant', 'acme', 'openai', 'gpt-5', '{}', now())`

  it.each([
    insert,
    `insert into pricing.price_rates (price_id, pool, step, usd_per_million_tokens) values ('forged', 'input', 0, 0)`,
    `insert into pricing.bundled_releases (digest) values ('forged')`,
    `insert into pricing.bundled_release_prices (release, price_id, position) values (1, 'forged', 0)`,
  ])('reject rows from tenants by row-level security: %s', async statement => {
    await expect(test.database.query(tenantScope('acme'), statement)).rejects.toThrow(/row-level security/)
  })
  it.each([
    'update pricing.prices set provider = provider',
    'delete from pricing.prices',
    'update pricing.price_rates set step = step',
    'update pricing.catalog_version set version = 0',
  ])('reject %s, even from an operator', async statement => {
    await expect(test.database.query(OPERATOR_SCOPE, statement)).rejects.toThrow(/permission denied/)
  })
  it('hide rates of other tenants', async () => {
    await empty()
    await postgresPriceStore({ database: test.database }).add(OPERATOR_SCOPE, [makePrice({ id: 'secret', tenantId: 'globex' })])
    expect(await test.database.query(tenantScope('acme'), 'select * from pricing.price_rates')).toEqual([])
    expect(await test.database.query(tenantScope('globex'), 'select * from pricing.price_rates')).toHaveLength(2)
  })
})

describe('two servers', () => {
  it("see each other's publications in the next catalogue", async () => {
    await empty()
    const other = await openEntityDatabase({ ...test.access, entities: pricingEntities })
    try {
      const serve = (database: PostgresDatabase) => createPricing({ store: postgresPriceStore({ database }), clock: systemClock, ids: randomIds() })
      const [here, there] = [serve(test.database), serve(other)]
      await Promise.all([here.importBundledPrices(), there.importBundledPrices()])
      const costsHere = async () => {
        const rated = rateUsage({ catalog: await here.catalog(), provider: 'openai', model: 'gpt-5-mini', tokens: { input: 1 }, at: '2026-11-20T00:00:00Z' })
        return rated.cost?.toFixed()
      }
      expect(await costsHere()).toBe('0.00000025')
      const draft = {
        provider: 'openai',
        model: 'gpt-5-mini',
        from: Temporal.Instant.from('2026-01-01T00:00:00Z'),
        perMillionTokens: { input: new Decimal('0.2') },
      }
      await there.publishPrice(OPERATOR_SCOPE, draft)
      expect(await costsHere()).toBe('0.0000002')
    } finally {
      await other.close()
    }
  })
})

describe('reading all prices', () => {
  it('reads bundled prices once per release', async () => {
    await empty()
    const store = postgresPriceStore({ database: test.database })
    await store.importBundled([makePrice({ id: 'one', source: 'bundled' })], IMPORTED_AT)
    const [before] = await store.all()
    await store.add(OPERATOR_SCOPE, [makePrice({ id: 'published' })])
    const [after, published] = await store.all()
    expect(after).toBe(before)
    expect(published?.id).toBe('published')
    await store.importBundled([makePrice({ id: 'two', source: 'bundled' })], IMPORTED_AT)
    expect((await store.all()).map(({ id }) => id)).toEqual(['two', 'published'])
  })
})

describe('importing bundled prices', () => {
  it('takes less than a second the first time, and less than 100 ms after that', async () => {
    await empty()
    const store = postgresPriceStore({ database: test.database })
    const prices = bundledPrices()
    const first = await elapsedMs(() => store.importBundled(prices, IMPORTED_AT))
    const again = await elapsedMs(() => store.importBundled(prices, IMPORTED_AT))
    expect(first).toBeLessThan(1_000)
    expect(again).toBeLessThan(100)
  })
})

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
