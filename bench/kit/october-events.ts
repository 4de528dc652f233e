import type { Pool } from 'pg'
import { trackRequest } from './sample-events.ts'
import type { BenchmarkTollgate } from './tollgate.ts'

/** A tenant with 30 days of events in October 2026. */
export interface OctoberEvents {
  readonly tenantId: string
  readonly events: number
}

/** The days of the events. */
export const OCTOBER = { from: '2026-10-01T00:00:00Z', to: '2026-10-31T00:00:00Z' } as const

const DIMENSION_SETS = 200

/** Creates tenants with events, all of the same dimension sets, and their rollups. */
export async function fillOctober(tollgate: BenchmarkTollgate, pool: Pool, samples: readonly OctoberEvents[]): Promise<void> {
  await pool.query(`select usage.ensure_partition('2026-10-01')`)
  for (const sample of samples) await fill(tollgate, pool, sample)
  await pool.query(
    `select usage.rebuild_rollups(day) from generate_series(timestamptz '2026-10-01T00:00Z', timestamptz '2026-10-30T00:00Z', interval '1 day') as day`,
  )
  await pool.query('vacuum analyze')
}

/** Records one event of each dimension set, and copies them over October. Ingest is measured by other benchmarks. */
async function fill({ send }: BenchmarkTollgate, pool: Pool, { tenantId, events }: OctoberEvents): Promise<void> {
  await send(JSON.stringify({ query: `mutation { createTenant(input: { id: "${tenantId}", name: "${tenantId}" }) { __typename } }` }))
  await send(trackRequest(DIMENSION_SETS, 0, tenantId))
  const { rows } = await pool.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_schema = 'usage' and table_name = 'events' order by ordinal_position`,
  )
  const columns = rows.map(({ column_name }) => column_name)
  const fresh: Readonly<Record<string, string>> = {
    id: 'uuidv7()',
    idempotency_key: `'copy-' || number`,
    occurred_at: `timestamptz '${OCTOBER.from}' + (number - 1) * interval '30 days' / ${events}`,
  }
  await pool.query(`
    with sample as (select *, row_number() over () - 1 as position from usage.events where tenant_id = '${tenantId}' and occurred_at >= '2026-11-01')
    insert into usage.events (${columns.join(', ')})
    select ${columns.map(column => fresh[column] ?? `sample.${column}`).join(', ')}
    from generate_series(1, ${events}) as number
    join sample on sample.position = number % ${DIMENSION_SETS}`)
}
