import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from './testing/graphql-test-server.ts'

const RANGE = `{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }`
let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
  for (const model of ['a', 'b', 'c']) {
    await server.send(
      server.operatorKey,
      `mutation { publishPrice(input: { provider: "p", model: "${model}", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: 1 } }) { __typename } }`,
    )
  }
  for (const tenantId of ['acme', 'globex']) {
    await server.send(server.operatorKey, `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { __typename } }`, {
      input: { tenantId, events: Array.from({ length: 30 }, (_, i) => ({ operation: 'o', provider: 'p', model: 'abc'[i % 3], tokens: { input: i } })) },
    })
  }
})
afterAll(() => server.stop())

/** Returns the number of statements of an operation by the configured operator, whose key is in no table. */
async function statementsOf(query: string, variables = {}): Promise<number> {
  server.statements()
  const { errors } = await server.send(server.operatorKey, query, variables)
  expect(errors).toEqual([])
  return server.statements().length
}

it('loads the corrections, prices and tenants of a page of events once each', async () => {
  expect(await statementsOf(`query { usageEvents(range: ${RANGE}, first: 60) { nodes { id } } }`)).toBe(1)
  expect(await statementsOf(`query { usageEvents(range: ${RANGE}, first: 60) { nodes { id price { model tenant { id } } tenant { name } } } }`)).toBe(4)
})

it('loads the events of a batch once, and only if they are selected', async () => {
  const track = (fields: string, run: number) =>
    statementsOf(`mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { ${fields} } } } }`, {
      input: {
        tenantId: 'acme',
        events: Array.from({ length: 50 }, (_, i) => ({ operation: 'o', idempotencyKey: `${run}-${i}`, provider: 'p', model: 'a', tokens: { input: 1 } })),
      },
    })
  const withoutEvents = await track('outcome idempotencyKey reason', 1)
  expect(await track('outcome event { id operation }', 2)).toBe(withoutEvents + 1)
  expect(await track('outcome event { id cost pricingState corrections { correctedAt } }', 3)).toBe(withoutEvents + 2)
  expect(await track('outcome event { id price { model } tenant { name } }', 4)).toBe(withoutEvents + 4)
})

it('loads the tenants of consumers and of keys once', async () => {
  expect(await statementsOf(`query { topConsumers(metric: CALLS, range: ${RANGE}) { measures { calls } } }`)).toBe(1)
  expect(await statementsOf(`query { topConsumers(metric: CALLS, range: ${RANGE}) { tenant { name } measures { calls } } }`)).toBe(2)
  for (const tenantId of ['acme', 'globex', 'acme']) await server.keyOf(tenantId)
  expect(await statementsOf(`query { apiKeys { nodes { name tenant { name } } } }`)).toBe(2)
})

it('loads nodes of a type together', async () => {
  const { data } = await server.send(server.operatorKey, `query { usageEvents(range: ${RANGE}, first: 10) { nodes { id } } }`)
  const ids = data.usageEvents.nodes.map(({ id }: { id: string }) => id)
  expect(await statementsOf(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: [...ids, 'acme', 'globex'] })).toBe(2)
})

it('reads each question of a page about usage with one statement, and equal ones once', async () => {
  const page = [
    `totals: usage(range: ${RANGE}) { totals { calls cost } }`,
    `before: usage(range: { from: "2026-10-01T00:00:00Z", to: "2026-11-01T00:00:00Z" }) { totals { calls cost } }`,
    `days: usage(range: ${RANGE}) { series(granularity: DAY, timeZone: "Europe/Berlin") { start measures { calls cost } } }`,
    `models: usage(range: ${RANGE}) { breakdown(by: [MODEL], first: 5) { key { value } measures { cost latencyMs { p95 } } } }`,
    `customers: usage(range: ${RANGE}) { breakdown(by: [CUSTOMER], first: 5) { key { value } measures { cost } } }`,
    `failures: usage(range: ${RANGE}, filter: { statuses: [FAILURE] }) { totals { calls units { kind } } }`,
    `hours: usage(range: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" }) { series(granularity: HOUR) { measures { calls } } }`,
  ]
  for (const question of page) expect(await statementsOf(`query { ${question} }`)).toBe(1)
  const again = page.map(question => `again_${question}`)
  expect(await statementsOf(`query { ${[...page, ...again].join(' ')} }`)).toBe(7)
})

it('reads latencies only if they are selected', async () => {
  const sql = async (fields: string) => {
    server.statements()
    await server.send(
      server.operatorKey,
      `query { usage(range: ${RANGE}) { ${fields} } } fragment L on UsageMeasures { latencyMs { p95 } }`.replace(
        fields.includes('...L') ? /$^/ : /fragment L.*$/,
        '',
      ),
    )
    return server.statements().join('\n')
  }
  for (const fields of ['totals { calls }', 'breakdown(by: [MODEL]) { measures { calls } }', 'series(granularity: DAY) { measures { calls } }']) {
    const without = await sql(fields)
    const named = await sql(fields.replace('calls', 'calls latencyMs { p95 }'))
    expect(named.length).toBeGreaterThan(without.length)
    expect(await sql(fields.replace('calls', 'calls ...L'))).toBe(named)
  }
})
