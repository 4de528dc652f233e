import { type Benchmark, compare } from './benchmark.ts'
import { median } from './kit/measure.ts'
import { fillOctober, OCTOBER, type OctoberEvents } from './kit/october-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const MILLION = 1_000_000
const REPEATS = 41

/** Two tenants with 30 days of events, as many as the name says. Both have the same dimension sets. */
const SMALL = { tenantId: 'one-million', events: MILLION }
const LARGE = { tenantId: 'five-million', events: 5 * MILLION }

/** Calculates the breakdown from the events. */
const FROM_EVENTS = `
  select customer, count(*) as calls, sum(cost) as cost, sum(input_tokens + coalesce(output_tokens, 0) + coalesce(cache_read_tokens, 0)) as tokens
  from usage.events join usage.dimension_sets on dimension_sets.id = dimension_set_id
  where events.tenant_id = '${LARGE.tenantId}' and occurred_at >= '${OCTOBER.from}' and occurred_at < '${OCTOBER.to}'
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
    await fillOctober(tollgate, pool, [SMALL, LARGE])
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

async function expectCalls({ send }: BenchmarkTollgate, sample: OctoberEvents): Promise<void> {
  const { data } = JSON.parse(await send(queryOf(sample))) as { data: { usage: { breakdown: { measures: { calls: number } }[] } } }
  const calls = data.usage.breakdown.reduce((sum, { measures }) => sum + measures.calls, 0)
  if (calls !== sample.events) throw new Error(`The breakdown counts ${calls} calls, not ${sample.events}.`)
}

function queryOf({ tenantId }: OctoberEvents): string {
  return JSON.stringify({
    query: `{
      usage(tenantId: "${tenantId}", range: { from: "${OCTOBER.from}", to: "${OCTOBER.to}" }) {
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
