import { countReads, createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { customerScope, OPERATOR_SCOPE, settableClock, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createQuotas } from '../create-quotas.ts'
import type { PolicyDraft } from '../model/policies/policy-draft.ts'
import { postgresQuotaStore } from './postgres-quota-store.ts'
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
/** The older half of the rows belongs to one tenant, and each newer one to another. */
const TENANT_OF_ROW = `case when n <= ${COUNTERS / 2} then 'tenant-1' else 'small-' || n end`
const MAX_ROWS = 60

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  const { asOwner } = testDatabase
  await asOwner(`
    insert into quotas.counters (id, tenant_id, slot, scope_value, window_from, window_to, used)
    select gen_random_uuid(), ${TENANT_OF_ROW}, 'tokens/day/customer/', '["c' || n || '"]', '2026-11-20', '2026-11-21', 1 from generate_series(1, ${COUNTERS}) as n`)
  await asOwner(`
    insert into quotas.holds (reservation_id, counter_id, tenant_id, amount, expires_at)
    select gen_random_uuid(), id, tenant_id, 1, timestamptz '2026-11-20' + random() * interval '1 day' from quotas.counters`)
  await asOwner(`
    insert into quotas.reservations (id, tenant_id, made_at, expires_at, dimensions, amounts, counter_ids)
    select gen_random_uuid(), ${TENANT_OF_ROW}, '2026-11-20', '2026-11-20', '{}', '[]', '{}' from generate_series(1, ${COUNTERS}) as n`)
  await asOwner(`
    insert into quotas.alerts (cursor, tenant_id, counter_id, policy_id, metric, window_unit, window_from, window_to, scope, scope_value, threshold, used, quota_limit, occurred_at)
    select n, ${TENANT_OF_ROW}, gen_random_uuid(), 'p', 'tokens', 'day', '2026-11-20', '2026-11-21',
      case n % 2 when 0 then '[]' else '["customer"]' end::jsonb, case n % 2 when 0 then '[]' else jsonb_build_array('c' || n) end, 50, 1, 2, '2026-11-20'
    from generate_series(1, ${COUNTERS}) as n`)
  await asOwner(`
    insert into quotas.keyed_uses (tenant_id, idempotency_key, content, counted_at)
    select ${TENANT_OF_ROW}, 'key-' || n, gen_random_uuid(), timestamptz '2026-11-20' + n * interval '1 second' from generate_series(1, ${COUNTERS}) as n`)
  await asOwner(`update quotas.alert_cursor set last = ${COUNTERS}`)
  await asOwner(`
    insert into quotas.overrides (id, tenant_id, revision, slot, policy, set_at)
    select gen_random_uuid(), ${TENANT_OF_ROW}, n, 'tokens/day/customer/', null, '2026-11-01' from generate_series(${COUNTERS / 2 - 20}, ${COUNTERS / 2 + 2000}) as n`)
  await asOwner(`insert into quotas.tenant_revisions select tenant_id, max(revision) from quotas.overrides group by 1`)
  await asOwner('update quotas.counters set used = 9, quota_limit = 10, near_limit = true where id in (select id from quotas.counters limit 50)')
  await asOwner('analyze')
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

it.each(['these values', 'any values'] as const)(
  'each statement of a large tenant among thousands of small ones reads what it needs, planned for %s',
  async plansFor => {
    const { database, reads } = countReads(testDatabase.database, { schema: 'quotas', plansFor })
    const policies: PolicyDraft[] = [
      { metric: 'tokens', window: 'day', limit: '1000' },
      { metric: 'tokens', window: 'day', limit: '2000', scope: ['customer'] },
      { metric: 'requests', window: 'hour', limit: '1000', alertAt: ['1'] },
      { metric: 'requests', window: 'minute', limit: '1000', sliding: true },
    ]
    const clock = settableClock('2026-11-20T12:00:00Z')
    const quotas = createQuotas({ store: postgresQuotaStore({ database }), policies, clock })
    for (const tenantId of ['tenant-1', `small-${COUNTERS}`]) {
      const usage = {
        tenantId,
        dimensions: { customer: `c${tenantId === 'tenant-1' ? 1 : COUNTERS}` },
        requests: [
          { metric: 'tokens', amount: '1' },
          { metric: 'requests', amount: '1' },
        ],
      } as const
      await quotas.enforce(usage)
      await quotas.enforce({ ...usage, consume: true, idempotencyKey: `once-${plansFor}` })
      const [settled, released] = [await quotas.reserve({ ...usage, ttlSeconds: 60 }), await quotas.reserve({ ...usage, ttlSeconds: 60 })]
      const id = settled.reservation?.id ?? ''
      await quotas.extend({ reservationId: id, ttlSeconds: 90 })
      await quotas.reservations(tenantScope(tenantId), [id])
      await quotas.settle({ reservationId: id, actual: usage.requests })
      await quotas.release({ reservationId: released.reservation?.id ?? '' })
      await database.transaction(tenantScope(tenantId), within =>
        quotas.consumeIn(
          within,
          Array.from({ length: 20 }, () => usage),
        ),
      )
      // Of a large tenant, it compares all customers of the window to find those that used the most.
      if (tenantId !== 'tenant-1') await quotas.status({ tenantId })
      await quotas.status({ tenantId, customerId: 'c1' })
      const page = await quotas.usage({ tenantId, first: 20 })
      await quotas.usage({ tenantId, first: 20, after: page.next ?? undefined })
      await quotas.history({ tenantId, metric: 'tokens', window: 'day', scope: ['customer'], first: 20 })
      await quotas.setQuota({ tenantId, metric: 'tokens', window: 'day', limit: '2000' })
      await quotas.overrides({ tenantId, first: 20 })
      for (const scope of [tenantScope(tenantId), customerScope(tenantId, 'c1')]) {
        const alerts = await quotas.latestAlerts(scope, { first: 20 })
        await quotas.latestAlerts(scope, { first: 20, before: alerts.at(-1)?.cursor })
        await quotas.alerts(scope, { first: 20 })
        await quotas.alerts(scope, { first: 20, after: alerts[0]?.cursor })
      }
    }
    expect(reads.filter(({ rows }) => rows > MAX_ROWS)).toEqual([])
  },
)
