import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { KEY_SCOPES } from '../../features/accounts/key-scopes.ts'
import { createGraphQLHandler } from '../yoga.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'

const RANGE = `{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }`
const OPERATOR = { kind: 'operator' as const, keyId: null, scopes: new Set(KEY_SCOPES) }
const logger = pino({ level: 'silent' })
let server: GraphQLTestServer
let acme: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
})
afterAll(() => server.stop())

describe('accepts', () => {
  it('the introspection of GraphiQL, with and without a key', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    })
    for (const key of [acme, null]) expect((await server.send(key, query)).data.__schema.types.length).toBeGreaterThan(40)
  })
  it('a batch of 1,000 events with every field selected', async () => {
    const query = `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { outcome idempotencyKey reason issues { path message } event { id occurredAt cost pricingState status provider model metadata { customerId } tokens { total } tenant { name } price { id model } } } } } }`
    const { data, errors } = await server.send(acme, query, {
      input: { events: Array.from({ length: 1_000 }, (_, i) => ({ operation: 'o', idempotencyKey: `k${i}` })) },
    })
    expect(errors).toEqual([])
    expect(data.trackUsage.results).toHaveLength(1_000)
  })
  it('a batch of 1,000 events inlined into the query', async () => {
    const events = Array.from(
      { length: 1_000 },
      (_, i) =>
        `{ operation: "o", idempotencyKey: "inline-${i}", provider: "p", model: "m", tokens: { input: ${i}, output: 2 }, metadata: { customerId: "c" } }`,
    )
    const { data, errors } = await server.send(
      acme,
      `mutation { trackUsage(input: { events: [${events.join(' ')}] }) { ... on TrackUsagePayload { results { outcome } } } }`,
    )
    expect(errors).toEqual([])
    expect(data.trackUsage.results).toHaveLength(1_000)
  })
  it('a page of 1,000 events with every field selected', async () => {
    const fields = `id idempotencyKey occurredAt recordedAt operation status provider model quantity cost pricingState reportedCost latencyMs statusCode errorMessage tokens { total input output cacheRead cacheWrite5m cacheWrite1h reasoning } metadata { customerId organizationId productId featureId subscriptionTier environment } tenant { id name } price { id model }`
    const { data, errors } = await server.send(
      acme,
      `query { usageEvents(range: ${RANGE}, first: 1000) { edges { cursor node { ${fields} } } pageInfo { hasNextPage } } }`,
    )
    expect(errors).toEqual([])
    expect(data.usageEvents.edges).toHaveLength(1_000)
  })
  it('a dashboard query with totals, three series and five breakdowns', async () => {
    const measures = `calls successes failures errorRate cost averageCostPerCall tokens { total input output } latencyMs { p50 p95 p99 }`
    const series = ['HOUR', 'DAY', 'MONTH'].map(granularity => `${granularity}: series(granularity: ${granularity}) { start measures { ${measures} } }`)
    const breakdowns = ['CUSTOMER', 'MODEL', 'FEATURE', 'PRODUCT', 'STATUS'].map(
      by => `${by}: breakdown(by: [${by}], first: 100) { key { value } measures { ${measures} } }`,
    )
    expect((await server.send(acme, `query { usage(range: ${RANGE}) { totals { ${measures} } ${series.join(' ')} ${breakdowns.join(' ')} } }`)).errors).toEqual(
      [],
    )
  })
})

