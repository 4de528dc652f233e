import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { OPERATOR_SCOPE, type Scope, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RatingSelection } from '../../model/rating-selection.ts'
import { measureStatement } from '../measure/measure-statement.ts'
import { postgresReratingStore } from '../rerating-store.ts'
import { postgresRollupMaintenance } from '../rollup-maintenance.ts'
import { correctionsStatement } from './list-corrections.ts'
import { startStatement, stretchStatement } from './read-chunk.ts'
import type { Statement } from '@tollgate/postgres'

const MARCH = { from: Temporal.Instant.from('2026-03-01T00:00:00Z'), to: Temporal.Instant.from('2026-04-01T00:00:00Z') }
const ALL: RatingSelection = { range: MARCH, tenantId: null, provider: null, model: null, unpricedOnly: false }
const EVENTS = 40_000
const TENANTS = 20

let test: TestDatabase

/** 40,000 events over twelve days, of 20 tenants; every tenth is unpriced, and was corrected once. */
beforeAll(async () => {
  test = await createTestDatabase()
  await test.asOwner(`select usage.ensure_partition('2026-03-01')`)
  await test.asOwner(`
    insert into usage.dimension_sets (id, tenant_id, provider, model, operation, status)
    select md5(set::text)::uuid, 'tenant-' || set % ${TENANTS}, 'p', 'model-' || set / ${TENANTS}, 'chat', 'success' from generate_series(0, 199) as set`)
  await test.asOwner(`
    insert into usage.events (id, dimension_set_id, occurred_at, recorded_at, tenant_id, idempotency_key, pricing_state, cost)
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(i), 15, '0'))::uuid,
      md5((i % 200)::text)::uuid, at, at, 'tenant-' || i % ${TENANTS}, i::text, case when i % 200 < ${TENANTS} then 'unpriced' else 'priced' end, case when i % 200 < ${TENANTS} then null else 0.01 end
    from (select i, timestamptz '2026-03-02' + i * interval '26 seconds' as at from generate_series(0, ${EVENTS - 1}) as i) as made`)
  await test.asOwner(`
    insert into usage.cost_corrections (event_id, run_id, dimension_set_id, occurred_at, corrected_at, version, tenant_id, old_state, new_state, new_cost)
    select id, '01900000-0000-7000-8000-000000000000', dimension_set_id, occurred_at, occurred_at, 1, tenant_id, 'unpriced', 'priced', 1 from usage.events where pricing_state = 'unpriced'`)
  await postgresRollupMaintenance(test.database).rebuild({ from: MARCH.from, to: Temporal.Instant.from('2026-03-16T00:00:00Z') })
  await test.asOwner('vacuum analyze')
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

/** Returns the index that a statement uses for each table, and the rows it reads, without plan nodes that never ran. */
async function readsOf(table: RegExp, scope: Scope, { text, values }: Statement): Promise<{ by: string; rows: number }[]> {
  const [explained] = await test.database.query<{ 'QUERY PLAN': string | [{ Plan: PlanNode }] }>(scope, `explain (analyze, format json) ${text}`, values)
  const plan = explained?.['QUERY PLAN']
  const [{ Plan: root }] = (typeof plan === 'string' ? JSON.parse(plan) : plan) as [{ Plan: PlanNode }]
  const reads = (node: PlanNode): { by: string; rows: number }[] => {
    const loops = node['Actual Loops'] ?? 0
    const below = (node.Plans ?? []).flatMap(reads)
    if (!table.test(node['Relation Name'] ?? '') || loops === 0) return below
    const rows = Math.round(((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * loops)
    return [{ by: node['Index Name'] ?? node.Plans?.[0]?.['Index Name'] ?? node['Node Type'], rows }, ...below]
  }
  return reads(root)
}

describe('a chunk', () => {
  const start = { tenant_id: 'tenant-3', day: '2026-03-02 00:00:00+00' }

  it('reads a range of the primary key of events, with one look-up per correction', async () => {
    const statement = stretchStatement(ALL, { start, cursor: null, limit: 100 })
    expect(await readsOf(/^events_/, OPERATOR_SCOPE, statement)).toEqual([{ by: 'events_2026_03_pkey', rows: 100 }])
    const [corrections] = await readsOf(/^cost_corrections/, OPERATOR_SCOPE, statement)
    expect(corrections).toEqual({ by: 'cost_corrections_pkey', rows: 10 })
  })

  it('continues after its cursor, and reads nothing before it', async () => {
    const cursor = { tenantId: 'tenant-3', last: { occurredAt: '2026-03-08 00:00:00+00', id: '01900000-0000-7000-8000-000000000000' } }
    const statement = stretchStatement(ALL, { start: { ...start, day: '2026-03-08 00:00:00+00' }, cursor, limit: 100 })
    expect(await readsOf(/^events_/, OPERATOR_SCOPE, statement)).toEqual([{ by: 'events_2026_03_pkey', rows: 100 }])
  })

  it.each([
    { name: 'everything', selection: {}, rows: 20 },
    { name: 'one model', selection: { model: 'model-3' }, rows: 200 },
  ])('of $name starts where the daily rollup has events', async ({ selection, rows }) => {
    const [read, ...others] = await readsOf(/^rollups_/, OPERATOR_SCOPE, startStatement({ ...ALL, ...selection }, { tenantId: 'tenant-3', last: null }))
    expect({ by: read?.by, others }).toEqual({ by: 'rollups_daily_pkey', others: [] })
    expect(read?.rows).toBeLessThanOrEqual(rows)
  })

  it('skips days without unpriced events', async () => {
    expect(await postgresReratingStore(test.database).read({ ...ALL, unpricedOnly: true }, { after: null, limit: 500 })).toEqual({ events: [], next: null })
  })
})

it('finds corrections by event', async () => {
  const ids = (await test.asOwner<{ id: string }>('select event_id as id from usage.cost_corrections limit 5')).map(({ id }) => id)
  expect(await readsOf(/^cost_corrections/, tenantScope('tenant-3'), correctionsStatement(tenantScope('tenant-3'), ids))).toMatchObject([
    { by: 'cost_corrections_pkey' },
  ])
})

it('reads corrections in ragged edges by tenant and time', async () => {
  const range = { from: Temporal.Instant.from('2026-03-05T18:30:00Z'), to: Temporal.Instant.from('2026-03-06T18:30:00Z') }
  const reads = await readsOf(/^cost_corrections/, tenantScope('tenant-3'), measureStatement(tenantScope('tenant-3'), { buckets: [range] }))
  // For the sums, and for the reasons.
  expect(reads.map(({ by }) => by)).toEqual(['cost_corrections_tenant_id_occurred_at_idx', 'cost_corrections_tenant_id_occurred_at_idx'])
  for (const { rows } of reads) expect(rows).toBeLessThanOrEqual(4)
})
