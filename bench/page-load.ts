import { readFile } from 'node:fs/promises'
import type { Pool } from 'pg'
import { type Benchmark, compare } from './benchmark.ts'
import { jsonRequest, openConnections } from './kit/http-connections.ts'
import { median } from './kit/measure.ts'
import { fillOctober, OCTOBER } from './kit/october-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const SAMPLE = { tenantId: 'five-million', events: 5_000_000 }
const REPEATS = 21
const CONNECTIONS = 64
const REQUESTS = 4_000
const ROUNDS = 3

const RANGE = `range: { from: "${OCTOBER.from}", to: "${OCTOBER.to}" }`
const IN_OCTOBER = `events.tenant_id = '${SAMPLE.tenantId}' and occurred_at >= '${OCTOBER.from}' and occurred_at < '${OCTOBER.to}'`

/** The questions of a page: two totals, two charts, three tables. */
const PAGE = [
  `totals: usage(${RANGE}) { totals { calls cost errorRate tokens { total } } }`,
  `lastDay: usage(range: { from: "2026-10-30T00:00:00Z", to: "${OCTOBER.to}" }) { totals { calls cost } }`,
  `days: usage(${RANGE}) { series(granularity: DAY) { start measures { calls cost } } }`,
  `hours: usage(range: { from: "2026-10-29T00:00:00Z", to: "${OCTOBER.to}" }) { series(granularity: HOUR) { start measures { calls } } }`,
  `models: usage(${RANGE}) { breakdown(by: [PROVIDER, MODEL]) { key { value } measures { cost latencyMs { p95 } } } }`,
  `customers: usage(${RANGE}) { breakdown(by: [CUSTOMER]) { key { value } measures { calls cost } } }`,
  `features: usage(${RANGE}) { breakdown(by: [FEATURE], orderBy: CALLS) { key { value } measures { calls cost } } }`,
]

/** Calculates the totals, the chart by day, and the table by model from the events: three of the seven answers. */
const FROM_EVENTS = [
  `select count(*), sum(cost) from usage.events where ${IN_OCTOBER}`,
  `select date_trunc('day', occurred_at, 'UTC'), count(*), sum(cost) from usage.events where ${IN_OCTOBER} group by 1`,
  `select model, sum(cost) from usage.events join usage.dimension_sets on dimension_sets.id = dimension_set_id where ${IN_OCTOBER} group by 1`,
]

/** The totals of 30 days, from the same rows as the server's. */
const TOTALS = `
  select sum(calls), sum(cost), sum(input_tokens + output_tokens + cache_read_tokens)
  from usage.rollups_daily where tenant_id = '${SAMPLE.tenantId}' and bucket_start >= '${OCTOBER.from}' and bucket_start < '${OCTOBER.to}'`

/** The questions of the dashboard's page Overview, for all tenants over the 30 days, as the page sends them. */
async function overviewRequests(): Promise<string[]> {
  const file = new URL('../apps/dashboard/src/pages/overview/overview.graphql', import.meta.url)
  // The page names periods, which end now.
  const query = (await readFile(file, 'utf8')).replaceAll('period: $period', 'range: $range').replaceAll('$period: UsagePeriod!', '$range: TimeRangeInput!')
  const variables = { range: OCTOBER, granularity: 'DAY', timeZone: 'UTC', by: ['MODEL'] }
  const names = [...query.matchAll(/^query (\w+)/gm)].map(([, name = '']) => name)
  return names.map(operationName => JSON.stringify({ query, operationName, variables }))
}

const DAYS_OF_ROLLUPS = `bucket_start >= '${OCTOBER.from}' and bucket_start < '${OCTOBER.to}'`
const SUMS = 'sum(calls), sum(cost), sum(input_tokens + output_tokens + cache_read_tokens)'
const BINS = `
  select day, bin, sum(count) from (
    select bucket_start as day, packed >> 40 as bin, packed & ((1::bigint << 40) - 1) as count from usage.latencies_daily, unnest(bins) as packed where ${DAYS_OF_ROLLUPS}
    union all
    select bucket_start, packed >> 40, packed & ((1::bigint << 40) - 1) from usage.rollups_daily, unnest(latency_tail) as packed where ${DAYS_OF_ROLLUPS}
  ) as bins group by day, bin`

