import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LATEST_ALERTS } from './alerts/list-latest-alerts.ts'
import { LOCK_COUNTERS, LOCK_COUNTERS_AND_HELD, READ_EXPIRED_HOLDS, READ_HOLDS } from './commands/load-state.ts'
import { READ_COUNTERS, READ_LIMIT_USAGE } from './usage/read-counters.ts'
import { READ_REACHED } from './policies/read-reached.ts'
import { READ_HISTORY, READ_HISTORY_OF_VALUE } from './usage/read-history.ts'
import { READ_NEAR_LIMITS } from './usage/read-near-limits.ts'
import { READ_USAGE } from './usage/read-usage.ts'
import { UPDATE_COUNTERS, UPDATE_USED } from './commands/save-changes.ts'
import { READ_KEYED_USES } from './tables/keyed-uses.ts'
import { SWEEP_ALERTS, SWEEP_COUNTERS, SWEEP_KEYED_USES, SWEEP_RESERVATIONS, SWEEP_SLIDING_COUNTERS } from './upkeep/sweep-old-rows.ts'

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
  await asOwner(`
    insert into quotas.reservations (id, tenant_id, made_at, expires_at, dimensions, amounts, counter_ids)
    select gen_random_uuid(), 'tenant-' || n % 200, '2026-11-20', '2026-11-20', '{}', '[]', '{}' from generate_series(1, ${COUNTERS}) as n`)
  await asOwner(`
    insert into quotas.alerts (cursor, tenant_id, counter_id, policy_id, metric, window_unit, window_from, window_to, scope, scope_value, threshold, used, quota_limit, occurred_at)
    select n, 'tenant-' || n % 200, gen_random_uuid(), 'p', 'tokens', 'day', '2026-11-20', '2026-11-21',
      case n % 2 when 0 then '[]' else '["customer"]' end::jsonb, case n % 2 when 0 then '[]' else jsonb_build_array('c' || n) end, 50, 1, 2, '2026-11-20'
    from generate_series(1, ${COUNTERS}) as n`)
  await asOwner(`
    insert into quotas.keyed_uses (tenant_id, idempotency_key, content, counted_at)
    select 'tenant-' || n % 200, 'key-' || n, gen_random_uuid(), timestamptz '2026-11-20' + n * interval '1 second' from generate_series(1, ${COUNTERS}) as n`)
  await asOwner('update quotas.counters set used = 9, quota_limit = 10, near_limit = true where id in (select id from quotas.counters limit 50)')
  await asOwner('analyze quotas.counters, quotas.holds, quotas.reservations, quotas.alerts, quotas.keyed_uses')
})
afterAll(() => testDatabase.drop())

const NOON = `'2026-11-20T12:00:00Z'`
const someIds = `(select array_agg(id) from (select id from quotas.counters limit 20) as few)`

