import type { Pool } from 'pg'
import { type Benchmark, compare } from './benchmark.ts'
import { median } from './kit/measure.ts'
import { trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const MILLION = 1_000_000
const REPEATS = 41
const DIMENSION_SETS = 200

/** Two tenants with 30 days of events, as many as the name says. Both have the same dimension sets. */
const SMALL = { tenantId: 'one-million', events: MILLION }
const LARGE = { tenantId: 'five-million', events: 5 * MILLION }
type Sample = typeof SMALL

/** Calculates the breakdown from the events. */
const FROM_EVENTS = `
  select customer, count(*) as calls, sum(cost) as cost, sum(input_tokens + coalesce(output_tokens, 0) + coalesce(cache_read_tokens, 0)) as tokens
  from usage.events join usage.dimension_sets on dimension_sets.id = dimension_set_id
  where events.tenant_id = '${LARGE.tenantId}' and occurred_at >= '2026-10-01T00:00:00Z' and occurred_at < '2026-10-31T00:00:00Z'
  group by customer
  order by cost desc
  limit 20`

/**
 * A breakdown of 30 days by customer over HTTP GraphQL. Its time must depend on the number of dimension sets, not of
 * events. So a tenant is compared with one that has a fifth of the events and as many sets, and with sums from the events.
 */
export const breakdown: Benchmark = {
  name: 'breakdown',
  async run() {
    await using tollgate = await startTollgate({ connections: 1 })
    const pool = tollgate.connect(1)
    await pool.query(`select usage.ensure_partition('2026-10-01')`)
    for (const sample of [SMALL, LARGE]) await fill(tollgate, pool, sample)
    await pool.query(
      `select usage.rebuild_rollups(day) from generate_series(timestamptz '2026-10-01T00:00Z', timestamptz '2026-10-30T00:00Z', interval '1 day') as day`,
    )
    await pool.query('vacuum analyze')
    for (const sample of [SMALL, LARGE]) await expectCalls(tollgate, sample)

    const small: number[] = []
    const large: number[] = []
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      small.push(await millisecondsOf(() => tollgate.send(queryOf(SMALL))))
      large.push(await millisecondsOf(() => tollgate.send(queryOf(LARGE))))
    }
    const ours = median(large)
    const fromEvents = await millisecondsOf(() => pool.query(FROM_EVENTS))
    return [
      compare({ name: '30 days of 5 million events / of 1 million', ours, peer: median(small), unit: 'ms', aim: { atMost: 1.2 } }),
      compare({ name: '30 days of 5 million events / GROUP BY', ours, peer: fromEvents, unit: 'ms', aim: { atMost: 0.1 } }),
    ]
  },
}

/** Records one event of each dimension set, and copies them over October. Ingest is measured by other benchmarks. */
async function fill({ send }: BenchmarkTollgate, pool: Pool, { tenantId, events }: Sample): Promise<void> {
  await send(JSON.stringify({ query: `mutation { createTenant(input: { id: "${tenantId}", name: "${tenantId}" }) { __typename } }` }))
  await send(trackRequest(DIMENSION_SETS, 0, tenantId))
  const { rows } = await pool.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_schema = 'usage' and table_name = 'events' order by ordinal_position`,
  )
  const columns = rows.map(({ column_name }) => column_name)
  const fresh: Readonly<Record<string, string>> = {
    id: 'uuidv7()',
    idempotency_key: `'copy-' || number`,
    occurred_at: `timestamptz '2026-10-01T00:00:00Z' + (number - 1) * interval '30 days' / ${events}`,
  }
  await pool.query(`
    with sample as (select *, row_number() over () - 1 as position from usage.events where tenant_id = '${tenantId}' and occurred_at >= '2026-11-01')
    insert into usage.events (${columns.join(', ')})
    select ${columns.map(column => fresh[column] ?? `sample.${column}`).join(', ')}
    from generate_series(1, ${events}) as number
    join sample on sample.position = number % ${DIMENSION_SETS}`)
}

async function expectCalls({ send }: BenchmarkTollgate, sample: Sample): Promise<void> {
  const { data } = JSON.parse(await send(queryOf(sample))) as { data: { usage: { breakdown: { measures: { calls: number } }[] } } }
  const calls = data.usage.breakdown.reduce((sum, { measures }) => sum + measures.calls, 0)
  if (calls !== sample.events) throw new Error(`The breakdown counts ${calls} calls, not ${sample.events}.`)
}

function queryOf({ tenantId }: Sample): string {
  return JSON.stringify({
    query: `{
      usage(tenantId: "${tenantId}", range: { from: "2026-10-01T00:00:00Z", to: "2026-10-31T00:00:00Z" }) {
        breakdown(by: [CUSTOMER]) { key { value } measures { calls cost tokens { total } } }
      }
    }`,
  })
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
