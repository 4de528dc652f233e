import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeBillingRunStore, describePlanStore, describeSubscriptionStore, subscriptionOf } from '../testing/index.ts'
import { postgresBillingRuns, postgresPlanStore, postgresSubscriptionStore } from './index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describePlanStore('PostgreSQL', async () => {
  await test.asOwner(`delete from invoicing.plans where version > 1 or name not in ('free', 'pro', 'business', 'enterprise')`)
  return postgresPlanStore(test.database)
})

describeSubscriptionStore('PostgreSQL', async () => {
  await test.asOwner('truncate invoicing.subscriptions')
  return postgresSubscriptionStore(test.database)
})

describeBillingRunStore('PostgreSQL', async () => {
  await test.asOwner('truncate invoicing.billing_runs cascade')
  return postgresBillingRuns(test.database)
})

describe('the database', () => {
  it('never changes or removes a version of a plan', async () => {
    await expect(test.database.query(OPERATOR_SCOPE, `update invoicing.plans set terms = '{}'`)).rejects.toThrow('permission denied')
    await expect(test.database.query(OPERATOR_SCOPE, 'delete from invoicing.plans')).rejects.toThrow('permission denied')
  })

  it('shows a tenant its own subscription only, and lets it publish no plan', async () => {
    await test.asOwner('truncate invoicing.subscriptions')
    await postgresSubscriptionStore(test.database).add(subscriptionOf([{ from: '2026-11-01T00:00:00Z' }]), async () => {})
    const count = 'select count(*)::integer as count from invoicing.subscriptions'
    expect(await test.database.query(tenantScope('acme'), count)).toEqual([{ count: 1 }])
    expect(await test.database.query(tenantScope('globex'), count)).toEqual([{ count: 0 }])
    const publish = `insert into invoicing.plans (name, version, key, terms, published_at) values ('cheap', 1, 'cheap', '{}', now())`
    await expect(test.database.query(tenantScope('acme'), publish)).rejects.toThrow('row-level security')
  })
})
