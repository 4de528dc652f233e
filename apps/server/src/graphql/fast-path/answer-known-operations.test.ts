import { RequestCache } from '@pothos/plugin-scope-auth'
import { serverAuthenticator } from '../../features/accounts/server-authenticator.ts'
import { parseExactJson } from '@tollgate/kernel'
import fc from 'fast-check'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { GraphQLHandler } from '../../http/routes.ts'
import { createGraphQLListener } from '../graphql-listener.ts'
import { randomDocument } from './testing/random-document.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'

const TENANT = 'query Tenant($id: ID) { tenant(id: $id) { id name } }'
const TRACK =
  'mutation Track($input: TrackUsageInput!) { trackUsage(input: $input) { __typename ... on TrackUsagePayload { results { outcome reason } } ... on Error { code message } } }'
const USAGE =
  'query Usage($range: TimeRangeInput!, $tenantId: ID) { usage(range: $range, tenantId: $tenantId) { totals { calls cost } breakdown(by: [MODEL]) { key { value } } } }'
const ENFORCE =
  'mutation Enforce($input: EnforceQuotasInput!) { enforceQuotas(input: $input) { ... on EnforceQuotasPayload { decision { allowed results { metric remaining resetsAt policy { id } } } } ... on Error { code message } } }'
const RANGE = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }

const literalTrack = (event: string) =>
  `mutation { trackUsage(input: { tenantId: "acme", events: [${event}] }) { ... on TrackUsagePayload { results { outcome reason } } } }`

interface Case {
  readonly body: object
  readonly headers?: Record<string, string>
  readonly key?: 'operator' | 'tenant' | 'none' | 'bad'
}

