import { longNumberText, parseExactJson } from '@tollgate/kernel'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGraphQLListener } from '../../../graphql/graphql-listener.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'
import { createBodyMemory } from '../../../http/body-memory.ts'
import { readJsonBody } from '../../../http/read-json-body.ts'
import { serverAuthenticator } from '../../accounts/server-authenticator.ts'

let graphql: GraphQLTestServer
let acme: string
let globex: string
const servers = new Map<string, Server>()

beforeAll(async () => {
  graphql = await startGraphQLTestServer()
  acme = await graphql.keyOf('acme')
  globex = await graphql.keyOf('globex')
  const { tollgate, clock, operatorKey } = graphql
  const options = { tollgate, authenticator: serverAuthenticator({ accounts: tollgate.accounts, clock, operatorKey }), logger: pino({ level: 'silent' }) }
  servers.set('yoga', await serve(createGraphQLListener({ ...options, fastPath: false })))
  servers.set('fast path', await serve(createGraphQLListener(options)))
})
afterAll(async () => {
  for (const server of servers.values()) server.close()
  await graphql.stop()
})

/** The event as a client writes it in JSON, and what is expected: the fields of the recorded event, or the field that is named in the rejection. */
const EVENTS: readonly (readonly [title: string, json: string, expected: { readonly event: string } | { readonly path: string }])[] = [
  ['a fraction of a millisecond', '{"operation":"o","latencyMs":1250.6}', { event: '{"latencyMs":1251}' }],
  ['a latency of many digits', '{"operation":"o","latencyMs":1250.123456789012345678}', { event: '{"latencyMs":1250}' }],
  ['a latency in quotes', '{"operation":"o","latencyMs":"1250"}', { path: 'latencyMs' }],
  ['a latency beyond Int', '{"operation":"o","latencyMs":2147483648}', { path: 'latencyMs' }],
  ['a negative latency', '{"operation":"o","latencyMs":-0.6}', { path: 'latencyMs' }],
  ['tokens in quotes', '{"operation":"o","tokens":{"input":"12"}}', { path: 'tokens.input' }],
  ['a fraction of a token', '{"operation":"o","tokens":{"input":1.5}}', { path: 'tokens.input' }],
  ['a fraction of a token beyond 17 digits', '{"operation":"o","tokens":{"input":12.000000000000000001}}', { path: 'tokens.input' }],
  ['tokens beyond 2^53 - 1', '{"operation":"o","tokens":{"input":9007199254740993}}', { path: 'tokens.input' }],
  ['an unknown pool', '{"operation":"o","tokens":{"input":1,"colour":2}}', { path: 'tokens.colour' }],
  ['units with a quantity of 21 digits', '{"operation":"o","units":[{"kind":"page","quantity":123.456789012345678901}]}', { event: '{"quantity":null}' }],
  ['units with a wrong quantity', '{"operation":"o","units":[{"kind":"page","quantity":"many"}]}', { path: 'units[0].quantity' }],
  ['units without a kind', '{"operation":"o","units":[{"quantity":1}]}', { path: 'units[0].kind' }],
  ['units with an unknown field', '{"operation":"o","units":[{"kind":"page","quantity":1,"size":"A4"}]}', { path: 'units[0].size' }],
  ['a long number in place of a unit', '{"operation":"o","units":[9007199254740993]}', { path: 'units[0]' }],
  ['text in place of units', '{"operation":"o","units":"page"}', { path: 'units[0]' }],
  ['a speed that is a number', '{"operation":"o","speed":1}', { path: 'speed' }],
  ['a region that is too long', `{"operation":"o","region":"${'r'.repeat(200)}"}`, { path: 'region' }],
  ['a rare pool in quotes', '{"operation":"o","tokens":{"videoInput":"12"}}', { path: 'tokens.videoInput' }],
  ['text in place of tokens', '{"operation":"o","tokens":"many"}', { path: 'tokens' }],
  ['a long number in place of tokens', '{"operation":"o","tokens":9007199254740993}', { path: 'tokens' }],
  ['a time without an offset', '{"operation":"o","occurredAt":"2026-11-20T09:30:00"}', { path: 'occurredAt' }],
  ['seconds in place of a time', '{"operation":"o","occurredAt":1795000000}', { path: 'occurredAt' }],
  ['a decimal with an exponent', '{"operation":"o","reportedCost":"5e-7"}', { event: '{"reportedCost":"0.0000005"}' }],
  ['a decimal that is a number with an exponent', '{"operation":"o","reportedCost":5e-7}', { event: '{"reportedCost":"0.0000005"}' }],
  ['a decimal that is a number of 17 digits', '{"operation":"o","quantity":0.30000000000000004}', { event: '{"quantity":"0.30000000000000004"}' }],
  ['a decimal that is a number of 21 digits', '{"operation":"o","quantity":123.456789012345678901}', { event: '{"quantity":"123.456789012345678901"}' }],
  ['a decimal of too many digits', '{"operation":"o","quantity":0.1234567890123456789012345}', { path: 'quantity' }],
  ['a decimal that is a word', '{"operation":"o","reportedCost":"NaN"}', { path: 'reportedCost' }],
  ['a decimal that is a truth value', '{"operation":"o","reportedCost":true}', { path: 'reportedCost' }],
  ['an unknown status', '{"operation":"o","status":"PERHAPS"}', { path: 'status' }],
  ['a status that is a number', '{"operation":"o","status":1}', { path: 'status' }],
  ['an unknown field', '{"operation":"o","colour":"red"}', { path: 'colour' }],
  ['the field "issues"', '{"operation":"o","issues":[]}', { path: 'issues' }],
  ['no operation', '{"provider":"openai"}', { path: 'operation' }],
  ['null in place of an operation', '{"operation":null}', { path: 'operation' }],
  ['an operation that is a number', '{"operation":7}', { path: 'operation' }],
  ['an operation that is a long number', '{"operation":9007199254740993}', { path: 'operation' }],
  ['null in other fields', '{"operation":"o","status":null,"latencyMs":null,"tokens":null,"metadata":null}', { event: '{"latencyMs":null}' }],
  ['an empty object', '{}', { path: 'operation' }],
  ['null in place of an event', 'null', { path: '' }],
  ['text in place of an event', '"chat"', { path: '' }],
  ['a number in place of an event', '7', { path: '' }],
  ['a long number in place of an event', '9007199254740993', { path: '' }],
  ['a list in place of an event', '[{"operation":"o"}]', { path: '' }],
  ['a fraction of a status code', '{"operation":"o","statusCode":200.5}', { path: 'statusCode' }],
  ['metadata that is text', '{"operation":"o","metadata":"acme"}', { path: 'metadata' }],
  ['an unknown field of metadata', '{"operation":"o","metadata":{"colour":"red"}}', { path: 'metadata.colour' }],
  ['a customer that is a truth value', '{"operation":"o","metadata":{"customerId":true}}', { path: 'metadata.customerId' }],
  [
    'a customer that is a number of 16 digits',
    '{"operation":"o","metadata":{"customerId":9007199254740993}}',
    { event: '{"metadata":{"customerId":"9007199254740993","attributes":null}}' },
  ],
  ['a text that cannot be stored', '{"operation":"o","metadata":{"sessionId":"a\\u0000b"}}', { path: 'metadata.sessionId' }],
  ['an attribute beyond 2^53 - 1', '{"operation":"o","metadata":{"attributes":{"a":9007199254740993}}}', { path: 'metadata.attributes.a' }],
  ['an attribute below -(2^53 - 1)', '{"operation":"o","metadata":{"attributes":{"a":-9007199254740993}}}', { path: 'metadata.attributes.a' }],
  ['an attribute of 19 digits', '{"operation":"o","metadata":{"attributes":{"a":1234567890123456789}}}', { path: 'metadata.attributes.a' }],
  ['an attribute with too long a fraction', '{"operation":"o","metadata":{"attributes":{"a":0.12345678901234567890}}}', { path: 'metadata.attributes.a' }],
  ['an attribute that is too small', '{"operation":"o","metadata":{"attributes":{"a":1e-400}}}', { path: 'metadata.attributes.a' }],
  ['an attribute that is too large', '{"operation":"o","metadata":{"attributes":{"a":1e400}}}', { path: 'metadata.attributes.a' }],
  ['attributes that are a long number', '{"operation":"o","metadata":{"attributes":9007199254740993}}', { path: 'metadata.attributes' }],
  [
    'attributes that numbers can represent',
    '{"operation":"o","metadata":{"attributes":{"a":9007199254740991,"b":0.30000000000000004,"c":"9007199254740993"}}}',
    { event: '{"metadata":{"customerId":null,"attributes":{"a":9007199254740991,"b":0.30000000000000004,"c":"9007199254740993"}}}' },
  ],
  ['a value that is nested too deeply', `{"operation":${'['.repeat(40)}${']'.repeat(40)}}`, { path: 'operation' }],
]

