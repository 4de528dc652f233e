import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'

let server: GraphQLTestServer
let acme: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
})
afterAll(() => server.stop())

const TRACK = `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { __typename ... on TrackUsagePayload { results { outcome reason issues { path message } } } ... on InvalidInputError { issues { path message } } } }`
const events = async () => (await server.test.asOwner<{ count: number }>('select count(*)::int as count from usage.events'))[0]?.count

describe('rejects an invalid event and names the field:', () => {
  it.each([
    ['operation', { operation: 'o'.repeat(5_000) }],
    ['tokens.input', { tokens: { input: -1 } }],
    ['occurredAt', { occurredAt: '2030-01-01T00:00:00Z' }],
    ['metadata.customerId', { metadata: { customerId: 'c'.repeat(5_000) } }],
    ['metadata.attributes', { metadata: { attributes: [1, 2] } }],
    ['metadata.attributes.nested', { metadata: { attributes: { nested: { deep: 1 } } } }],
    ['reportedCost', { reportedCost: '-1' }],
    ['latencyMs', { latencyMs: -5 }],
    ['idempotencyKey', { idempotencyKey: 'k'.repeat(5_000) }],
    ['metadata.sessionId', { metadata: { sessionId: 'a\u0000b' } }],
  ])('%s', async (path, wrong) => {
    const { data, errors } = await server.send(acme, TRACK, { input: { events: [{ operation: 'o', ...wrong }] } })
    expect(errors).toEqual([])
    expect(data.trackUsage.results).toMatchObject([{ outcome: 'REJECTED', issues: [{ path }], reason: expect.stringContaining(path) }])
  })
  it('and records the 999 other events of the batch', async () => {
    const before = (await events()) ?? 0
    const batch = Array.from({ length: 1_000 }, (_, i) => ({ operation: 'o', idempotencyKey: `batch-${i}`, tokens: { input: i === 500 ? -1 : i } }))
    const { data } = await server.send(acme, TRACK, { input: { events: batch } })
    const outcomes = data.trackUsage.results.map(({ outcome }: { outcome: string }) => outcome)
    expect(outcomes.filter((outcome: string) => outcome === 'ACCEPTED')).toHaveLength(999)
    expect(outcomes[500]).toBe('REJECTED')
    expect(await events()).toBe(before + 999)
  })
})

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

