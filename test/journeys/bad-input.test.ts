import { ReadableStream } from 'node:stream/web'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api } from '../kit/api.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'

let database: TestDatabase
let server: LocalServer
let tenant: Api

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startLocalServer({ DATABASE_URL: database.url })
  await server.api.ask(
    'mutation { a: createTenant(input: { id: "acme", name: "Acme" }) { __typename } b: createTenant(input: { id: "globex", name: "Globex" }) { __typename } }',
  )
  const { createApiKey } = await server.api.ask('mutation { createApiKey(input: { tenantId: "acme", name: "k" }) { ... on CreateApiKeyPayload { secret } } }')
  tenant = server.api.as(createApiKey.secret)
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

const TRACK = `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) {
  __typename
  ... on TrackUsagePayload { results { outcome idempotencyKey reason } }
  ... on Error { code message }
} }`

const event = (fields: Record<string, unknown> = {}) => ({
  operation: 'chat_message',
  provider: 'openai',
  model: 'gpt-4o',
  tokens: { input: 10 },
  occurredAt: '2026-11-01T00:00:00Z',
  ...fields,
})
const track = (events: unknown[], tenantId?: string) => tenant.send(TRACK, { input: { events, ...(tenantId !== undefined && { tenantId }) } })

async function calls(): Promise<number> {
  const { usage } = await server.api.ask('{ usage(range: { from: "2000-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z" }) { totals { calls } } }')
  return usage.totals.calls
}

describe('an invalid event', () => {
  it.each([
    { wrong: { operation: 'x'.repeat(300) }, names: /operation/ },
    { wrong: { operation: '' }, names: /operation/ },
    { wrong: { idempotencyKey: 'k'.repeat(1_000) }, names: /idempotencyKey/ },
    { wrong: { tokens: { output: -1 } }, names: /tokens\.output/ },
    { wrong: { latencyMs: -5 }, names: /latencyMs/ },
    { wrong: { reportedCost: '-0.01' }, names: /reportedCost/ },
    { wrong: { occurredAt: '2090-01-01T00:00:00Z' }, names: /occurredAt/ },
    { wrong: { metadata: { customerId: 'c'.repeat(1_000) } }, names: /metadata\.customerId/ },
    { wrong: { metadata: { attributes: { nested: { deep: true } } } }, names: /metadata\.attributes/ },
  ])('is rejected with the name of its field, and a valid event next to it is accepted: $wrong', async ({ wrong, names }) => {
    const before = await calls()
    const { status, data, errors } = await track([event(wrong), event({ idempotencyKey: `valid event next to ${JSON.stringify(wrong).slice(0, 80)}` })])
    expect([status, errors]).toEqual([200, undefined])
    const [rejected, accepted] = data.trackUsage.results
    expect(rejected).toMatchObject({ outcome: 'REJECTED', reason: expect.stringMatching(names) })
    expect(accepted.outcome).toBe('ACCEPTED')
    expect(await calls()).toBe(before + 1)
  })

  it('is rejected alone among 999 valid events', async () => {
    const before = await calls()
    const events = Array.from({ length: 1_000 }, (_, index) => event({ idempotencyKey: `thousand-${index}`, tokens: { input: index === 500 ? -1 : 1 } }))
    const { data } = await track(events)
    const rejected = data.trackUsage.results.filter(({ outcome }: { outcome: string }) => outcome !== 'ACCEPTED')
    expect(rejected).toEqual([{ outcome: 'REJECTED', idempotencyKey: 'thousand-500', reason: expect.stringMatching(/tokens\.input/) }])
    expect(await calls()).toBe(before + 999)
  })
})

