import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { openDatabase, type PostgresDatabase, type PostgresTransaction } from '@tollgate/postgres'
import { Decimal, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createQuotas } from '../create-quotas.ts'
import type { Quotas } from '../quotas.ts'
import { atOnce, newTenant } from '../testing/builders/quotas-over.ts'
import type { RecordedUsage } from '../recorded-usage.ts'
import { postgresQuotaStore } from './postgres-quota-store.ts'

let testDatabase: TestDatabase
let databases: readonly PostgresDatabase[] = []
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  databases = await Promise.all([1, 2, 3].map(() => openDatabase({ ...testDatabase.access, poolSize: 4 })))
  await testDatabase.asOwner('create table public.uses (tenant_id text not null, at timestamptz not null, tokens integer not null)')
  await testDatabase.asOwner('grant select, insert on public.uses to public')
})
afterAll(async () => {
  await Promise.all(databases.map(({ close }) => close()))
  await testDatabase.drop()
})

/** Sums up a table that is written in the transactions that count. */
const recordedUsage: RecordedUsage = {
  aheadMs: 0,
  tenants: async transaction =>
    (await (transaction as PostgresTransaction).query<{ tenant_id: string }>('select distinct tenant_id from public.uses')).map(row => row.tenant_id),
  async sums(transaction, { tenantIds, periods }) {
    const sums = periods.map(async ({ from, to }, period) => {
      const rows = await (transaction as PostgresTransaction).query<{ tenant_id: string; tokens: string }>(
        'select tenant_id, sum(tokens)::text as tokens from public.uses where tenant_id = any ($1::text[]) and at >= $2::timestamptz and at < $3::timestamptz group by 1',
        [tenantIds, from.toString(), to.toString()],
      )
      return rows.map(row => ({ tenantId: row.tenant_id, period, scopeValues: [], amount: new Decimal(row.tokens) }))
    })
    return (await Promise.all(sums)).flat()
  },
}

const TENANTS = 3
const RECORDS = 48

describe('while other transactions count usage', () => {
  it.each([1, 2, 3])('limits that are set, cleared and published count each use exactly once, without deadlocks (run %i)', async () => {
    const clock = settableClock('2026-11-20T12:00:00Z')
    const tenantIds = Array.from({ length: TENANTS }, newTenant)
    const plan = `plan-${newTenant()}`
    const profile = { plan, timeZone: 'UTC', billingAnchorDay: 1 }
    const plans = [{ name: plan, policies: [], unlisted: 'allow' }] as const
    const servers = databases.map(database => createQuotas({ store: postgresQuotaStore({ database }), plans, tenants: () => profile, clock, recordedUsage }))
    const server = (i: number) => servers[i % servers.length] as Quotas

    const record = (i: number) =>
      databases[i % databases.length]?.transaction(tenantScope(...tenantIds), async transaction => {
        const uses = tenantIds.map((tenantId, n) => ({ tenantId, tokens: i + n, at: Temporal.Instant.from(`2026-11-20T11:${10 + (i % 50)}:00Z`) }))
        for (const { tenantId, tokens, at } of uses) await transaction.query('insert into public.uses values ($1, $2, $3)', [tenantId, at.toString(), tokens])
        const counted = uses.map(({ tenantId, tokens, at }) => ({ tenantId, at, requests: [{ metric: 'tokens', amount: String(tokens) }] as const }))
        await server(i).consumeIn(transaction, i % 2 === 0 ? counted : counted.toReversed())
      })
    const change = async (i: number) => {
      const tenantId = tenantIds[i % TENANTS] ?? ''
      await server(i).setQuota({ tenantId, metric: 'tokens', window: 'day', limit: null })
      await server(i + 1).setQuota({ tenantId, metric: 'tokens', window: 'hour', sliding: true, limit: '1000' })
      if (i === 0) await server(1).publishPlan({ ...plans[0], policies: [{ metric: 'tokens', window: 'month', limit: null }] })
      await server(i + 2).clearQuota({ tenantId, metric: 'tokens', window: 'day' })
      await server(i).setQuota({ tenantId, metric: 'tokens', window: 'day', limit: '5' })
    }
    await atOnce(RECORDS + TENANTS, async i => (i % 17 === 0 ? change(i / 17) : record(i)))

    for (const tenantId of tenantIds) {
      const [row] = await testDatabase.asOwner<{ tokens: string }>('select sum(tokens)::text as tokens from public.uses where tenant_id = $1', [tenantId])
      const { quotas } = await server(0).status({ tenantId })
      expect(quotas.map(({ policy, used }) => `${policy.limitKey} ${used.toFixed()}`).toSorted()).toEqual(
        ['tokens/day//', 'tokens/month//', 'tokens/sliding-hour//'].map(limitKey => `${limitKey} ${row?.tokens}`),
      )
    }
  })
})