describe('rejects an event with a value that its type refuses, and records the others:', () => {
  it.each([
    ['a fraction of a token', 'tokens.input', { tokens: { input: 1.5 } }],
    ['tokens beyond exact numbers', 'tokens.input', { tokens: { input: 2 ** 53 } }],
    ['tokens in quotes', 'tokens.output', { tokens: { output: '12' } }],
    ['text in place of tokens', 'tokens', { tokens: 'many' }],
    ['a wrong type', 'operation', { operation: 7 }],
    ['a missing operation', 'operation', { operation: undefined }],
    ['null in place of an operation', 'operation', { operation: null }],
    ['an unknown status', 'status', { status: 'PERHAPS' }],
    ['a time without an offset', 'occurredAt', { occurredAt: '2026-11-20T09:30:00' }],
    ['a date that does not exist', 'occurredAt', { occurredAt: '2026-02-30T00:00:00Z' }],
    ['seconds in place of a time', 'occurredAt', { occurredAt: 1_795_000_000 }],
    ['text that is not a number', 'reportedCost', { reportedCost: 'NaN' }],
    ['a number of too many digits', 'quantity', { quantity: 1e-19 }],
    ['an integer that may have lost digits', 'quantity', { quantity: 2 ** 60 }],
    ['an unknown field', 'colour', { colour: 'red' }],
    ['an unknown field of tokens', 'tokens.colour', { tokens: { colour: 1 } }],
    ['a value that is nested too deeply', 'operation', { operation: nested(40) }],
    ['a latency in quotes', 'latencyMs', { latencyMs: '12' }],
    ['a latency beyond Int', 'latencyMs', { latencyMs: 2 ** 31 }],
    ['a fraction of a status code', 'statusCode', { statusCode: 200.5 }],
    ['a key that is a number', 'idempotencyKey', { idempotencyKey: 7 }],
    ['a customer that is a truth value', 'metadata.customerId', { metadata: { customerId: true } }],
    ['text in place of metadata', 'metadata', { metadata: 'acme' }],
    ['a reservation that is a list', 'reservationId', { reservationId: ['r'] }],
    ['an integer beyond 2^53 - 1 in attributes', 'metadata.attributes.a', { metadata: { attributes: { a: 2 ** 53 } } }],
  ])('%s (%s)', async (_, path, wrong) => {
    const before = (await events()) ?? 0
    const batch = [{ operation: 'good' }, { operation: 'o', ...wrong }, { operation: 'good' }]
    const { data, errors } = await server.send(acme, TRACK, { input: { events: batch } })
    expect(errors).toEqual([])
    expect(data.trackUsage.results).toMatchObject([
      { outcome: 'ACCEPTED' },
      { outcome: 'REJECTED', issues: [{ path }], reason: expect.stringContaining(path) },
      { outcome: 'ACCEPTED' },
    ])
    expect(await events()).toBe(before + 2)
  })

  it('keeps each of three bad events as it was sent, and records three good ones', async () => {
    const bad = [
      { idempotencyKey: 'bad-1', operation: 'chat', latencyMs: '1250' },
      { idempotencyKey: 'bad-2', operation: 'chat', occurredAt: '2026-11-20T09:30:00' },
      { idempotencyKey: 'bad-3', operation: 'chat', status: 'PERHAPS' },
    ]
    const good = [
      { idempotencyKey: 'good-1', operation: 'chat', latencyMs: 1250.6 },
      { idempotencyKey: 'good-2', operation: 'chat', reportedCost: '5e-7', quantity: 0.1 + 0.2 },
      { idempotencyKey: 'good-3', operation: 'chat', status: 'FAILURE' },
    ]
    const query = `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { idempotencyKey outcome event { latencyMs quantity status } } } } }`
    const { data } = await server.send(acme, query, { input: { events: [bad[0], good[0], good[1], bad[1], bad[2], good[2]] } })
    expect(data.trackUsage.results).toMatchObject([
      { idempotencyKey: 'bad-1', outcome: 'REJECTED' },
      { idempotencyKey: 'good-1', outcome: 'ACCEPTED', event: { latencyMs: 1251 } },
      { idempotencyKey: 'good-2', outcome: 'ACCEPTED', event: { status: 'SUCCESS', quantity: '0.30000000000000004' } },
      { idempotencyKey: 'bad-2', outcome: 'REJECTED' },
      { idempotencyKey: 'bad-3', outcome: 'REJECTED' },
      { idempotencyKey: 'good-3', outcome: 'ACCEPTED', event: { status: 'FAILURE' } },
    ])
    const list = await server.send(acme, '{ rejectedEvents(first: 100) { nodes { idempotencyKey payload } } }')
    for (const event of bad) {
      const kept = list.data.rejectedEvents.nodes.find((node: { idempotencyKey: string | null }) => node.idempotencyKey === event.idempotencyKey)
      expect(kept.payload).toMatchObject(event)
    }
  })
})

describe('rejects an input that does not match the schema, and names the field:', () => {
  it.each([
    ['an unknown field beside the events', { events: [{ operation: 'good' }], colour: 'red' }, 'is not a field of TrackUsageInput', 'colour'],
    ['a tenant of a wrong type', { events: [{ operation: 'good' }], tenantId: true }, 'must be an id, as text, not true', 'tenantId'],
    ['null in place of the events', { events: null }, 'must not be null', 'events'],
  ])('%s', async (_, input, message, path) => {
    const before = await events()
    const { data, errors } = await server.send(acme, TRACK, { input })
    expect([data.trackUsage, errors]).toEqual([{ __typename: 'InvalidInputError', issues: [{ path, message }] }, []])
    expect(await events()).toBe(before)
  })

  it('a variable that is missing', async () => {
    const { data, errors } = await server.send(acme, TRACK, {})
    expect([data, errors[0]?.extensions.code, errors[0]?.message]).toEqual([null, 'INVALID_INPUT', expect.stringContaining('"$input" has invalid value')])
  })
})

