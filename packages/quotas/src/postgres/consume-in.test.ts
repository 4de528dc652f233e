import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { openDatabase } from '@tollgate/postgres'
import { settableClock, tenantScope } from '@tollgate/kernel'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createQuotas } from '../create-quotas.ts'
import { QuotasOverloaded, QuotaStoreUnavailable } from '../model/errors.ts'
import { newTenant } from '../testing/builders/quotas-over.ts'
import { ALERTS_CHANNEL } from './alerts/insert-alerts.ts'
import { postgresQuotaStore } from './postgres-quota-store.ts'

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase()
})
afterAll(() => testDatabase.drop())

const DAILY = { metric: 'tokens', window: 'day', limit: '100' } as const
const tokens = (amount: string) => [{ metric: 'tokens', amount }] as const

function quotasHere() {
  const store = postgresQuotaStore({ database: testDatabase.database })
  return { quotas: createQuotas({ store, policies: [DAILY], clock: settableClock('2026-11-20T12:00:00Z') }), tenantId: newTenant() }
}

describe('usage that is counted as part of a transaction', () => {
  it('is counted, settles reservations and raises alerts when it commits', async () => {
    const { quotas, tenantId } = quotasHere()
    const { reservation } = await quotas.reserve({ tenantId, requests: tokens('50') })
    await testDatabase.database.transaction(tenantScope(tenantId), async transaction => {
      await quotas.consumeIn(transaction, [
        { tenantId, requests: tokens('45'), reservationId: reservation?.id },
        { tenantId, requests: tokens('10') },
      ])
    })
    const [quota] = (await quotas.status({ tenantId })).quotas
    expect([quota?.used.toFixed(), quota?.reserved.toFixed()]).toEqual(['55', '0'])
    expect(await quotas.alerts(tenantScope(tenantId), { first: 10 })).toHaveLength(1)
  })

  it('leaves no trace when it is rolled back', async () => {
    const { quotas, tenantId } = quotasHere()
    const { reservation } = await quotas.reserve({ tenantId, requests: tokens('50') })
    const failing = testDatabase.database.transaction(tenantScope(tenantId), async transaction => {
      await quotas.consumeIn(transaction, [{ tenantId, requests: tokens('99'), reservationId: reservation?.id }])
      throw new Error('after all')
    })
    await expect(failing).rejects.toThrow('after all')
    const [quota] = (await quotas.status({ tenantId })).quotas
    expect([quota?.used.toFixed(), quota?.reserved.toFixed()]).toEqual(['0', '50'])
    expect(await quotas.alerts(tenantScope(tenantId), { first: 10 })).toEqual([])
  })

  it('is counted by policies that another process has just set', async () => {
    const { quotas, tenantId } = quotasHere()
    await quotas.consume({ tenantId, requests: tokens('1') })
    await quotasHere().quotas.setQuota({ tenantId, ...DAILY, window: 'hour', limit: '7' })
    await testDatabase.database.transaction(tenantScope(tenantId), transaction => quotas.consumeIn(transaction, [{ tenantId, requests: tokens('9') }]))
    expect((await quotas.status({ tenantId })).quotas.map(({ policy, used }) => [policy.window, used.toFixed()])).toEqual([
      ['day', '10'],
      ['hour', '9'],
    ])
  })

  it('of many writers with overlapping tenants is counted once, without deadlocks', async () => {
    const { quotas } = quotasHere()
    const tenants = [newTenant(), newTenant(), newTenant()]
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => {
        const order = i % 2 === 0 ? tenants : tenants.toReversed()
        return testDatabase.database.transaction(tenantScope(...tenants), transaction =>
          quotas.consumeIn(
            transaction,
            order.map(tenantId => ({ tenantId, requests: tokens('2') })),
          ),
        )
      }),
    )
    const used = await Promise.all(tenants.map(async tenantId => (await quotas.status({ tenantId })).quotas[0]?.used.toFixed()))
    expect(used).toEqual(['60', '60', '60'])
  })
})

