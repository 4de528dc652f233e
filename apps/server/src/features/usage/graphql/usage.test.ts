import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
let acme: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
  const published = await server.send(
    server.operatorKey,
    `mutation { publishPrice(input: { provider: "in-house", model: "our-llm", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "1", output: "2.50" } }) {
       ... on PublishPricePayload { price { id provider model source perMillionTokens { input output cacheRead } contextSteps { above } } } ... on Error { code message } } }`,
  )
  expect(published.data.publishPrice.price).toMatchObject({
    provider: 'in-house',
    model: 'our-llm',
    source: 'CUSTOM',
    perMillionTokens: { input: '1', output: '2.5', cacheRead: null },
    contextSteps: [],
  })
})
afterAll(() => server.stop())

const TRACK = `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { __typename
  ... on TrackUsagePayload { results { outcome idempotencyKey reason issues { path message } event { id occurredAt cost pricingState tokens { total input } metadata { customerId attributes } price { model } tenant { id name } } } }
  ... on Error { code message } ... on InvalidInputError { issues { path message } } } }`
const RANGE = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }

const chat = (n: number, more: Record<string, unknown> = {}) => ({
  idempotencyKey: `chat-${n}`,
  occurredAt: `2026-11-20T1${n}:00:00+00:00`,
  operation: 'chat_message',
  provider: 'in-house',
  model: 'our-llm',
  tokens: { input: 1000, output: 100 * n },
  latencyMs: 100 * n,
  metadata: { customerId: `c${n}`, featureId: 'chat', attributes: { seats: 3, trial: false } },
  ...more,
})

describe('trackUsage', () => {
  it('returns a result for each event in order, with its exact cost', async () => {
    const { data } = await server.send(acme, TRACK, { input: { events: [chat(0), chat(1, { model: 'unheard-of', status: 'FAILURE' })] } })
    expect(data.trackUsage.results).toMatchObject([
      {
        outcome: 'ACCEPTED',
        idempotencyKey: 'chat-0',
        reason: null,
        issues: [],
        event: {
          occurredAt: '2026-11-20T10:00:00Z',
          cost: '0.001',
          pricingState: 'PRICED',
          tokens: { total: 1000, input: 1000 },
          metadata: { customerId: 'c0', attributes: { seats: 3, trial: false } },
          price: { model: 'our-llm' },
          tenant: { id: 'acme', name: 'Acme' },
        },
      },
      { outcome: 'ACCEPTED', event: { cost: null, pricingState: 'UNPRICED', price: null } },
    ])
    expect(data.trackUsage.results[0].event.id).toMatch(/^evt_[0-9a-f-]{36}$/)
  })
  it('distinguishes duplicates, conflicts and rejections, and records the valid events among them', async () => {
    const { data } = await server.send(acme, TRACK, {
      input: { events: [chat(0), chat(0, { tokens: { input: 7 } }), chat(1, { idempotencyKey: 'bad', operation: '' }), chat(1, { idempotencyKey: 'chat-2' })] },
    })
    expect(data.trackUsage.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['DUPLICATE', 'CONFLICT', 'REJECTED', 'ACCEPTED'])
    expect(data.trackUsage.results[0].event.cost).toBe('0.001')
    expect(data.trackUsage.results[2]).toMatchObject({ event: null, issues: [{ path: 'operation' }] })
  })
  it('generates a missing key, and records for the tenant that an operator names', async () => {
    const { data } = await server.send(server.operatorKey, TRACK, {
      input: { tenantId: 'globex', events: [{ operation: 'workflow_execution', quantity: '2.5' }] },
    })
    expect(data.trackUsage.results).toMatchObject([
      { outcome: 'ACCEPTED', event: { pricingState: 'NOT_APPLICABLE', cost: null, occurredAt: '2026-11-20T12:00:00Z', tenant: { id: 'globex' } } },
    ])
    expect(data.trackUsage.results[0].idempotencyKey).not.toBe('')
  })
})

