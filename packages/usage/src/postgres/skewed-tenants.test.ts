import { OPERATOR_SCOPE, randomIds, Temporal, tenantScope } from '@tollgate/kernel'
import { countReads, createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { usageEvent } from '../testing/builders/usage-event.ts'
import { postgresRejectedEventStore } from './rejected-event-store.ts'
import { postgresReratingStore } from './rerating-store.ts'
import { postgresRollupMaintenance } from './rollup-maintenance.ts'
import { postgresUsageStore } from './usage-store.ts'

const LARGE = 'large'
const SMALL_TENANTS = 2_000
const EVENTS = 10_000
/** Of the large tenant. A small one has one. */
const SETS = 1_000
const DAYS = 10
const FIRST_DAY = Temporal.Instant.from('2026-03-02T00:00:00Z')
const RANGE = { from: FIRST_DAY, to: FIRST_DAY.add({ hours: 24 * DAYS }) }
const DAY = { from: FIRST_DAY, to: FIRST_DAY.add({ hours: 24 }) }
const EVENTS_A_DAY = EVENTS / DAYS + SMALL_TENANTS / DAYS + 1
/** Of the large tenant: every tenth event. */
const REJECTED = EVENTS / 10
const NEWEST_SMALL = `small-${SETS + SMALL_TENANTS}`
const newIds = randomIds()

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
  await test.asOwner(`select usage.ensure_partition('2026-03-01')`)
  await test.asOwner(`
    insert into usage.dimension_sets (id, tenant_id, provider, model, operation, status, customer)
    select md5(n::text)::uuid, case when n <= ${SETS} then '${LARGE}' else 'small-' || n end, 'openai', 'gpt-5-mini', 'chat', 'success', 'customer-' || n from generate_series(1, ${SETS + SMALL_TENANTS}) as n`)
  await test.asOwner(`
    insert into usage.events (id, dimension_set_id, occurred_at, recorded_at, tenant_id, idempotency_key, pricing_state, latency_ms, latency_bin, cost, session_id)
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(n), 15, '0'))::uuid, sets.id, at, at, sets.tenant_id, n::text, 'priced', 1000, 345, 0.01, 's-' || n
    from generate_series(1, ${EVENTS + SMALL_TENANTS}) as n
    cross join lateral (select timestamptz '2026-03-02' + n * interval '${DAYS} days' / ${EVENTS + SMALL_TENANTS} as at) as time
    join usage.dimension_sets as sets on sets.id = md5((case when n <= ${EVENTS} then n % ${SETS} + 1 else n - ${EVENTS} + ${SETS} end)::text)::uuid`)
  await test.asOwner(`
    insert into usage.event_keys (tenant_id, idempotency_key, payload_hash, occurred_at_sent, occurred_at, event_id)
    select tenant_id, idempotency_key, '', false, occurred_at, id from usage.events`)
  await test.asOwner(`
    insert into usage.cost_corrections (event_id, run_id, dimension_set_id, occurred_at, corrected_at, version, tenant_id, old_state, new_state, new_cost)
    select id, md5(tenant_id)::uuid, dimension_set_id, occurred_at, occurred_at, 1, tenant_id, 'priced', 'priced', 1 from usage.events`)
  await test.asOwner(`
    insert into usage.rejected_events (id, tenant_id, reason, fingerprint, rejected_at, attempts)
    select id, tenant_id, 'no', sha256(id::text::bytea), occurred_at, 1 from usage.events where idempotency_key::integer % 10 = 0 or tenant_id <> '${LARGE}'`)
  await postgresRollupMaintenance(test.database).rebuild(RANGE)
  await test.asOwner('vacuum analyze')
})
afterAll(() => test.drop())

it.each(['these values', 'any values'] as const)(
  'each statement of a large tenant among thousands of small ones reads what it needs, planned for %s',
  async plansFor => {
    const { database, reads } = countReads(test.database, { schema: 'usage', plansFor })
    const slow: string[] = []
    const within = async <Result>(maxRows: number, work: () => Promise<Result>): Promise<Result> => {
      reads.length = 0
      const result = await work()
      for (const { table, rows, statement } of reads) if (rows > maxRows) slow.push(`${rows} rows of ${table}: ${statement}`)
      return result
    }
    const store = postgresUsageStore({ database })
    for (const tenantId of [LARGE, NEWEST_SMALL]) {
      const scope = tenantScope(tenantId)
      const batch = Array.from({ length: 20 }, (_, n) =>
        usageEvent({ tenantId, operation: 'chat', metadata: { customerId: `customer-${n + 1}` }, latencyMs: 1000 }),
      )
      expect((await within(40, () => store.commit(batch)))[0]?.outcome).toBe('accepted')
      expect((await within(40, () => store.commit(batch)))[0]?.outcome).toBe('duplicate')
      const { items } = await within(42, () => store.events(scope, { range: RANGE, first: 20 }))
      const [newest, ...others] = items
      if (newest === undefined || others.length === 0) throw new Error('There are no events.')
      await within(42, () => store.events(scope, { range: RANGE, first: 20, after: newest }))
      const ids = items.map(({ id }) => id)
      await within(40, () => store.eventsById(scope, ids))
      // These compare the events of the tenant on that day.
      await within(EVENTS_A_DAY, () => store.events(scope, { range: DAY, first: 20, filter: { customers: ['customer-7'] } }))
      await within(EVENTS_A_DAY, () => store.events(scope, { range: DAY, first: 20, filter: { sessions: ['s-7'] } }))
      // And these the sums of its dimension sets, in the rollup and in the details.
      await within(2 * SETS + 20, () => store.measure(scope, { buckets: [DAY], by: ['customer'], latency: true, orderBy: 'cost', limit: 5 }))
      await within(2 * SETS + 20, () => store.measure(scope, { buckets: [DAY], filter: { customers: ['customer-7'] } }))
    }
    const rejected = postgresRejectedEventStore(database)
    for (const scope of [tenantScope(LARGE), OPERATOR_SCOPE]) {
      const id = newIds.uuidV7(FIRST_DAY.epochMilliseconds)
      const entry = { id, tenantId: LARGE, idempotencyKey: null, reason: 'no', payload: { id }, rejectedAt: FIRST_DAY }
      // Finds the oldest of those that are kept.
      await within(REJECTED + 20, () => rejected.add([entry]))
      const { items } = await within(24, () => rejected.list(scope, { first: 20 }))
      await within(24, () => rejected.list(scope, { first: 20, after: items.at(-1)?.id }))
      await within(1, () => rejected.byId(scope, id))
      await within(1, () => rejected.resolve(scope, id, FIRST_DAY))
    }
    const rerating = postgresReratingStore(database)
    const selection = { range: RANGE, tenantId: LARGE, provider: null, model: null, unpricedOnly: false }
    const chunk = await within(120, () => rerating.read(selection, { after: null, limit: 100 }))
    await within(120, () => rerating.read(selection, { after: chunk.next, limit: 100 }))
    const ids = chunk.events.slice(0, 20).map(({ id }) => id)
    expect(await within(20, () => rerating.corrections(tenantScope(LARGE), ids))).toHaveLength(20)
    expect(slow).toEqual([])
  },
)