const GOOD = '{"operation":"good","latencyMs":1}'
const SELECTION =
  '{ __typename ... on TrackUsagePayload { results { outcome reason issues { path } event { latencyMs reportedCost quantity metadata { customerId attributes } } } } ... on Error { message } }'

/** A way to send events. The events are JSON texts. */
interface Shape {
  readonly title: string
  /** Whether it sends one event per request. */
  readonly single?: true
  body(events: readonly string[]): string
}

const request = (query: string, variables = '{}', more = '') => `{"query":${JSON.stringify(query)},"variables":${variables}${more}}`
const track = (input: string) => `trackUsage(input: ${input}) ${SELECTION}`
const SHAPES: readonly Shape[] = [
  {
    title: 'a variable for the input',
    body: events => request(`mutation ($input: TrackUsageInput!) { ${track('$input')} }`, `{"input":{"events":[${events.join()}]}}`),
  },
  {
    title: 'a variable for the list, in one of two operations',
    body: events =>
      request(
        `query Other { viewer { kind } } mutation Track($events: [UsageEventInput!]!, $tenant: ID) { ${track('{ events: $events, tenantId: $tenant }')} }`,
        `{"events":[${events.join()}]}`,
        ',"operationName":"Track"',
      ),
  },
  {
    title: 'a variable for each event, beside variables that are omitted and have defaults',
    body: events =>
      request(
        `mutation ($tenant: ID, $operation: String! = "good", $latency: Int = 1, $omitted: MetadataInput, ${events.flatMap((event, i) => (event === GOOD ? [] : `$e${i}: UsageEventInput!`)).join()}) {
          ${track(`{ tenantId: $tenant, events: [${events.map((event, i) => (event === GOOD ? '{ operation: $operation, latencyMs: $latency, metadata: $omitted }' : `$e${i}`)).join()}] }`)} }`,
        `{${events.map((event, i) => `"e${i}":${event}`).join()}}`,
      ),
  },
  {
    title: 'the text of the query',
    body: events => request(`mutation { ${track(`{ events: [${events.map(toLiteral).join()}] }`)} }`),
  },
  {
    title: 'the default of a variable',
    body: events => request(`mutation ($input: TrackUsageInput! = { events: [${events.map(toLiteral).join()}] }) { ${track('$input')} }`),
  },
  {
    title: 'a variable, as a single event instead of a list',
    single: true,
    body: ([event = '']) => request(`mutation ($input: TrackUsageInput!) { ${track('$input')} }`, `{"input":{"events":${event}}}`),
  },
  {
    title: 'a fragment, as a single event instead of a list',
    single: true,
    body: ([event = '']) => request(`mutation { ...Track } fragment Track on Mutation { ${track(`{ events: ${toLiteral(event)} }`)} }`),
  },
]

