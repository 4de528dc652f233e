import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Decimal, OPERATOR_SCOPE, type Scope, splitPeriod, Temporal, tenantScope, uuidV7Milliseconds } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsByIdStatement } from './events/events-by-id.ts'
import { eventsStatement } from './events/list-events.ts'
import { measureStatement } from './measure/measure-statement.ts'
import { postgresRollupMaintenance } from './rollup-maintenance.ts'
import type { Statement } from '@tollgate/postgres'

const ACME = tenantScope('tenant-3')
const DAYS = { from: Temporal.Instant.from('2026-03-05T00:00:00Z'), to: Temporal.Instant.from('2026-03-12T00:00:00Z') }
/** A day in Kolkata: full UTC hours, and half an hour at either end. */
const KOLKATA = { from: Temporal.Instant.from('2026-03-05T18:30:00Z'), to: Temporal.Instant.from('2026-03-06T18:30:00Z') }

let test: TestDatabase
let ids: string[]

const TENANTS = 20
const SECONDS_APART = 26

/** 40,000 events, over twelve days. Each tenant has ten dimension sets. */
beforeAll(async () => {
  test = await createTestDatabase()
  await test.asOwner(`select usage.ensure_partition('2026-03-01')`)
  await test.asOwner(`
    insert into usage.dimension_sets (id, tenant_id, model, operation, status, customer)
    select md5(set::text)::uuid, 'tenant-' || set % ${TENANTS}, 'model-' || set % 5, 'chat', 'success', 'customer-' || set
    from generate_series(0, 199) as set`)
  await test.asOwner(`
    insert into usage.events (id, dimension_set_id, occurred_at, recorded_at, tenant_id, idempotency_key, pricing_state, latency_ms, latency_bin, cost, units)
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(i), 15, '0'))::uuid,
      md5((i % 200)::text)::uuid, at, at, 'tenant-' || i % ${TENANTS}, i::text, 'priced', 1000, 345, 0.01, '[{"kind": "web_search", "quantity": "1"}]'
    from (select i, timestamptz '2026-03-02' + i * interval '${SECONDS_APART} seconds' as at from generate_series(0, 39999) as i) as made`)
  await postgresRollupMaintenance(test.database).rebuild({
    from: Temporal.Instant.from('2026-03-02T00:00:00Z'),
    to: Temporal.Instant.from('2026-03-15T00:00:00Z'),
  })
  await test.asOwner('vacuum analyze')
  const found = await test.asOwner<{ id: string }>(`select id from usage.events where tenant_id = 'tenant-3' limit 5`)
  ids = found.map(({ id }) => id)
})
afterAll(() => test.drop())

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

interface TableRead {
  readonly table: string
  readonly by: string
  /** Rows that were read, including those that were filtered out. */
  readonly rows: number
}

/** Returns what a statement reads of events and rollups, and by which index, without plan nodes that never ran. */
async function reads(scope: Scope, { text, values }: Statement): Promise<TableRead[]> {
  const [explained] = await test.database.query<{ 'QUERY PLAN': string | [{ Plan: PlanNode }] }>(scope, `explain (analyze, format json) ${text}`, values)
  const plan = explained?.['QUERY PLAN']
  const parsed = (typeof plan === 'string' ? JSON.parse(plan) : plan) as [{ Plan: PlanNode }]
  return tableReads(parsed[0].Plan)
}