/** What Overview shows, by hand from the same rows: totals, days, percentiles of both, models by day, and tenants. */
const OVERVIEW_BY_HAND = [
  `select ${SUMS} from usage.rollups_daily where ${DAYS_OF_ROLLUPS}`,
  `select bucket_start, ${SUMS} from usage.rollups_daily where ${DAYS_OF_ROLLUPS} group by 1`,
  BINS.replaceAll('day, bin', 'bin'),
  BINS,
  `select model, bucket_start, sum(cost) from usage.rollups_daily join usage.dimension_sets on dimension_sets.id = dimension_set_id where ${DAYS_OF_ROLLUPS} group by 1, 2`,
  `select tenant_id, sum(calls), sum(cost) from usage.rollups_daily where ${DAYS_OF_ROLLUPS} group by 1`,
]

/** Server time that Overview may take in all. */
const OVERVIEW_MS = 200

/** A page with seven questions about usage over HTTP GraphQL, and the totals of a tenant that many clients ask for at the same time. */
export const pageLoad: Benchmark = {
  name: 'page-load',
  async run() {
    await using tollgate = await startTollgate({ connections: 1 })
    const pool = tollgate.connect(1)
    await fillOctober(tollgate, pool, [SAMPLE])
    const key = await createKey(tollgate)
    const load = (questions: readonly string[]) => millisecondsOf(() => tollgate.send(JSON.stringify({ query: `{ ${questions.join(' ')} }` }), { key }))
    const once: number[] = []
    const twice: number[] = []
    const again = PAGE.map(question => `again_${question}`)
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      once.push(await load(PAGE))
      twice.push(await load([...PAGE, ...again]))
    }
    const fromEvents = await millisecondsOf(async () => {
      for (const statement of FROM_EVENTS) await pool.query(statement)
    })
    const overview = await overviewRequests()
    const shown: number[] = []
    const byHand: number[] = []
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      shown.push(
        await millisecondsOf(async () => {
          for (const body of overview) await tollgate.send(body)
        }),
      )
      byHand.push(
        await millisecondsOf(async () => {
          for (const statement of OVERVIEW_BY_HAND) await pool.query(statement)
        }),
      )
    }
    const ours: number[] = []
    const peer: number[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      ours.push(await totalsPerSecond(tollgate, key))
      peer.push(await statementsPerSecond(pool))
    }
    return [
      compare({ name: 'a page of seven questions / three of them as GROUP BY', ours: median(once), peer: fromEvents, unit: 'ms', aim: { atMost: 0.1 } }),
      compare({ name: 'the same page with each question twice / once', ours: median(twice), peer: median(once), unit: 'ms', aim: { atMost: 1.2 } }),
      compare({
        name: 'the Overview of the dashboard, for all tenants / its sums by hand',
        ours: median(shown),
        peer: median(byHand),
        unit: 'ms',
        aim: { atMost: 2 },
      }),
      compare({ name: 'the same / the time that it may take', ours: median(shown), peer: OVERVIEW_MS, unit: 'ms', aim: { atMost: 1 } }),
      compare({
        name: 'totals of a hot tenant, 64 clients / SQL on one connection',
        ours: median(ours.slice(1)),
        peer: median(peer.slice(1)),
        unit: 'answers/s',
        aim: { atLeast: 2 },
      }),
    ]
  },
}

async function createKey({ send }: BenchmarkTollgate): Promise<string> {
  const query = `mutation { createApiKey(input: { tenantId: "${SAMPLE.tenantId}", name: "Page" }) { ... on CreateApiKeyPayload { secret } } }`
  const { data } = JSON.parse(await send(JSON.stringify({ query }))) as { data: { createApiKey: { secret: string } } }
  return data.createApiKey.secret
}

async function totalsPerSecond({ url }: BenchmarkTollgate, key: string): Promise<number> {
  const body = JSON.stringify({ query: `{ usage(${RANGE}) { totals { calls cost tokens { total } } } }` })
  const request = jsonRequest('/graphql', body, { authorization: `Bearer ${key}` })
  using connections = await openConnections(url, CONNECTIONS)
  const requests = Array.from({ length: REQUESTS }, () => request)
  return REQUESTS / (await connections.sendAll(requests, `"calls":${SAMPLE.events}`))
}

async function statementsPerSecond(pool: Pool): Promise<number> {
  const COUNT = 200
  const milliseconds = await millisecondsOf(async () => {
    for (let i = 0; i < COUNT; i += 1) await pool.query({ name: 'totals', text: TOTALS })
  })
  return COUNT / (milliseconds / 1_000)
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