describe('usage', () => {
  it('reports totals, breakdowns and series', async () => {
    const { data, errors } = await server.send(
      acme,
      `query ($range: TimeRangeInput!) { usage(range: $range) {
         totals { calls successes failures rateLimited errorRate tokens { total input output cacheRead } cost averageCostPerCall unpricedCalls customers latencyMs { average p50 p95 p99 } }
         breakdown(by: [FEATURE, CUSTOMER], orderBy: COST) { key { dimension value } measures { calls cost } }
         series(granularity: DAY, timeZone: "Asia/Kolkata") { start measures { calls } } } }`,
      { range: { from: '2026-11-19T18:30:00Z', to: '2026-11-21T18:30:00Z' } },
    )
    expect(errors).toEqual([])
    expect(data.usage.totals).toMatchObject({
      calls: 3,
      successes: 2,
      failures: 1,
      rateLimited: 0,
      errorRate: 1 / 3,
      tokens: { total: 3200, input: 3000, output: 200, cacheRead: 0 },
      cost: '0.00225',
      averageCostPerCall: '0.001125',
      unpricedCalls: 1,
      customers: 2,
    })
    expect(data.usage.totals.latencyMs.average).toBeCloseTo(200 / 3, 0)
    expect(data.usage.breakdown).toEqual([
      {
        key: [
          { dimension: 'FEATURE', value: 'chat' },
          { dimension: 'CUSTOMER', value: 'c1' },
        ],
        measures: { calls: 2, cost: '0.00125' },
      },
      {
        key: [
          { dimension: 'FEATURE', value: 'chat' },
          { dimension: 'CUSTOMER', value: 'c0' },
        ],
        measures: { calls: 1, cost: '0.001' },
      },
    ])
    expect(data.usage.series).toEqual([
      { start: '2026-11-19T18:30:00Z', measures: { calls: 3 } },
      { start: '2026-11-20T18:30:00Z', measures: { calls: 0 } },
    ])
  })
  it('filters by any list, also by one that matches nothing', async () => {
    const query = `query ($range: TimeRangeInput!, $filter: UsageFilterInput) { usage(range: $range, filter: $filter) { totals { calls } } }`
    const calls = async (filter: unknown) => (await server.send(acme, query, { range: RANGE, filter })).data.usage.totals.calls
    expect(await calls({ statuses: ['FAILURE'] })).toBe(1)
    expect(await calls({ customerIds: ['c1'], models: ['our-llm'] })).toBe(1)
    expect(await calls({ providers: [] })).toBe(0)
    expect(await calls(null)).toBe(3)
  })
  it('reports all tenants or a single one to an operator', async () => {
    const query = `query ($range: TimeRangeInput!, $tenantId: ID) { usage(range: $range, tenantId: $tenantId) { totals { calls } breakdown(by: [TENANT], orderBy: CALLS) { key { value } measures { calls } } } }`
    const all = await server.send(server.operatorKey, query, { range: RANGE })
    expect(all.data.usage).toMatchObject({ totals: { calls: 4 }, breakdown: [{ key: [{ value: 'acme' }] }, { key: [{ value: 'globex' }] }] })
    expect((await server.send(server.operatorKey, query, { range: RANGE, tenantId: 'globex' })).data.usage.totals.calls).toBe(1)
  })
  it('ranks tenants by a measure', async () => {
    const { data } = await server.send(
      server.operatorKey,
      `query ($range: TimeRangeInput!) { topConsumers(metric: TOKENS, range: $range) { tenant { id name } measures { tokens { total } latencyMs { p95 } } } }`,
      { range: RANGE },
    )
    expect(data.topConsumers).toMatchObject([
      { tenant: { id: 'acme', name: 'Acme' }, measures: { tokens: { total: 3200 }, latencyMs: { p95: expect.closeTo(100, -1) } } },
      { tenant: { id: 'globex' }, measures: { tokens: { total: 0 }, latencyMs: null } },
    ])
  })
  it('lists models without a price', async () => {
    const { data } = await server.send(
      acme,
      `query ($range: TimeRangeInput!) { unpricedUsage(range: $range) { key { dimension value } measures { calls unpricedCalls } } }`,
      { range: RANGE },
    )
    expect(data.unpricedUsage).toEqual([
      {
        key: [
          { dimension: 'PROVIDER', value: 'in-house' },
          { dimension: 'MODEL', value: 'unheard-of' },
        ],
        measures: { calls: 1, unpricedCalls: 1 },
      },
    ])
  })
})

describe('usageEvents', () => {
  const EVENTS = `query ($range: TimeRangeInput!, $first: Int, $after: String) { usageEvents(range: $range, first: $first, after: $after) { edges { cursor node { idempotencyKey } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`

  it('pages through events newest first, each exactly once', async () => {
    const keys: string[] = []
    let after: string | null = null
    for (;;) {
      const { usageEvents: page } = (await server.send(acme, EVENTS, { range: RANGE, first: 2, after })).data as {
        usageEvents: {
          edges: { cursor: string; node: { idempotencyKey: string } }[]
          pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string }
        }
      }
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null)
      expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor)
      keys.push(...page.edges.map(({ node }) => node.idempotencyKey))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(keys).toHaveLength(3)
    expect(new Set(keys)).toEqual(new Set(['chat-0', 'chat-1', 'chat-2']))
    expect(keys.at(-1)).toBe('chat-0')
  })
  it.each([
    '',
    'nonsense',
    '!!',
    Buffer.from('2026-11-20T00:00:00Z not-an-id').toString('base64url'),
    Buffer.from('yesterday 01900000-0000-7000-8000-000000000000').toString('base64url'),
  ])('rejects %j as a cursor', async after => {
    const { errors, data } = await server.send(acme, EVENTS, { range: RANGE, after })
    expect(data).toEqual({ usageEvents: null })
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'after' }] })
  })
})

describe('rejected events', () => {
  const LIST = `query ($includeResolved: Boolean) { rejectedEvents(includeResolved: $includeResolved) { nodes { id reason payload attempts resolvedAt tenant { id } } } }`
  const RESEND = `mutation ($input: ResendRejectedEventInput!) { resendRejectedEvent(input: $input) { __typename ... on ResendRejectedEventPayload { result { outcome event { operation } } } ... on Error { code message } } }`

  it('can be listed, corrected and sent again', async () => {
    const [rejected] = (await server.send(acme, LIST)).data.rejectedEvents.nodes
    expect(rejected).toMatchObject({
      id: expect.stringMatching(/^rej_/),
      reason: expect.stringContaining('operation'),
      payload: { tokens: { output: 100 } },
      attempts: 1,
      resolvedAt: null,
      tenant: { id: 'acme' },
    })
    const again = await server.send(acme, RESEND, { input: { id: rejected.id } })
    expect(again.data.resendRejectedEvent.result.outcome).toBe('REJECTED')
    const corrected = await server.send(acme, RESEND, { input: { id: rejected.id, event: { operation: 'corrected' } } })
    expect(corrected.data.resendRejectedEvent.result).toEqual({ outcome: 'ACCEPTED', event: { operation: 'corrected' } })
    expect((await server.send(acme, LIST)).data.rejectedEvents.nodes).toEqual([])
    expect((await server.send(acme, LIST, { includeResolved: true })).data.rejectedEvents.nodes).toMatchObject([
      { id: rejected.id, resolvedAt: '2026-11-20T12:00:00Z' },
    ])
  })
})
