import { countingIds, OPERATOR_SCOPE, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { openEntityDatabase } from '@tollgate/postgres/mikro-orm'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createModelAliases } from '../create-model-aliases.ts'
import { createPricing } from '../create-pricing.ts'
import { describeAliasStore, makeAlias } from '../testing/index.ts'
import { postgresAliasStore, postgresCatalogVersions, postgresPriceStore, pricingEntities } from './index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ entities: pricingEntities })
})
afterAll(() => test.drop())

async function empty(): Promise<void> {
  await test.asOwner('truncate pricing.model_aliases, pricing.alias_counts, pricing.shared_model_aliases')
  await test.asOwner('update pricing.shared_alias_count set aliases = 0')
}

describeAliasStore('postgresAliasStore', async () => {
  await empty()
  return postgresAliasStore({ database: test.database })
})

describe('the tables of aliases', () => {
  beforeEach(empty)

  it.each([
    `insert into pricing.model_aliases (tenant_id, id, provider, name, published_at) values ('globex', gen_random_uuid(), 'azure', 'forged', now())`,
    `insert into pricing.alias_counts (tenant_id, aliases) values ('globex', 1)`,
    `insert into pricing.shared_model_aliases (id, provider, name, published_at) values (gen_random_uuid(), 'azure', 'forged', now())`,
  ])('reject rows of others from tenants by row-level security: %s', async statement => {
    await expect(test.database.query(tenantScope('acme'), statement)).rejects.toThrow(/row-level security/)
  })
  it('hide aliases of other tenants', async () => {
    await postgresAliasStore({ database: test.database }).add(OPERATOR_SCOPE, makeAlias({ tenantId: 'globex' }), 1)
    expect(await test.database.query(tenantScope('acme'), 'select * from pricing.model_aliases')).toEqual([])
  })
  it.each([
    `update pricing.model_aliases set name = name`,
    `delete from pricing.model_aliases`,
    `update pricing.shared_model_aliases set name = name`,
    `delete from pricing.shared_model_aliases`,
  ])('reject %s, even from an operator', async statement => {
    await expect(test.database.query(OPERATOR_SCOPE, statement)).rejects.toThrow(/permission denied/)
  })
})

describe('the catalogue of another server', () => {
  it('applies an alias as soon as it is set', async () => {
    await empty()
    const other = await openEntityDatabase({ ...test.access, entities: pricingEntities })
    try {
      const clock = settableClock('2026-11-20T00:00:00Z')
      const ids = countingIds()
      const pricing = createPricing({
        store: postgresPriceStore({ database: other }),
        aliases: postgresAliasStore({ database: other }),
        versions: postgresCatalogVersions(other),
        clock,
        ids,
      })
      await pricing.importBundledPrices()
      const found = async () => {
        const catalog = await pricing.catalog()
        return ['acme', 'globex'].map(tenantId => catalog.find({ provider: 'azure', model: 'prod-chat', tenantId, at: clock.now() })?.model)
      }
      expect(await found()).toEqual([undefined, undefined])
      const aliases = createModelAliases({ store: postgresAliasStore({ database: test.database }), clock, ids })
      const from = Temporal.Instant.from('2026-11-01T00:00:00Z')
      await aliases.set(tenantScope('acme'), {
        tenantId: 'acme',
        provider: 'azure',
        name: 'prod-chat',
        target: { provider: 'azure', model: 'gpt-5-mini' },
        from,
      })
      expect(await found()).toEqual(['gpt-5-mini', undefined])
    } finally {
      await other.close()
    }
  })
})