interface Result {
  readonly outcome: string
  readonly issues: readonly { readonly path: string }[]
  readonly event: object | null
}

/** Sends all events, each before a good one. Returns the results of the events and the texts of the responses. */
async function sendAll(server: string, { single, body }: Shape): Promise<{ results: (Result | null)[]; goodOnes: (Result | undefined)[]; texts: string[] }> {
  const jsons = EVENTS.map(([, json]) => json)
  if (single !== true) {
    const text = await post(server, body(jsons.flatMap(json => [json, GOOD])))
    const results = resultsIn(text)
    return { results: results.filter((_, i) => i % 2 === 0), goodOnes: results.filter((_, i) => i % 2 === 1), texts: [text] }
  }
  const texts: string[] = []
  // A list in place of a single event is a list of events, and null is no list.
  for (const json of jsons) texts.push(/^[[n]/.test(json) ? '' : await post(server, body([json])))
  return { results: texts.map(text => (text === '' ? null : (resultsIn(text)[0] ?? null))), goodOnes: [], texts }
}

function resultsIn(text: string): Result[] {
  const { data, errors } = JSON.parse(text) as { data?: { trackUsage: { results: Result[] } }; errors?: unknown }
  expect(errors).toBeUndefined()
  return data?.trackUsage.results ?? []
}

describe.each(['yoga', 'fast path'])('%s', server => {
  describe.each(SHAPES)('takes each event as it is, or rejects it by itself: $title', shape => {
    it.each(['the first time', 'when the query is known'])('%s', async () => {
      const before = await attempts()
      const { results, goodOnes, texts } = await sendAll(server, shape)
      expect(results).toHaveLength(EVENTS.length)
      expect(goodOnes.filter(good => good?.outcome !== 'ACCEPTED')).toEqual([])
      const found = EVENTS.map(([title, , expected], i) => {
        const result = results[i]
        if (result === null || result === undefined) return [title, 'not sent']
        return [title, result.outcome, ...('path' in expected ? [result.issues.map(({ path }) => path), result.event] : [result.event])]
      })
      const expected = EVENTS.map(([title, , wanted], i) => {
        if (results[i] === null) return [title, 'not sent']
        if ('path' in wanted) return [title, 'REJECTED', [wanted.path], null]
        return [title, 'ACCEPTED', expect.objectContaining(JSON.parse(wanted.event) as object)]
      })
      expect(found).toEqual(expected)
      // As text, because a parser could hide that a number changed.
      for (const [field] of EVENTS.map(([, , wanted]) => ('event' in wanted ? wanted.event : ''))
        .join()
        .matchAll(/"(?:a|b|quantity)":[^,}]+/g)) {
        expect(texts.join()).toContain(field)
      }
      expect((await attempts()) - before).toBe(results.filter(result => result?.outcome === 'REJECTED').length)
    })
  })

  it('keeps a rejected event with the digits that were sent, and rejects it again when it is sent again unchanged', async () => {
    const event = `{"idempotencyKey":"digits of ${server}","operation":"o","colour":12345678901234567890,"metadata":{"attributes":{"a":0.12345678901234567890}}}`
    const sent = resultsIn(await post(server, SHAPES[0]?.body([event]) ?? '', globex))
    expect(sent[0]?.issues.map(({ path }) => path)).toEqual(['metadata.attributes.a', 'colour'])
    const list = await post(server, request('{ rejectedEvents { nodes { id idempotencyKey payload } } }'), globex)
    expect(list).toContain('"colour":12345678901234567890')
    expect(list).toContain('{"a":0.12345678901234567890}')
    const { id } = JSON.parse(list).data.rejectedEvents.nodes.find(({ idempotencyKey }: any) => idempotencyKey === `digits of ${server}`)
    const resend =
      'mutation ($id: ID!) { resendRejectedEvent(input: { id: $id }) { ... on ResendRejectedEventPayload { result { outcome issues { path } } } } }'
    const again = JSON.parse(await post(server, request(resend, JSON.stringify({ id })), globex))
    expect(again.data.resendRejectedEvent.result).toEqual({ outcome: 'REJECTED', issues: [{ path: 'metadata.attributes.a' }, { path: 'colour' }] })
    const replaced = `mutation { resendRejectedEvent(input: { id: "${id}", event: { operation: "o", latencyMs: "12" } }) { ... on ResendRejectedEventPayload { result { outcome issues { path } } } } }`
    const refused = JSON.parse(await post(server, request(replaced), globex))
    expect(refused.data.resendRejectedEvent.result).toEqual({ outcome: 'REJECTED', issues: [{ path: 'latencyMs' }] })
  })

  it('records the 999 other events of a batch, whatever is wrong with one', async () => {
    const events = Array.from({ length: 1_000 }, (_, i) => (i === 500 ? '{"operation":"o","status":"PERHAPS","extra":1}' : GOOD))
    const text = await post(
      server,
      request(
        'mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) { ... on TrackUsagePayload { results { outcome } } } }',
        `{"events":[${events.join()}]}`,
      ),
    )
    const { results } = JSON.parse(text).data.trackUsage
    expect(results.filter(({ outcome }: { outcome: string }) => outcome === 'ACCEPTED')).toHaveLength(999)
    expect(results[500]).toEqual({ outcome: 'REJECTED' })
  })

  it.each([
    [
      'a tenant of a wrong type',
      'mutation { trackUsage(input: { tenantId: true, events: [{ operation: "o" }] }) { ... on Error { message } } }',
      'tenantId: must be an id',
    ],
    ['an unknown field beside the events', 'mutation { trackUsage(input: { events: [], colour: 1 }) { ... on Error { message } } }', 'colour: is not a field'],
    ['null in place of the list', 'mutation { trackUsage(input: { events: null }) { ... on Error { message } } }', 'events: must not be null'],
  ])('answers %s with a typed result', async (_, query, named) => {
    const { data, errors } = JSON.parse(await post(server, request(query, '{}'))) as { data: { trackUsage: { message: string } }; errors?: object }
    expect([data.trackUsage.message, errors]).toEqual([expect.stringContaining(named), undefined])
  })

  it.each([
    ['a variable of another type', 'mutation ($l: String) { trackUsage(input: { events: [{ operation: "o", latencyMs: $l }] }) { __typename } }', '{}', '$l'],
    ['a variable that is not defined', 'mutation { trackUsage(input: { events: [{ operation: $o }] }) { __typename } }', '{}', '$o'],
    ['a required variable that is missing', 'mutation ($o: String!) { trackUsage(input: { events: [{ operation: $o }] }) { __typename } }', '{}', '$o'],
    ['a variable that no event uses', 'mutation ($o: Int) { trackUsage(input: { events: [{ operation: "o" }] }) { __typename } }', '{"o":1}', '$o'],
    ['a field twice', 'mutation { trackUsage(input: { events: [{ operation: "o", operation: "p" }] }) { __typename } }', '{}', 'operation'],
  ])('rejects a request with %s', async (_, query, variables, named) => {
    const { data, errors } = JSON.parse(await post(server, request(query, variables))) as { data?: object; errors: { message: string }[] }
    expect(data ?? null).toBeNull()
    expect(errors[0]?.message).toContain(named)
  })
})