describe('rejects, without reading anything,', () => {
  const rejected = async (query: string, variables = {}) => {
    server.statements()
    const { data, errors } = await server.send(acme, query, variables)
    // Only the key was looked up, and from time to time its last use is recorded.
    expect(server.statements().filter(statement => !/secret_hash|last_used_at/.test(statement))).toEqual([])
    expect(Object.values(data ?? {}).every(value => value === null)).toBe(true)
    return errors[0]
  }

  it('long lists of many fields', async () => {
    const page = (inner: string) => `usageEvents(range: ${RANGE}, first: 1000) { nodes { ${inner} } }`
    const fields = Array.from({ length: 60 }, (_, i) => `f${i}: idempotencyKey`).join(' ')
    expect(await rejected(`query { ${page(fields)} }`)).toMatchObject({
      message: expect.stringContaining('The query can return 60'),
      extensions: { code: 'QUERY_TOO_LARGE' },
    })
  })
  it('the same field under many aliases', async () => {
    const aliased = Array.from({ length: 90 }, (_, i) => `a${i}: breakdown(by: [CUSTOMER, MODEL, FEATURE], first: 1000) { measures { cost } }`)
    expect(await rejected(`query { usage(range: ${RANGE}) { ${aliased.join(' ')} } }`)).toMatchObject({
      message: expect.stringMatching(/^The query can return \d+ fields/),
      extensions: { code: 'QUERY_TOO_LARGE' },
    })
    const mutations = Array.from({ length: 201 }, (_, i) => `a${i}: redeemCoupon(input: { code: "GUESS-${i}" }) { __typename }`)
    expect(await rejected(`mutation { ${mutations.join(' ')} }`)).toMatchObject({
      message: 'The query text contains 201 aliases; the maximum is 200. Send several smaller queries.',
      extensions: { code: 'QUERY_TOO_LARGE' },
    })
  })
  it('many cheap reads of sums', async () => {
    const aliased = (field: string) => Array.from({ length: 20 }, (_, i) => `a${i}: ${field}`).join(' ')
    const query = `query { ${aliased(`usage(range: ${RANGE}) { ...Totals }`)} } fragment Totals on UsageReport { ${aliased('totals { calls }')} }`
    expect(await rejected(query)).toMatchObject({
      message: expect.stringMatching(/^The query can return \d+ fields/),
      extensions: { code: 'QUERY_TOO_LARGE' },
    })
  })
  it('fragments that double at each level', async () => {
    const fragments = Array.from(
      { length: 20 },
      (_, i) =>
        `fragment F${i} on Query { ...F${i + 1} x${i}: usage(range: ${RANGE}) { ...R${i} } } fragment R${i} on UsageReport { a: breakdown(by: [MODEL], first: 1000) { measures { cost calls } } }`,
    )
    expect(await rejected(`query { ...F0 } ${fragments.join(' ')} fragment F20 on Query { viewer { kind } }`)).toMatchObject({
      extensions: { code: 'QUERY_TOO_LARGE' },
    })
  })
  it('more fields than validation can compare in reasonable time', async () => {
    expect(await rejected(`query { ${'viewer { kind } '.repeat(5_000)} }`)).toMatchObject({
      message: 'The query text contains 10000 fields and uses of fragments; the maximum is 1000. Send several smaller queries.',
      extensions: { code: 'QUERY_TOO_LARGE' },
    })
  })
  it('a chain of fragments that validation could not follow', async () => {
    const chain = Array.from({ length: 3_500 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} }`)
    expect(await rejected(`query { ...F0 } ${chain.join(' ')} fragment F3500 on Query { viewer { kind } }`)).toMatchObject({
      message: expect.stringContaining('uses of fragments; the maximum is 1000'),
      extensions: { code: 'QUERY_TOO_LARGE' },
    })
  })
  it.each([
    ['fields', `query { ${'a { '.repeat(10_000)} a ${'} '.repeat(10_000)} }`],
    ['a few fields too many', `query { ${'a { '.repeat(70)} a ${'} '.repeat(70)} }`],
    ['lists', `query { node(id: ${'['.repeat(10_000)}1${']'.repeat(10_000)}) { id } }`],
    ['objects', `query { node(id: ${'{ a: '.repeat(5_000)}1${' }'.repeat(5_000)}) { id } }`],
  ])('deep nesting: %s', async (_, query) => {
    expect(await rejected(query)).toMatchObject({
      message: 'The query nests fields, lists and objects more than 64 levels deep. Send values as variables.',
      extensions: { code: 'QUERY_TOO_LARGE' },
    })
  })
  it('a very long document', async () => {
    expect(await rejected(`query { node(id: "x") { ${'id '.repeat(70_000)} } }`)).toMatchObject({
      message: 'The query text contains more than 60000 tokens. Send values as variables, or fewer of them in one request.',
    })
  })
  it('deeply nested introspection', async () => {
    const around = (depth: number): string => (depth === 0 ? 'name' : `fields { type { ${around(depth - 1)} } }`)
    expect(await rejected(`query { __schema { types { ${around(8)} } } }`)).toMatchObject({
      message: expect.stringMatching(/^The introspection can return \d+ fields/),
    })
  })
  it('introspection under many aliases without a key', async () => {
    const aliased = Array.from({ length: 50 }, (_, i) => `a${i}: __schema { ...S }`)
    const query = `query { ${aliased.join(' ')} } fragment S on __Schema { types { name fields { name args { name type { name } } } } }`
    const { data, errors } = await server.send(null, query)
    expect({ data, errors }).toMatchObject({
      data: null,
      errors: [{ message: expect.stringMatching(/^The introspection can return \d+ fields/), extensions: { code: 'QUERY_TOO_LARGE' } }],
    })
  })
  it('more than 100 ids of nodes', async () => {
    const ids = Array.from({ length: 101 }, (_, i) => `tenant-${i}`)
    expect(await rejected(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids })).toMatchObject({
      extensions: { code: 'INVALID_INPUT', issues: [{ path: 'ids' }] },
    })
  })
  it('deeply nested JSON', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`) as unknown
    server.statements()
    const { data, errors } = await server.send(
      acme,
      `mutation ($input: EnforceQuotasInput!) { enforceQuotas(input: $input) { ... on InvalidInputError { issues { path message } } } }`,
      { input: { requests: [{ metric: 'TOKENS', amount: '1' }], metadata: { attributes: deep } } },
    )
    expect(server.statements().filter(statement => !/secret_hash|last_used_at/.test(statement))).toEqual([])
    expect([data.enforceQuotas.issues, errors]).toEqual([[{ path: 'metadata.attributes', message: expect.stringContaining('at most 32 levels') }], []])
  })
})

