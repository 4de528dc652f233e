import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usageEvent } from '../testing/builders/usage-event.ts'
import { postgresRejectedEventStore } from './rejected-event-store.ts'
import { postgresUsageStore } from './usage-store.ts'

const ACME = tenantScope('acme')

/** The tables with usage of tenants. */
const TABLES = [
  'dimension_sets',
  'event_keys',
  'events',
  'latencies_daily',
  'latencies_hourly',
  'rejected_events',
  'rollup_details_daily',
  'rollup_details_hourly',
  'rollups_daily',
  'rollups_hourly',
].map(name => `usage.${name}`)

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
  const latencies = Array.from({ length: 60 }, (_, latencyMs) => latencyMs)
  const store = postgresUsageStore({ database: test.database })
  // Twice, so that a full tail of latencies moves to its table.
  for (const _ of [1, 2])
    await store.commit(['acme', 'globex'].flatMap(tenantId => latencies.map(latencyMs => usageEvent({ tenantId, latencyMs, cost: null }))))
  await postgresRejectedEventStore(test.database).add(
    ['acme', 'globex'].map(tenantId => ({ ...usageEvent({ tenantId }), reason: 'r', payload: {}, rejectedAt: usageEvent().recordedAt })),
  )
})
afterAll(() => test.drop())

describe('a tenant', () => {
  it('has rows in each table, so that the tests below have something to protect', async () => {
    for (const table of TABLES) {
      expect(await test.database.query(OPERATOR_SCOPE, `select distinct tenant_id from ${table} order by 1`), table).toEqual([
        { tenant_id: 'acme' },
        { tenant_id: 'globex' },
      ])
    }
  })

  it('cannot read rows of another tenant', async () => {
    for (const table of TABLES) {
      expect(await test.database.query(ACME, `select distinct tenant_id from ${table}`), table).toEqual([{ tenant_id: 'acme' }])
      expect(await test.database.query(tenantScope(), `select 1 from ${table}`), table).toEqual([])
    }
  })

  it('cannot write rows of another tenant', async () => {
    for (const table of TABLES) {
      const forge = `insert into ${table} select (jsonb_populate_record(row, '{"tenant_id": "globex"}')).* from ${table} as row limit 1`
      await expect(test.database.query(ACME, forge), table).rejects.toThrow(/violates row-level security/)
    }
  })

  it('cannot change rows of another tenant', async () => {
    for (const table of [
      'usage.rollups_hourly',
      'usage.rollups_daily',
      'usage.latencies_hourly',
      'usage.latencies_daily',
      'usage.rollup_details_hourly',
      'usage.rollup_details_daily',
      'usage.rejected_events',
    ]) {
      expect(await test.database.query(ACME, `update ${table} set tenant_id = tenant_id where tenant_id = 'globex' returning 1`), table).toEqual([])
      await expect(test.database.query(ACME, `update ${table} set tenant_id = 'globex'`), table).rejects.toThrow(/violates row-level security/)
    }
  })

  it('cannot commit events of another tenant: the scope of a commit comes from its batch', async () => {
    const forge = async () => {
      await postgresUsageStore({ database: test.database }).commit(
        [usageEvent({ tenantId: 'acme' })],
        [
          async transaction => {
            await (transaction as typeof transaction & { query(text: string): Promise<unknown> }).query(
              `insert into usage.event_keys select gen_random_uuid(), now(), true, 'globex', 'forged', ''`,
            )
          },
        ],
      )
    }
    await expect(forge()).rejects.toThrow(/violates row-level security/)
  })
})

describe('the schema', () => {
  it('has a policy on every table, also on tables that this test does not know', async () => {
    const found = await test.asOwner<{ name: string; guarded: boolean }>(
      `select format('usage.%I', relname) as name,
         relrowsecurity and exists (select from pg_policy where polrelid = pg_class.oid and polname = 'tenant_isolation') as guarded
       from pg_class
       where relnamespace = 'usage'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    )
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(TABLES))
    expect(found.filter(({ guarded }) => !guarded)).toEqual([])
  })
})

describe('the application', () => {
  it('cannot change or delete recorded rows, even for an operator', async () => {
    for (const table of ['usage.events', 'usage.event_keys', 'usage.dimension_sets']) {
      await expect(test.database.query(OPERATOR_SCOPE, `update ${table} set tenant_id = tenant_id`), table).rejects.toThrow(/permission denied/)
      await expect(test.database.query(OPERATOR_SCOPE, `delete from ${table}`), table).rejects.toThrow(/permission denied/)
    }
  })

  it('cannot bypass the policies by reading a partition directly', async () => {
    for (const partition of ['usage.events_2026_03', 'usage.events_before_2000']) {
      await expect(test.database.query(OPERATOR_SCOPE, `select 1 from ${partition}`), partition).rejects.toThrow(/permission denied/)
    }
  })
})