it.each(SHAPES)('answers in the same way with and without the fast path: $title', async shape => {
  const known = (texts: readonly string[]) => texts.map(text => text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id'))
  expect(known((await sendAll('fast path', shape)).texts)).toEqual(known((await sendAll('yoga', shape)).texts))
})

/** Writes JSON as a literal of GraphQL, with the same digits. The status is an enum. */
function toLiteral(json: string): string {
  const write = (value: unknown, name: string): string => {
    const long = longNumberText(value)
    if (long !== undefined) return long
    if (Array.isArray(value)) return `[${value.map(item => write(item, '')).join(', ')}]`
    if (typeof value === 'object' && value !== null)
      return `{ ${Object.entries(value)
        .map(([key, item]) => `${key}: ${write(item, key)}`)
        .join(', ')} }`
    return name === 'status' && typeof value === 'string' ? value : JSON.stringify(value)
  }
  return write(parseExactJson(json), '')
}

async function attempts(): Promise<number> {
  return (await graphql.test.asOwner<{ sum: number }>('select coalesce(sum(attempts), 0)::int as sum from usage.rejected_events'))[0]?.sum ?? 0
}

async function post(name: string, body: string, key = acme): Promise<string> {
  const address = servers.get(name)?.address() as AddressInfo
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  return (await fetch(`http://localhost:${address.port}/graphql`, { method: 'POST', headers, body })).text()
}

function serve(handler: ReturnType<typeof createGraphQLListener>): Promise<Server> {
  const memory = createBodyMemory({ maxBytes: 10_000_000 }).open('tests')
  const limits = { maxBytes: 1_000_000, memory, tooLarge: { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'too large' }, onRead() {} }
  const server = createServer((incoming, response) => {
    void Promise.resolve(readJsonBody(incoming, limits)).then(read => {
      memory.release()
      if ('error' in read) return response.writeHead(read.error.status).end()
      return handler(Object.assign(incoming, { body: read.value }), response, { requestId: 'test' })
    })
  })
  return new Promise(done => server.listen(0, () => done(server)))
}