it.each([
  { name: 'locking counters', statement: LOCK_COUNTERS.text, values: [someIds] },
  { name: 'locking counters, and those of reservations', statement: LOCK_COUNTERS_AND_HELD.text, values: [someIds, `array[]::uuid[]`] },
  { name: 'reading expired holds', statement: READ_EXPIRED_HOLDS.text, values: [someIds, `'2026-11-20T00:10:00Z'`] },
  { name: 'reading holds', statement: READ_HOLDS.text, values: [someIds, `'2026-11-20T00:10:00Z'`, someIds] },
  { name: 'reading counters', statement: READ_COUNTERS, values: [someIds, `'2026-11-20T00:10:00Z'`, `'tenant-1'`] },
  {
    name: 'reading the usage of a limit',
    statement: READ_LIMIT_USAGE,
    values: [`'tenant-1'`, `'tokens/day/customer/'`, `'2026-11-20T00:00:00Z'`, `'2026-11-20T00:10:00Z'`, '10'],
  },
  {
    name: 'reading a page of usage',
    searched: ['scope_key'],
    statement: READ_USAGE,
    values: [`'tenant-1'`, `'{tokens/day/customer/}'`, `'{2026-11-20}'`, `'{null}'`, `'{c5}'`, `'{00000000-0000-0000-0000-000000000000}'`, NOON, '10'],
  },
  {
    name: 'comparing counters with many new limits',
    searched: ['window_from'],
    statement: READ_REACHED,
    values: [
      `'{${Array.from({ length: 1_000 }, (_, n) => `tenant-${n % 200}`).join()}}'`,
      `array_fill('tokens/day/customer/'::text, '{1000}')`,
      `array_fill('2026-11-20'::timestamptz, '{1000}')`,
      `array_fill(5::numeric, '{1000}')`,
      `array_fill(${NOON}::timestamptz, '{1000}')`,
    ],
  },
  { name: 'reading counters near their limits', statement: READ_NEAR_LIMITS, values: [NOON, '80', 'false', 'null', 'null', '10'] },
  {
    name: 'reading past windows of one value',
    searched: ['scope_key'],
    statement: READ_HISTORY_OF_VALUE,
    values: [`'tenant-1'`, `'tokens/day/customer/'`, `'2027-01-01'`, `'infinity'`, `'["c1"]'`, '10'],
  },
  {
    name: 'reading past windows',
    searched: ['scope_key'],
    statement: READ_HISTORY,
    values: [`'tenant-1'`, `'tokens/day/customer/'`, `'2027-01-01'`, `'infinity'`, `''`, `'00000000-0000-0000-0000-000000000000'`, '10'],
  },
  {
    name: 'reading the latest alerts of a customer',
    searched: ['customer_id'],
    statement: LATEST_ALERTS.ofCustomer,
    values: [`'9223372036854775807'`, '10', `'tenant-1'`, `'c1'`],
  },
  { name: 'sweeping counters', statement: SWEEP_COUNTERS, values: [`'2026-01-01'`, '10', `'{}'`] },
  { name: 'sweeping sliding counters', statement: SWEEP_SLIDING_COUNTERS, values: [NOON, '10', `'{}'`] },
  { name: 'sweeping reservations', statement: SWEEP_RESERVATIONS, values: [`'01900000-0000-7000-8000-000000000000'`, NOON, '10', `'{}'`] },
  { name: 'sweeping alerts', statement: SWEEP_ALERTS, values: [NOON, '10', `'{}'`] },
  {
    name: 'reading idempotency keys',
    searched: ['idempotency_key'],
    statement: READ_KEYED_USES.text,
    values: [`array['tenant-1', 'tenant-2']`, `array['key-1', 'key-2']`],
  },
  { name: 'sweeping idempotency keys', statement: SWEEP_KEYED_USES, values: [`'2026-11-20T00:10:00Z'`, '10', `'{}'`] },
])('$name uses an index on large tables', async ({ statement, values, searched }) => {
  // As constants: the planner sees the parameters of an unprepared statement like that.
  const ids = JSON.stringify((await testDatabase.asOwner<{ ids: string[] }>(`select (${someIds})::text[] as ids`))[0]?.ids ?? [])
  const constants = values.map(value => (value === someIds ? `'${ids.replace('[', '{').replace(']', '}')}'` : value))
  const text = statement.replaceAll(/\$(\d)/g, (_, position: string) => constants[Number(position) - 1] ?? 'null')
  // As the application role: row-level security affects which conditions can use an index.
  const plan = await testDatabase.database.query<{ 'QUERY PLAN': string }>(OPERATOR_SCOPE, `explain ${text}`, [])
  const lines = plan.map(row => row['QUERY PLAN'])
  expect(lines.filter(line => /Seq Scan on (?:counters|holds|reservations|alerts|keyed_uses)/.test(line))).toEqual([])
  expect(lines.some(line => /Index (?:Only )?Scan/.test(line))).toBe(true)
  for (const column of searched ?? []) expect(lines.filter(line => line.includes('Index Cond:')).join('\n')).toContain(column)
})

it.each([LOCK_COUNTERS, LOCK_COUNTERS_AND_HELD, READ_EXPIRED_HOLDS, READ_HOLDS, READ_KEYED_USES, UPDATE_USED, UPDATE_COUNTERS])(
  '$name uses an index for any values of its parameters',
  async ({ text }) => {
    const plan = await testDatabase.asOwner<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`)
    const lines = plan.map(row => row['QUERY PLAN'])
    expect(lines.filter(line => /Seq Scan on (?:counters|holds|reservations|keyed_uses)/.test(line))).toEqual([])
    expect(lines.some(line => /Index (?:Only )?Scan/.test(line))).toBe(true)
  },
)