describe('a tenant that changed', () => {
  it('has its new plan if the transaction commits, and its old plan if not', async () => {
    const tenantId = newTenant()
    const profile = { plan: 'small', timeZone: 'UTC', billingAnchorDay: 1 }
    const plans = ['small', 'large'].map(name => ({ name, unlisted: 'allow', policies: [DAILY] }) as const)
    const quotas = createQuotas({ store: postgresQuotaStore({ database: testDatabase.database }), plans, tenants: () => ({ ...profile }) })
    const plan = async () => (await quotas.status({ tenantId })).plan
    const changed = (end: () => void) =>
      testDatabase.database.transaction(tenantScope(tenantId), async transaction => {
        await quotas.tenantChanged(tenantId, transaction)
        end()
      })
    expect(await plan()).toBe('small')
    profile.plan = 'large'
    const failing = changed(() => {
      throw new Error('after all')
    })
    await expect(failing).rejects.toThrow('after all')
    expect(await plan()).toBe('small')
    await changed(() => {})
    expect(await plan()).toBe('large')
  })

  it('is looked up through the transaction that counts usage', async () => {
    const asked: unknown[] = []
    const tenants = (_tenantId: string, transaction?: object) => {
      asked.push(transaction)
      return { plan: 'p', timeZone: 'UTC', billingAnchorDay: 1 }
    }
    const store = postgresQuotaStore({ database: testDatabase.database })
    const quotas = createQuotas({ store, plans: [{ name: 'p', unlisted: 'allow', policies: [DAILY] }], tenants })
    const tenantId = newTenant()
    await testDatabase.database.transaction(tenantScope(tenantId), async transaction => {
      await quotas.consumeIn(transaction, [{ tenantId, requests: tokens('9') }])
      expect(asked).toEqual([transaction])
    })
  })
})

describe('the PostgreSQL store', () => {
  it('notifies listeners once when an alert commits', async () => {
    const { quotas, tenantId } = quotasHere()
    const listener = new Client({ connectionString: testDatabase.url })
    await listener.connect()
    await listener.query(`listen ${ALERTS_CHANNEL}`)
    const notified: (string | undefined)[] = []
    listener.on('notification', ({ payload }) => notified.push(payload))
    await quotas.consume({ tenantId, requests: tokens('49') })
    await quotas.consume({ tenantId, requests: tokens('40') })
    await listener.query('select 1')
    const alerts = await quotas.alerts(tenantScope(tenantId), { first: 10 })
    await listener.end()
    expect(notified).toEqual([alerts.at(-1)?.cursor])
  })

  it('hides rows of other tenants by row-level security', async () => {
    const { quotas, tenantId } = quotasHere()
    await quotas.setQuota({ tenantId, ...DAILY, limit: '60' })
    await quotas.reserve({ tenantId, requests: tokens('10') })
    await quotas.consume({ tenantId, requests: tokens('50') })
    await quotas.enforce({ tenantId, requests: tokens('0'), consume: true, idempotencyKey: 'key' })
    for (const table of ['counters', 'keyed_uses', 'holds', 'reservations', 'alerts', 'overrides', 'tenant_revisions']) {
      const count = async (tenant: string) => {
        const [row] = await testDatabase.database.query<{ rows: string }>(
          tenantScope(tenant),
          `select count(*)::text as rows from quotas.${table} where tenant_id = $1`,
          [tenantId],
        )
        return Number(row?.rows)
      }
      expect([table, (await count(tenantId)) > 0, await count(newTenant())]).toEqual([table, true, 0])
    }
  })

  it('never decides by storeFailure when the database is busy, because callers could bring that about', async () => {
    const database = await openDatabase({ ...testDatabase.access, poolSize: 1, connectTimeoutMs: 2_000 })
    const policies = [{ ...DAILY, limit: '0', storeFailure: 'allow' as const }]
    const quotas = createQuotas({ store: postgresQuotaStore({ database }), policies })
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const holder = database.transaction(tenantScope('t'), () => released)
    const asked = { tenantId: 't', requests: tokens('1') }
    const decisions = [quotas.enforce({ ...asked, consume: true }), quotas.enforce(asked), quotas.reserve({ ...asked, ttlSeconds: 60 })]
    await Promise.all(decisions.map(decision => expect(decision).rejects.toThrow(QuotasOverloaded)))
    release()
    await holder
    expect(await quotas.enforce({ tenantId: 't', requests: tokens('1'), consume: true })).toMatchObject({ allowed: false, degraded: false })
    await database.close()
  })

  it("rejects with QuotaStoreUnavailable when the database is unavailable, and decides by the policy's storeFailure", async () => {
    // Nothing listens on port 1.
    const database = await openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing', scopeKey: '' })
    const quotas = createQuotas({ store: postgresQuotaStore({ database }), policies: [{ ...DAILY, storeFailure: 'allow' }] })
    expect(await quotas.enforce({ tenantId: 't', requests: tokens('1'), consume: true })).toMatchObject({ allowed: true, degraded: true })
    await expect(quotas.consume({ tenantId: 't', requests: tokens('1') })).rejects.toThrow(QuotaStoreUnavailable)
    await database.close()
  })
})
