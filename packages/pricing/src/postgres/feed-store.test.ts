import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeFeedStore } from '../testing/index.ts'
import { postgresFeedStore, pricingEntities } from './index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ entities: pricingEntities })
})
afterAll(() => test.drop())

describeFeedStore('postgresFeedStore', async () => {
  await test.asOwner('truncate pricing.feed_decisions, pricing.price_feed')
  await test.asOwner('insert into pricing.price_feed default values')
  return postgresFeedStore({ database: test.database })
})

describe('the tables of the feed', () => {
  it.each(['price_feed', 'feed_decisions'])('hide %s from tenants', async table => {
    await test.database.query(
      OPERATOR_SCOPE,
      `insert into pricing.feed_decisions (change_id, approved, decided_by, decided_at) values ('a', true, 'ada', now())`,
    )
    expect(await test.database.query(tenantScope('acme'), `select from pricing.${table}`)).toEqual([])
    expect((await test.database.query(OPERATOR_SCOPE, `select from pricing.${table}`)).length).toBeGreaterThan(0)
  })
  it('let no tenant change the feed', async () => {
    const statement = `update pricing.price_feed set problem = 'forged' returning problem`
    expect(await test.database.query(tenantScope('acme'), statement)).toEqual([])
  })
  it.each(['update pricing.feed_decisions set approved = true', 'delete from pricing.feed_decisions', 'delete from pricing.price_feed'])(
    'reject %s, even from an operator',
    async statement => {
      await expect(test.database.query(OPERATOR_SCOPE, statement)).rejects.toThrow(/permission denied/)
    },
  )
})