function tableReads(node: PlanNode): TableRead[] {
  const below = (node.Plans ?? []).flatMap(tableReads)
  const table = node['Relation Name']
  const loops = node['Actual Loops'] ?? 0
  if (table === undefined || loops === 0 || !/^(?:events|rollups|latencies|rollup_details)_/.test(table)) return below
  const rows = Math.round(((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * loops)
  return [{ table, by: node['Index Name'] ?? node.Plans?.[0]?.['Index Name'] ?? node['Node Type'], rows }]
}

describe.each([
  { name: 'a tenant', scope: ACME, tenants: 1 },
  { name: 'an operator', scope: OPERATOR_SCOPE, tenants: TENANTS },
])('queries of $name use indexes', ({ scope, tenants }) => {
  it('a page of events reads the end of the primary key', async () => {
    const read = await reads(scope, eventsStatement(scope, { range: DAYS, first: 50 }))
    expect(read).toMatchObject([{ table: 'events_2026_03', by: 'events_2026_03_pkey' }])
    expect(read[0]?.rows).toBeLessThanOrEqual(51 * tenants)
  })

  it('the next page reads from the cursor on', async () => {
    const id = ids[4] ?? ''
    const occurredAt = Temporal.Instant.fromEpochMilliseconds(uuidV7Milliseconds(id))
    const read = await reads(scope, eventsStatement(scope, { range: DAYS, first: 50, after: { occurredAt, id } }))
    for (const { by, rows } of read) {
      expect(by).toBe('events_2026_03_pkey')
      expect(rows).toBeLessThanOrEqual(51 * tenants)
    }
  })

  it('a page with a filter reads only tenants with matching events', async () => {
    const read = await reads(scope, eventsStatement(scope, { range: DAYS, first: 20, filter: { customers: ['customer-3'] } }))
    expect(read).toMatchObject([{ table: 'events_2026_03', by: 'events_2026_03_pkey' }])
    expect(read[0]?.rows).toBeLessThanOrEqual(Math.ceil((7 * 86_400) / SECONDS_APART / TENANTS))
  })

  it('events by id take one look-up each', async () => {
    const read = await reads(scope, eventsByIdStatement(scope, ids))
    expect(read).toEqual([{ table: 'events_2026_03', by: 'events_2026_03_pkey', rows: 5 }])
  })

  it('sums over days read only these days and tenants of the daily rollup', async () => {
    const read = await reads(scope, measureStatement(scope, { buckets: [DAYS], by: ['customer'], orderBy: 'cost', limit: 5, details: false }))
    expect(read).toEqual([{ table: 'rollups_daily', by: 'rollups_daily_pkey', rows: 7 * 10 * tenants }])
  })

  it('a series by day reads each of these days once', async () => {
    const buckets = [...splitPeriod(DAYS, 'day', 'UTC')]
    const read = await reads(scope, measureStatement(scope, { buckets, by: ['customer'], latency: true, details: false }))
    for (const table of ['rollups_daily', 'latencies_daily']) {
      expect(new Set(read.filter(one => one.table === table).map(({ by }) => by))).toEqual(new Set([`${table}_pkey`]))
      for (const { rows } of read.filter(one => one.table === table)) expect(rows).toBeLessThanOrEqual(7 * 10 * tenants)
    }
  })

  it('details are read of these days and tenants only', async () => {
    const read = await reads(scope, measureStatement(scope, { buckets: [DAYS], by: ['customer'], orderBy: 'cost', limit: 5 }))
    expect(read.find(({ table }) => table === 'rollup_details_daily')).toEqual({
      table: 'rollup_details_daily',
      by: 'rollup_details_daily_pkey',
      rows: 7 * 10 * tenants,
    })
    expect(read.map(({ table }) => table).toSorted()).toEqual(['rollup_details_daily', 'rollups_daily'])
  })

  it('sums over a day of another zone read hours, and events only at the ragged edges', async () => {
    const read = await reads(scope, measureStatement(scope, { buckets: [KOLKATA], details: false }))
    expect(read.map(({ table, by }) => [table, by])).toEqual([
      ['rollups_hourly', 'rollups_hourly_pkey'],
      ['events_2026_03', 'events_2026_03_pkey'],
    ])
    const anHour = 3600 / SECONDS_APART / TENANTS
    expect(read[1]?.rows).toBeLessThanOrEqual(Math.ceil(anHour + 2) * tenants)
  })

  it('details of a day of another zone read hours, and events only at the ragged edges', async () => {
    const read = await reads(scope, measureStatement(scope, { buckets: [KOLKATA] }))
    expect(new Set(read.map(({ table, by }) => `${table} by ${by}`))).toEqual(
      new Set(['rollups_hourly', 'rollup_details_hourly', 'events_2026_03'].map(table => `${table} by ${table}_pkey`)),
    )
    const anHour = 3600 / SECONDS_APART / TENANTS
    for (const { rows } of read.filter(({ table }) => table.startsWith('events'))) expect(rows).toBeLessThanOrEqual(Math.ceil(anHour + 2) * tenants)
  })

  it('a filter by session reads the events of these days by the primary key, and their corrections one by one', async () => {
    const filter = { sessions: ['s1'], cost: { atLeast: new Decimal(1) } }
    const sums = await reads(scope, measureStatement(scope, { buckets: [DAYS], filter, details: false }))
    const page = await reads(scope, eventsStatement(scope, { range: DAYS, filter, first: 20 }))
    for (const read of [sums, page]) {
      expect(read.map(({ table, by }) => [table, by])).toEqual([['events_2026_03', 'events_2026_03_pkey']])
      expect(read[0]?.rows).toBeLessThanOrEqual(Math.ceil((7 * 86_400) / SECONDS_APART / TENANTS + 1) * tenants)
    }
  })

  it('percentiles read only the bins of these days', async () => {
    const read = await reads(scope, measureStatement(scope, { buckets: [DAYS], latency: true, details: false }))
    expect(new Set(read.map(({ table, by }) => `${table} by ${by}`))).toEqual(
      new Set(['rollups_daily by rollups_daily_pkey', 'latencies_daily by latencies_daily_pkey']),
    )
  })
})

it('reads the sums of a tenant without statistics once, not once per dimension set', async () => {
  const at = (column: string) => `timestamptz '2026-03-02' + ${column} * interval '1 hour'`
  await test.asOwner(`
    insert into usage.dimension_sets (id, tenant_id, model, operation, status, customer)
    select md5('new' || set)::uuid, 'newcomer', 'model-1', 'chat', 'success', 'customer-' || set from generate_series(0, 29) as set`)
  await test.asOwner(`
    insert into usage.events (id, dimension_set_id, occurred_at, recorded_at, tenant_id, idempotency_key, pricing_state, unpriced_reason)
    select (lpad(to_hex((extract(epoch from ${at('i')}) * 1000)::bigint), 12, '0') || '7000800000000' || lpad(to_hex(i), 7, '0'))::uuid,
      md5('new' || i % 30)::uuid, ${at('i')}, ${at('i')}, 'newcomer', i::text, 'unpriced', 'unknown_model'
    from generate_series(0, 239) as i`)
  await postgresRollupMaintenance(test.database).rebuild({
    from: Temporal.Instant.from('2026-03-02T00:00:00Z'),
    to: Temporal.Instant.from('2026-03-13T00:00:00Z'),
  })
  const scope = tenantScope('newcomer')
  const read = await reads(scope, measureStatement(scope, { buckets: [DAYS], by: ['customer'], orderBy: 'cost', limit: 5 }))
  expect(read.filter(({ table }) => table === 'rollups_daily')).toEqual([{ table: 'rollups_daily', by: 'rollups_daily_pkey', rows: 7 * 24 }])
  expect(read.filter(({ table }) => table === 'rollup_details_daily')).toEqual([
    { table: 'rollup_details_daily', by: 'rollup_details_daily_pkey', rows: 7 * 24 },
  ])
})