describe('reports at most 20 errors', () => {
  it.each([20, 21])('of a document with %i errors', async count => {
    const { errors } = await server.send(acme, `query { ${Array.from({ length: count }, (_, i) => `unknown${i}`).join(' ')} }`)
    expect(errors).toHaveLength(Math.min(count, 21))
    expect(errors[20]?.message).toBe(count > 20 ? 'The query has more than 20 errors. Correct these first; then the others are reported.' : undefined)
  })
  it('of variables', async () => {
    const ids = Array.from({ length: 30 }, () => true)
    const { errors } = await server.send(acme, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
    expect(errors).toHaveLength(21)
    expect(errors[20]?.message).toContain('Too many errors processing variables')
  })
})

describe('without introspection', () => {
  const closed = () =>
    createGraphQLHandler({ tollgate: server.tollgate, authenticator: { authenticate, authenticateOffline: () => undefined }, logger, introspection: false })
  const authenticate = async () => OPERATOR
  const ask = async (query: string, variables = {}) => {
    const body = JSON.stringify({ query, variables })
    const response = await closed().fetch('http://localhost/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return (await response.json()) as { data: unknown; errors: { message: string; extensions: { code: string } }[] }
  }

  it.each([
    '{ __schema { queryType { name } } }',
    '{ viewer { kind } __type(name: "Query") { name } }',
    '{ ...S } fragment S on Query { __schema { description } }',
  ])('rejects %s', async query => {
    expect(await ask(query)).toMatchObject({
      errors: [{ message: expect.stringContaining('TOLLGATE_INTROSPECTION=1'), extensions: { code: 'INTROSPECTION_DISABLED' } }],
    })
  })
  it('allows __typename', async () => {
    expect(await ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } })
  })
  it.each([
    ['a field', '{ viewr { kind } }', {}],
    ['an argument', '{ tenant(i: "x") { id } }', {}],
    ['a type', 'query ($range: TimeRangeInpu!) { usage(range: $range) { totals { calls } } }', {}],
    ['an enum value in the text', '{ topConsumers(metric: COSTS, range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }) { tenant { id } } }', {}],
    [
      'an enum value in a variable',
      'query ($metric: Measure!) { topConsumers(metric: $metric, range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }) { tenant { id } } }',
      { metric: 'COSTS' },
    ],
    ['an input field', 'query ($range: TimeRangeInput!) { usage(range: $range) { totals { calls } } }', { range: { form: 'x' } }],
  ])('suggests no name for %s, as it does with introspection', async (_, query, variables) => {
    const messages = (errors: readonly { message: string }[]) => errors.map(({ message }) => message).join(' ')
    expect(messages((await server.send(acme, query, variables)).errors)).toContain('Did you mean')
    const hidden = messages((await ask(query, variables)).errors)
    expect(hidden.length).toBeGreaterThan(10)
    expect(hidden).not.toContain('Did you mean')
  })
})