describe('an invalid call', () => {
  const thousandAndOne = Array.from({ length: 1_001 }, () => event())
  const types = `mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) { __typename ... on Error { code message } } }`
  it.each([
    { call: 'no events', send: () => track([]), code: 'INVALID_INPUT', names: /events/ },
    { call: '1,001 events', send: () => track(thousandAndOne), code: 'INVALID_INPUT', names: /1,?000/ },
    { call: 'another tenant', send: () => track([event()], 'globex'), code: 'FORBIDDEN', names: /tenant/ },
    {
      call: 'an unknown tenant',
      send: () => server.api.send(TRACK, { input: { tenantId: 'nobody', events: [event()] } }),
      code: 'NOT_FOUND',
      names: /nobody/,
    },
    {
      call: 'an operator without a tenant',
      send: () => server.api.send(TRACK, { input: { events: [event()] } }),
      code: 'INVALID_INPUT',
      names: /tenantId/,
    },
    {
      call: 'an unknown field beside the events',
      send: () => tenant.send(TRACK, { input: { events: [event()], cost: '1' } }),
      code: 'INVALID_INPUT',
      names: /cost/,
    },
    { call: 'a missing variable', send: () => tenant.send(types), code: 'INVALID_INPUT', names: /\$events/ },
    {
      call: 'no key',
      send: () => tenant.post('{"query":"{ __typename viewer { __typename } }"}', { authorization: '' }),
      code: 'UNAUTHENTICATED',
      names: /Authorization: Bearer/,
    },
    { call: 'an unknown query', send: () => tenant.send('{ usages { calls } }'), code: 'GRAPHQL_VALIDATION_FAILED', names: /usages/ },
  ])('changes nothing and names the reason: $call', async ({ send, code, names }) => {
    const before = await calls()
    const { data, errors } = await send()
    const failure = errors?.[0] ? { code: errors[0].extensions?.code, message: errors[0].message } : data.trackUsage
    expect(failure).toMatchObject({ code, message: expect.stringMatching(names) })
    expect(await calls()).toBe(before)
  })

  it.each([
    { value: 'a fraction of a token', refused: event({ tokens: { input: 1.5 } }), names: /^tokens\.input: / },
    { value: 'text instead of tokens', refused: event({ tokens: { input: 'ten' } }), names: /^tokens\.input: / },
    { value: 'an unknown field', refused: event({ cost: '1' }), names: /^cost: / },
    { value: 'a time without an offset', refused: event({ occurredAt: '2026-11-01T00:00:00' }), names: /^occurredAt: .*offset/ },
  ])('rejects only the event that has $value, and names the field', async ({ refused, names }) => {
    const before = await calls()
    const { data } = await track([refused, event()])
    expect(data.trackUsage.results).toMatchObject([{ outcome: 'REJECTED', reason: expect.stringMatching(names) }, { outcome: 'ACCEPTED' }])
    expect(await calls()).toBe(before + 1)
  })

  it('is rejected if the query is too deep', async () => {
    const deep = `{ __schema { types { ${'fields { type { '.repeat(20)} name ${'} }'.repeat(20)} } } }`
    const { data, errors } = await tenant.send(deep)
    expect(data).toBeFalsy()
    expect(errors?.[0]?.extensions?.code).toBe('QUERY_TOO_LARGE')
  })
})

describe('a request that is not GraphQL', () => {
  const EIGHT_MEBIBYTES = 8 * 1024 * 1024
  const large = JSON.stringify({ query: '{ __typename }', variables: { padding: 'x'.repeat(EIGHT_MEBIBYTES) } })
  const inChunks = () => ReadableStream.from([Buffer.from(large.slice(0, EIGHT_MEBIBYTES)), Buffer.from(large.slice(EIGHT_MEBIBYTES))])

  it.each([
    { body: '{"query": ', status: 400, says: /not valid JSON/ },
    { body: '', status: 400, says: /empty/ },
    { body: '"{ __typename }"', status: 400, says: /JSON object/ },
    { body: Buffer.from('{"query":"{ __typename }","operationName":"caf\xe9"}', 'latin1'), status: 400, says: /not valid UTF-8/ },
    { body: Buffer.from('{"query":"{ __typename }"}', 'utf16le'), type: 'application/json; charset=utf-16le', status: 415, says: /UTF-8.*"utf-16le"/ },
    { body: '{}', status: 400, says: /JSON object with a "query"/ },
    { body: 'query={__typename}', type: 'application/x-www-form-urlencoded', status: 415, says: /application\/json/ },
  ])('is rejected before GraphQL: $body', async ({ body, type, status, says }) => {
    const answer = await tenant.post(body, type === undefined ? {} : { 'content-type': type })
    expect(answer).toMatchObject({ status, errors: [{ message: expect.stringMatching(says) }] })
  })

  it.each([
    { how: 'sent with its length', body: () => large },
    { how: 'sent in chunks', body: inChunks },
  ])('is rejected if it is larger than 8 MiB, $how', async ({ body }) => {
    const answer = await tenant.post(body()).catch((error: unknown) => error)
    // The server closes the connection with its answer. A client that is still writing may not be able to read it.
    if (!(answer instanceof Error)) expect(answer).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  it.each(['%ff', '%ed%a0%80', '%zz'])('is rejected if its URL is not UTF-8: %s', async text => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent('query A { __typename }')}&operationName=${text}`)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('not valid UTF-8')])
  })

  it('is answered with 404 at an unknown path', async () => {
    const response = await fetch(`${server.url}/grapql`)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ errors: [{ message: 'Nothing is served at /grapql. GraphQL is at /graphql.', extensions: { code: 'NOT_FOUND' } }] })
  })
})

it('gives each request an id, accepts the id of the client, and logs it', async () => {
  const given = await tenant.post('{"query":"{ __typename }"}', { 'x-request-id': 'from-the-proxy-42' })
  expect(given.headers.get('x-request-id')).toBe('from-the-proxy-42')
  expect(given.headers.get('x-content-type-options')).toBe('nosniff')
  const made = await tenant.post('{"query":"{ __typename }"}', { 'x-request-id': 'two words' })
  expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(server.log()).toContain('"requestId":"from-the-proxy-42"')
})

it('shows GraphiQL in a browser', async () => {
  const page = await fetch(`${server.url}/`, { headers: { accept: 'text/html' } })
  expect([page.status, page.url]).toEqual([200, `${server.url}/graphql`])
  expect(await page.text()).toContain('<title>Tollgate</title>')
})
