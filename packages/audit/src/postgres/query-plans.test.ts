import { Temporal } from '@tollgate/kernel'
import type { Statement } from '@tollgate/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FIND_KEYS, LOCK_HEAD } from './append-events.ts'
import { checkpointsStatement, lastCheckpointStatement } from './checkpoint-rows.ts'
import { keptSizesStatement } from './kept-rows.ts'
import { locateLog } from './log-tables.ts'
import { countsStatement, entriesBySequenceStatement, entriesStatement, eventsStatement, hashesStatement } from './read-events.ts'

const TENANTS = 20
const EVENTS = 40_000
const SMALL_TENANTS = 3_000
const TENANT = 'tenant-3'
const at = (time: string) => Temporal.Instant.from(time)
/** A week of the second month. */
const RANGE = { from: at('2026-04-10T00:00:00Z'), to: at('2026-04-17T00:00:00Z') }

let test: TestDatabase

/** 40,000 events of 20 tenants in three months, and one of each of thousands of small ones. One in a hundred failed, and one in two hundred was denied. */
beforeAll(async () => {
  test = await createTestDatabase()
  for (const month of ['2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01']) await test.asOwner('select audit.ensure_partition($1)', [month])
  await test.asOwner(`
    insert into audit.events (tenant_id, sequence, recorded_at, occurred_at, idempotency_key, family, action, actor_kind, result, hash)
    select 'tenant-' || i % ${TENANTS}, i / ${TENANTS} + 1, at, at, i::text, 'test', 'done', 'system',
      case when i % 2000 < 20 then 'failure' when i % 4000 < 40 then 'denied' else 'success' end, sha256(i::text::bytea)
    from (select i, timestamptz '2026-03-02' + i * interval '3 minutes' as at from generate_series(0, ${EVENTS - 1}) as i) as made`)
  await test.asOwner(`
    insert into audit.events (tenant_id, sequence, recorded_at, occurred_at, idempotency_key, family, action, actor_kind, result, hash)
    select 'small-' || i, 1, at, at, i::text, 'test', 'done', 'system', 'failure', '' from generate_series(1, ${SMALL_TENANTS}) as i, (values (timestamptz '2026-04-16')) as made (at)`)
  await test.asOwner(`insert into audit.heads select 'tenant-' || i, ${EVENTS / TENANTS}, null, '', null from generate_series(0, 4999) as i`)
  await test.asOwner(`
    insert into audit.event_keys (tenant_id, idempotency_key, sequence, occurred_at, occurred_at_sent, payload_hash)
    select tenant_id, idempotency_key, sequence, occurred_at, false, hash from audit.events`)
  await test.asOwner(`insert into audit.personal_data select tenant_id, sequence, '', '{}' from audit.events`)
  await test.asOwner(`insert into audit.checkpoints select tenant_id, sequence, recorded_at, '', '', null from audit.events`)
  await test.asOwner(`insert into audit.kept_checkpoints select tenant_id, 'file', size - 1, now() from audit.heads`)
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

/** Returns what a statement reads of each table, and by which index, without plan nodes that never ran. */
async function reads({ text, values }: Statement, tenantId = TENANT): Promise<{ table: string; by: string; rows: number }[]> {
  // As the server: row-level security affects which conditions can use an index.
  const [explained] = await test.database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    locateLog(tenantId).scope,
    `explain (analyze, format json) ${text}`,
    values,
  )
  const tableReads = (node: PlanNode): { table: string; by: string; rows: number }[] => {
    const below = (node.Plans ?? []).flatMap(tableReads)
    const table = node['Relation Name']
    const loops = node['Actual Loops'] ?? 0
    const isRead = table !== undefined && loops > 0
    const rows = Math.round(((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * loops)
    // Empty partitions are scanned, which reads nothing.
    return isRead && rows > 0
      ? [{ table, by: node['Index Name'] ?? node.Plans?.find(plan => plan['Index Name'] !== undefined)?.['Index Name'] ?? node['Node Type'], rows }, ...below]
      : below
  }
  return tableReads(explained?.['QUERY PLAN'][0].Plan ?? { 'Node Type': 'none' })
}

const template = (text: string, values: readonly unknown[]): Statement => ({ text: locateLog(TENANT).statements.text(text), values })

it.each<{ name: string; statement: Statement; by: RegExp; rows: number }>([
  { name: 'locking a head', statement: template(LOCK_HEAD, [TENANT]), by: /^heads_pkey$/, rows: 1 },
  { name: 'looking keys up', statement: template(FIND_KEYS, [TENANT, ['3', '23', 'new']]), by: /^(?:event_keys|personal_data)_pkey$/, rows: 4 },
  {
    name: 'a page of entries',
    statement: entriesStatement(TENANT, { first: 50, after: { sequence: 900, recordedAt: at('2026-04-25T00:00:00Z') } }),
    by: /_pkey$/,
    rows: 160,
  },
  { name: 'entries by sequence', statement: entriesBySequenceStatement(TENANT, [5, 1_500]), by: /_pkey$/, rows: 4 },
  { name: 'a page of hashes', statement: hashesStatement(TENANT, { after: 900, first: 50 }), by: /_pkey$/, rows: 60 },
  {
    name: 'a page of the trail',
    statement: eventsStatement(TENANT, { range: RANGE, select: 'all', first: 50 }),
    by: /_tenant_id_occurred_at_sequence_idx$|_pkey$/,
    rows: 110,
  },
  {
    name: 'failed operations',
    statement: eventsStatement(TENANT, { range: RANGE, select: 'failed', first: 50 }),
    by: /_tenant_id_occurred_at_sequence_idx1$|_pkey$/,
    rows: 10,
  },
  {
    name: 'security events',
    statement: eventsStatement(TENANT, { range: RANGE, select: 'security', first: 50 }),
    by: /_tenant_id_occurred_at_sequence_idx2$|_pkey$/,
    rows: 10,
  },
  { name: 'counts of a week', statement: countsStatement(TENANT, RANGE), by: /_tenant_id_occurred_at_sequence_idx$/, rows: 170 },
  { name: 'a page of checkpoints', statement: checkpointsStatement(TENANT, { first: 50 }), by: /^checkpoints_pkey$/, rows: 51 },
  { name: 'what places keep', statement: keptSizesStatement(TENANT), by: /^kept_checkpoints_pkey$/, rows: 1 },
  { name: 'the last checkpoint', statement: lastCheckpointStatement(TENANT), by: /^checkpoints_pkey$/, rows: 1 },
])('$name reads by index, and only what it returns', async ({ statement, by, rows }) => {
  const read = await reads(statement)
  expect(read.length).toBeGreaterThan(0)
  expect(read.filter(one => !by.test(one.by))).toEqual([])
  expect(read.reduce((sum, one) => sum + one.rows, 0)).toBeLessThanOrEqual(rows)
})

it('a page of an intact log reads only itself, even if the planner knows nothing about the log', async () => {
  await test.asOwner(`
    insert into audit.events (tenant_id, sequence, recorded_at, occurred_at, idempotency_key, family, action, actor_kind, result, hash)
    select 'new', i, at, at, i::text, 'test', 'done', 'system', 'success', '' from generate_series(1, 5000) as i, (values (timestamptz '2026-04-10')) as made (at)`)
  const statement = entriesStatement('new', { first: 50, after: { sequence: 900, recordedAt: at('2026-04-10T00:00:00Z') }, upTo: 950 })
  const read = await reads(statement, 'new')
  expect(read.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(60)
})
