import { createTestDatabase, type TestDatabase } from '@tollgate/kernel/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LOCK_COUNTERS, READ_HOLDS } from './load-state.ts'
import { READ_COUNTERS, READ_SLOT } from './read-counters.ts'

const COUNTERS = 20_000

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  const { asOwner } = testDatabase
  await asOwner(`
    insert into quotas.counters (id, tenant_id, slot, scope_value, window_from, window_to)
    select gen_random_uuid(), 'tenant-' || n % 200, 'tokens/day/customer/', '["c' || n || '"]', '2026-11-20', '2026-11-21' from generate_series(1, ${COUNTERS}) as n`)
  await asOwner(`
    insert into quotas.holds (reservation_id, counter_id, tenant_id, amount, expires_at)
    select gen_random_uuid(), id, tenant_id, 1, timestamptz '2026-11-20' + random() * interval '1 day' from quotas.counters`)
  await asOwner('analyze quotas.counters, quotas.holds, quotas.reservations')
})
afterAll(() => testDatabase.drop())

const someIds = `(select array_agg(id) from (select id from quotas.counters limit 20) as few)`

it.each([
  { name: 'locking counters', statement: LOCK_COUNTERS, values: [someIds, `array[]::uuid[]`] },
  { name: 'reading holds', statement: READ_HOLDS, values: [someIds, `'2026-11-20T00:10:00Z'`, someIds] },
  { name: 'reading counters', statement: READ_COUNTERS, values: [someIds, `'2026-11-20T00:10:00Z'`, `'tenant-1'`] },
  { name: 'reading a slot', statement: READ_SLOT, values: [`'tenant-1'`, `'tokens/day/customer/'`, `'2026-11-20T00:00:00Z'`, `'2026-11-20T00:10:00Z'`, '10'] },
])('$name reads by an index, however many there are', async ({ statement, values }) => {
  // As constants, as the planner sees parameters of a statement that is not prepared.
  const ids = JSON.stringify((await testDatabase.asOwner<{ ids: string[] }>(`select (${someIds})::text[] as ids`))[0]?.ids ?? [])
  const constants = values.map(value => (value === someIds ? `'${ids.replace('[', '{').replace(']', '}')}'` : value))
  const text = statement.replaceAll(/\$(\d)/g, (_, position: string) => constants[Number(position) - 1] ?? 'null')
  const plan = await testDatabase.asOwner<{ 'QUERY PLAN': string }>(`explain ${text}`)
  const lines = plan.map(row => row['QUERY PLAN'])
  expect(lines.filter(line => /Seq Scan on (?:counters|holds)/.test(line))).toEqual([])
  expect(lines.some(line => /Index (?:Only )?Scan/.test(line))).toBe(true)
})
