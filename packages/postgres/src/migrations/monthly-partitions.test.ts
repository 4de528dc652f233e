import { tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

it('are those of events and of audit logs', async () => {
  const rows = await test.asOwner(`select oid::regclass::text as name from pg_class where relkind = 'p' order by 1`)
  expect(rows).toEqual([{ name: 'audit.events' }, { name: 'usage.events' }])
})

describe.each(['usage', 'audit'])('the monthly partitions of %s', schema => {
  const ensure = async (month: string) => {
    const [row] = await test.database.query<{ existed: boolean }>(tenantScope(), `select ${schema}.ensure_partition($1::date) as existed`, [month])
    return row?.existed
  }

  it('are waited for until their creator has told other sessions, not only until they are visible', async () => {
    expect(await ensure('2033-01-01')).toBe(false)
    // As its creator, whose locks are released last.
    await test.asOwner('begin')
    await test.asOwner(`lock table ${schema}.events_2033_01 in access exclusive mode`)
    const found = ensure('2033-01-01')
    const isWaiting = vi.waitUntil(
      async () => (await test.asOwner(`select from pg_locks where not granted and relation = '${schema}.events_2033_01'::regclass`)).length > 0,
    )
    expect(await Promise.race([found.then(() => 'found'), isWaiting.then(() => 'waiting')])).toBe('waiting')
    await test.asOwner('commit')
    expect(await found).toBe(true)
  })

  it('plan for large tenants from the start, as their table does', async () => {
    await ensure('2033-02-01')
    const options = async (table: string) =>
      test.asOwner(`select attname, attoptions from pg_attribute where attrelid = '${schema}.${table}'::regclass and attoptions is not null`)
    expect(await options('events_2033_02')).toEqual([
      { attname: 'tenant_id', attoptions: expect.arrayContaining([expect.stringMatching(/^n_distinct=\d+$/)]) as unknown },
    ])
    expect(await options('events_2033_02')).toEqual(await options('events'))
  })

  it('are created again after they were dropped, and after a rollback', async () => {
    expect(await ensure('2033-03-01')).toBe(false)
    expect(await ensure('2033-03-01')).toBe(true)
    await test.asOwner(`drop table ${schema}.events_2033_03`)
    const rolledBack = test.database.transaction(tenantScope(), async ({ query }) => {
      expect(await query(`select ${schema}.ensure_partition('2033-03-01') as existed`)).toEqual([{ existed: false }])
      throw new Error('stop')
    })
    await expect(rolledBack).rejects.toThrow('stop')
    expect(await ensure('2033-03-01')).toBe(false)
  })

  it('are whole months, within the years that have partitions', async () => {
    await expect(ensure('2033-04-02')).rejects.toThrow('not the first day of a month: 2033-04-02')
    expect(await ensure('1999-12-01')).toBe(true)
    expect(await ensure('2100-01-01')).toBe(true)
  })
})
