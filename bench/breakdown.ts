import type { Pool } from 'pg'
import { type Benchmark, compare } from './benchmark.ts'
import { median } from './kit/measure.ts'
import { trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const MILLION = 1_000_000
const REPEATS = 21
const DIMENSION_SETS = 200

const QUERY = JSON.stringify({
  query: `{
    usage(tenantId: "bench", range: { from: "2026-10-01T00:00:00Z", to: "2026-10-31T00:00:00Z" }) {
      breakdown(by: [CUSTOMER]) { key { value } measures { calls cost tokens { total } } }
    }
  }`,
})

/** What the breakdown answers, straight from the events. */
const FROM_EVENTS = `
  select customer, count(*) as calls, sum(cost) as cost, sum(input_tokens + coalesce(output_tokens, 0) + coalesce(cache_read_tokens, 0)) as tokens
  from usage.events join usage.dimension_sets on dimension_sets.id = dimension_set_id
  where events.tenant_id = 'bench' and occurred_at >= '2026-10-01T00:00:00Z' and occurred_at < '2026-10-31T00:00:00Z'
  group by customer
  order by cost desc
  limit 20`

/**
 * 30 days by customer over HTTP GraphQL. Its time must follow the distinct dimension sets, not the events: with five times
 * the events it is compared with itself, and with the same sums taken from the events.
 */
export const breakdown: Benchmark = {
  name: 'breakdown',
  async run() {
    await using tollgate = await startTollgate({ connections: 1 })
    const pool = tollgate.connect(1)
    await tollgate.send(trackRequest(DIMENSION_SETS, 0)) // Leaves one event of each dimension set to copy.

    await addEvents(pool, MILLION)
    const overOne = await millisecondsOf(() => tollgate.send(QUERY))
    await addEvents(pool, 4 * MILLION)
    await expectCalls(tollgate, 5 * MILLION)
    const overFive = await millisecondsOf(() => tollgate.send(QUERY))
    const fromEvents = await millisecondsOf(() => pool.query(FROM_EVENTS), 3)
    return [
      compare({ name: '30 days of 5 million events / of 1 million', ours: overFive, peer: overOne, unit: 'ms', aim: { atMost: 1.2 } }),
      compare({ name: '30 days of 5 million events / GROUP BY', ours: overFive, peer: fromEvents, unit: 'ms', aim: { atMost: 0.1 } }),
    ]
  },
}

/** Copies the recorded events over October, then has the rollups made from them: ingest is measured elsewhere. */
async function addEvents(pool: Pool, count: number): Promise<void> {
  const { rows } = await pool.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_schema = 'usage' and table_name = 'events' order by ordinal_position`,
  )
  const columns = rows.map(({ column_name }) => column_name)
  const fresh: Readonly<Record<string, string>> = {
    id: 'uuidv7()',
    idempotency_key: `'copy-' || number`,
    occurred_at: `timestamptz '2026-10-01T00:00:00Z' + (number - 1) * interval '30 days' / ${count}`,
  }
  const values = columns.map(column => fresh[column] ?? `sample.${column}`)
  await pool.query(`select usage.ensure_partition('2026-10-01')`)
  await pool.query(`
    with sample as (select *, row_number() over () - 1 as position from usage.events where occurred_at >= '2026-11-01' limit ${DIMENSION_SETS})
    insert into usage.events (${columns.join(', ')})
    select ${values.join(', ')}
    from generate_series(1, ${count}) as number
    join sample on sample.position = number % ${DIMENSION_SETS}`)
  await pool.query(
    `select usage.rebuild_rollups(day) from generate_series(timestamptz '2026-10-01T00:00:00Z', timestamptz '2026-10-30T00:00:00Z', interval '1 day') as day`,
  )
  await pool.query('vacuum analyze')
}

async function expectCalls({ send }: BenchmarkTollgate, expected: number): Promise<void> {
  const { data } = JSON.parse(await send(QUERY)) as { data: { usage: { breakdown: { measures: { calls: number } }[] } } }
  const calls = data.usage.breakdown.reduce((sum, { measures }) => sum + measures.calls, 0)
  if (calls !== expected) throw new Error(`The breakdown counts ${calls} calls, not ${expected}.`)
}

async function millisecondsOf(work: () => Promise<unknown>, repeats = REPEATS): Promise<number> {
  const times: number[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return median(times)
}