describe('rejects a batch of', () => {
  it.each([0, 1_001])('%i events', async length => {
    const before = await events()
    const { data } = await server.send(acme, TRACK, { input: { events: Array.from({ length }, () => ({ operation: 'o' })) } })
    expect(data.trackUsage).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'events' }] })
    expect(await events()).toBe(before)
  })
})

describe('rejects a query with invalid arguments and names the argument:', () => {
  const RANGE = '{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'
  it.each([
    ['a range that ends before it begins', `usage(range: { from: "2026-12-01T00:00:00Z", to: "2026-11-01T00:00:00Z" }) { totals { calls } }`, 'range.to'],
    ['an empty range', `usage(range: { from: "2026-12-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }) { totals { calls } }`, 'range.to'],
    ['no dimension', `usage(range: ${RANGE}) { breakdown(by: []) { measures { calls } } }`, 'by'],
    ['a dimension twice', `usage(range: ${RANGE}) { breakdown(by: [MODEL, MODEL]) { measures { calls } } }`, 'by'],
    ['a zone that does not exist', `usage(range: ${RANGE}) { series(granularity: DAY, timeZone: "Mars/Base") { start } }`, 'timeZone'],
    ['too many points', `usage(range: { from: "2000-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" }) { series(granularity: HOUR) { start } }`, 'granularity'],
    ['too many groups', `usage(range: ${RANGE}) { breakdown(by: [MODEL], first: 1001) { measures { calls } } }`, 'first'],
    ['no group', `usage(range: ${RANGE}) { breakdown(by: [MODEL], first: 0) { measures { calls } } }`, 'first'],
    ['a page that is too long', `usageEvents(range: ${RANGE}, first: 1001) { nodes { id } }`, 'first'],
    ['a negative page', `usageEvents(range: ${RANGE}, first: -1) { nodes { id } }`, 'first'],
    ['a page of prices that is too long', `prices(first: 101) { nodes { id } }`, 'first'],
    ['a page of tenants that is too long', `tenants(first: 101) { nodes { id } }`, 'first'],
    [
      'too many customers',
      `usage(range: ${RANGE}, filter: { customerIds: [${Array.from({ length: 1_001 }, (_, i) => `"c${i}"`).join(' ')}] }) { totals { calls } }`,
      'filter.customerIds',
    ],
  ])('%s', async (_, field, path) => {
    const { errors } = await server.send(acme, `query { ${field} }`)
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] })
  })
})

describe('rejects what is not a GraphQL request:', () => {
  const post = (body: string, type = 'application/json') =>
    server.fetch(
      new Request('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': type, accept: 'application/graphql-response+json', authorization: `Bearer ${acme}` },
        body,
      }),
    )

  it.each([
    ['invalid JSON', '{"query": ', 400],
    ['no query', '{}', 400],
    ['a query that does not parse', '{"query":"query { viewer"}', 400],
    ['an unknown field', '{"query":"query { viewer { secret } }"}', 400],
    ['several operations at once', '[{"query":"query { viewer { kind } }"}]', 400],
  ])('%s, with a message', async (_, body, status) => {
    const response = await post(body)
    expect(response.status).toBe(status)
    const { errors } = (await response.json()) as { errors: { message: string; extensions?: { code?: string } }[] }
    expect(errors[0]?.message.length).toBeGreaterThan(10)
    expect(errors[0]?.extensions?.code).toEqual(expect.any(String))
  })
  it('another content type', async () => {
    expect((await post('<query/>', 'text/xml')).status).toBe(415)
  })
  it('a mutation by GET', async () => {
    const url = `http://localhost/graphql?query=${encodeURIComponent('mutation { createTenant(input: { id: "x", name: "x" }) { __typename } }')}`
    expect((await server.fetch(new Request(url, { headers: { authorization: `Bearer ${server.operatorKey}` } }))).status).toBe(405)
  })
})