const CASES: [string, Case][] = [
  ['variables', { body: { query: TENANT, variables: { id: 'acme' } } }],
  ['no variables', { body: { query: '{ viewer { kind scopes } }' } }],
  ['names that objects inherit', { body: { query: '{ __proto__: viewer { kind __proto__: scopes } constructor: viewer { toJSON: kind valueOf: scopes } }' } }],
  ['a named operation', { body: { query: TENANT, variables: { id: 'acme' }, operationName: 'Tenant' } }],
  ['an unknown operation name', { body: { query: TENANT, variables: { id: 'acme' }, operationName: 'Other' } }],
  ['several operations', { body: { query: `${TENANT} query Me { viewer { kind } }`, variables: { id: 'acme' }, operationName: 'Me' } }],
  ['a forbidden field among others', { key: 'tenant', body: { query: '{ viewer { kind } quotaPlans { id } }' } }],
  ['an omitted variable', { body: { query: TENANT, variables: {} } }],
  ['variables that are null', { body: { query: TENANT, variables: null } }],
  ['variables that are a list', { body: { query: TENANT, variables: ['acme'] } }],
  ['a mutation', { body: { query: TRACK, variables: { input: { tenantId: 'acme', events: [{ idempotencyKey: 'once', operation: 'chat' }] } } } }],
  ['an expected error', { body: { query: TRACK, variables: { input: { tenantId: 'nobody', events: [{ operation: 'chat' }] } } } }],
  [
    'a variable of a wrong type',
    { body: { query: TRACK, variables: { input: { tenantId: 'acme', events: [{ operation: 'chat', tokens: { input: 1.5 } }] } } } },
  ],
  ['an unknown field in a variable', { body: { query: TRACK, variables: { input: { tenantId: 'acme', events: [{ operation: 'chat', colour: 'red' }] } } } }],
  ['an event in the text of the query', { body: { query: literalTrack('{ idempotencyKey: "text", operation: "chat", latencyMs: 1.6 }') } }],
  ['an invalid event in the text of the query', { body: { query: literalTrack('{ operation: 7, colour: RED }') } }],
  [
    'events in variables of other types',
    {
      body: {
        query: `mutation Track($key: String, $latency: Int = 3, $tokens: TokenUsageInput) { trackUsage(input: { tenantId: "acme", events: [{ idempotencyKey: $key, operation: "chat", latencyMs: $latency, tokens: $tokens }] }) { ... on TrackUsagePayload { results { outcome reason } } } }`,
        variables: { key: 'typed', tokens: { input: '1' } },
      },
    },
  ],
  ['a single event', { body: { query: TRACK, variables: { input: { tenantId: 'acme', events: { idempotencyKey: 'single', operation: 'chat' } } } } }],
  ['a default', { body: { query: 'query Tenant($id: ID = "acme") { tenant(id: $id) { id } }' } }],
  ['an invalid value instead of a default', { body: { query: 'query Tenant($id: ID = "acme") { tenant(id: $id) { id } }', variables: { id: true } } }],
  [
    'a quota decision',
    {
      key: 'tenant',
      body: { query: ENFORCE, variables: { input: { requests: [{ metric: 'TOKENS', amount: '0.5' }], metadata: { customerId: 'c', attributes: { a: 1 } } } } },
    },
  ],
  [
    'a quota decision with an invalid amount',
    { body: { query: ENFORCE, variables: { input: { tenantId: 'acme', requests: [{ metric: 'TOKENS', amount: 'much' }] } } } },
  ],
  ['a quota decision without an amount', { body: { query: ENFORCE, variables: { input: { tenantId: 'acme', requests: [{ metric: 'TOKENS' }] } } } }],
  ['an unknown variable', { body: { query: TENANT, variables: { id: 'acme', colour: 'red' } } }],
  ['a query that fails', { body: { query: USAGE, variables: { range: { from: RANGE.to, to: RANGE.from } } } }],
  ['another tenant', { key: 'tenant', body: { query: USAGE, variables: { range: RANGE, tenantId: 'globex' } } }],
  ['no key', { key: 'none', body: { query: TENANT, variables: { id: 'acme' } } }],
  ['an unknown key', { key: 'bad', body: { query: TENANT, variables: { id: 'acme' } } }],
  ['the schema without a key', { key: 'none', body: { query: '{ __schema { queryType { name } } }' } }],
  ['a syntax error', { body: { query: '{ viewer {' } }],
  ['an invalid query', { body: { query: '{ colour }' } }],
  ['no query', { body: { variables: {} } }],
  ['an unknown subscription', { body: { query: 'subscription { colour }' } }],
  ['extensions', { body: { query: TENANT, variables: { id: 'acme' }, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } } }],
  ['a client that accepts JSON', { headers: { accept: 'application/json' }, body: { query: TENANT, variables: { id: 'acme' } } }],
  [
    'a client that accepts the newer JSON type',
    { headers: { accept: 'application/graphql-response+json' }, body: { query: TENANT, variables: { id: 'acme' } } },
  ],
  ['a browser', { headers: { origin: 'https://example.com' }, body: { query: TENANT, variables: { id: 'acme' } } }],
]

let graphql: GraphQLTestServer
let yoga: Server
let listener: Server
let executedByYoga = 0
let keys: Record<NonNullable<Case['key']>, string | null>

beforeAll(async () => {
  graphql = await startGraphQLTestServer()
  const { tollgate, clock, operatorKey } = graphql
  const options = { tollgate, authenticator: serverAuthenticator({ accounts: tollgate.accounts, clock, operatorKey }), logger: pino({ level: 'silent' }) }
  yoga = await serve(createGraphQLListener({ ...options, fastPath: false }))
  const count = { onExecute: () => void (executedByYoga += 1) }
  listener = await serve(createGraphQLListener({ ...options, plugins: [count] }))
  keys = { operator: operatorKey, tenant: await graphql.keyOf('acme'), none: null, bad: 'no-key-of-anybody' }
})
afterAll(async () => {
  yoga.close()
  listener.close()
  await graphql.stop()
})

describe('answers a request as without the fast path, both the first time and when the operation is known:', () => {
  it.each(CASES)('%s', async (_, request) => {
    await ask(yoga, request) // The first time, an event is accepted; from then on it is a duplicate.
    const expected = await ask(yoga, request)
    for (let time = 1; time <= 3; time++) expect(await ask(listener, request)).toEqual(expected)
  })
})

it('executes a known operation without yoga', async () => {
  const request: Case = { body: { query: 'query Known($id: ID) { tenant(id: $id) { id } }', variables: { id: 'acme' } } }
  const before = executedByYoga
  for (let time = 1; time <= 3; time++) await ask(listener, request)
  expect(executedByYoga - before).toBe(1)
})

it('keeps neither the cache of the context nor the request once a known operation has been executed', async () => {
  const clearForContext = vi.spyOn(RequestCache, 'clearForContext')
  const request: Case = { body: { query: 'query Released { viewer { kind } }' } }
  for (let time = 1; time <= 2; time++) await ask(listener, request)
  expect(clearForContext.mock.calls).toEqual([[expect.objectContaining({ requestId: 'test', req: undefined })]])
  clearForContext.mockRestore()
})

it('answers any JSON instead of variables as without the fast path', async () => {
  const amount = fc.oneof(fc.constantFrom('1', '0.5', 1, 1.5, '-1', 'much', null), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string())
  const request = fc.record({ metric: fc.constantFrom('TOKENS', 'REQUESTS', 'WISHES', null), amount, colour: fc.constant('red') }, { requiredKeys: [] })
  const input = fc.record(
    {
      tenantId: fc.constantFrom('acme', 'nobody', null),
      requests: fc.oneof(fc.array(request, { maxLength: 3 }), request),
      metadata: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  )
  const variables = fc.oneof(fc.record({ input: fc.oneof(input, fc.jsonValue({ maxDepth: 2 })) }), fc.jsonValue({ maxDepth: 2 }))
  await fc.assert(
    fc.asyncProperty(variables, async value => {
      const asked: Case = { body: { query: ENFORCE, variables: value } }
      expect(await ask(listener, asked)).toEqual(await ask(yoga, asked))
    }),
    { numRuns: 200 },
  )
})

it('answers random documents as without the fast path, with and without directives, and executes most of them itself', async () => {
  let answers = 0
  /** Of three requests for each answered document, how many yoga executed for the listener. */
  let leftToYoga = 0
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat({ max: 1_000 })), async numbers => {
      const request: Case = { body: { query: randomDocument(count => (numbers.next().value as number) % count) } }
      const expected = await ask(yoga, request)
      const before = executedByYoga
      for (let time = 1; time <= 3; time++) expect(await ask(listener, request)).toEqual(expected)
      if (!expected.body.startsWith('{"data"')) return
      answers += 1
      leftToYoga += executedByYoga - before
    }),
    { numRuns: 80 },
  )
  expect(answers).toBeGreaterThan(10)
  expect(leftToYoga).toBeLessThan(answers * 1.5)
})

it('answers as without the fast path what resolvers throw, wherever it nulls', async () => {
  const read = 'usage(range: $range) { totals { calls } }'
  for (const query of [
    `query Failing($range: TimeRangeInput!) { viewer { kind } ${read} }`,
    'query Failing { viewer { kind } tenants(first: 100000) { edges { node { id } } } again: tenants(first: -1) { edges { cursor } } }',
    `query Failing($range: TimeRangeInput!) { tenants(first: 1) { edges { node { name } } } ... on Query { ${read} } ...More } fragment More on Query { more: ${read} }`,
  ]) {
    const request: Case = { body: { query, ...(query.includes('$range') && { variables: { range: { from: RANGE.to, to: RANGE.from } } }) } }
    const expected = await ask(yoga, request)
    expect(expected.body).toContain('"errors"')
    for (let time = 1; time <= 3; time++) expect(await ask(listener, request)).toEqual(expected)
  }
})

async function ask(server: Server, { body, headers = {}, key = 'operator' }: Case) {
  const authorization = keys[key]
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://localhost:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== null && { authorization: `Bearer ${authorization}` }), ...headers },
    body: JSON.stringify(body),
  })
  const all = Object.fromEntries(response.headers)
  const shown = Object.fromEntries(['content-type', 'www-authenticate', 'retry-after'].map(name => [name, all[name]]))
  return { status: response.status, headers: shown, body: await response.text() }
}

function serve(handler: GraphQLHandler): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = parseExactJson(Buffer.concat(chunks).toString()) as object
      void handler(Object.assign(request, { body }), response, { requestId: 'test' })
    })
  })
  return new Promise(done => server.listen(0, () => done(server)))
}
