import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api } from '../kit/api.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'

const run = promisify(execFile)
const EXAMPLE = fileURLToPath(new URL('../../examples/open-telemetry/main.ts', import.meta.url))

let database: TestDatabase
let server: LocalServer
let key: string
let acme: Api

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startLocalServer({ DATABASE_URL: database.url })
  await server.api.ask(
    'mutation { a: createTenant(input: { id: "acme", name: "Acme" }) { __typename } b: createTenant(input: { id: "globex", name: "Globex" }) { __typename } }',
  )
  key = await keyOf('acme')
  acme = server.api.as(key)
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

async function keyOf(tenantId: string, scopes?: readonly string[]): Promise<string> {
  const { createApiKey } = await server.api.ask(
    'mutation ($tenantId: ID, $scopes: [String!]) { createApiKey(input: { tenantId: $tenantId, name: "k", scopes: $scopes }) { ... on CreateApiKeyPayload { secret } } }',
    { tenantId, scopes },
  )
  return createApiKey.secret
}

interface Sent {
  readonly body: string | Uint8Array
  readonly type?: string
  readonly key?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

async function post(path: string, { body, type = 'application/json', key: as = key, headers = {} }: Sent) {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, ...(as !== null && { authorization: `Bearer ${as}` }), ...headers },
    body: body as BodyInit,
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const text = bytes.toString('utf8')
  return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : undefined }
}

const EVENTS = `query ($operation: String!) { usageEvents(range: { from: "2000-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z" }, filter: { operations: [$operation] }, first: 100) {
  nodes { idempotencyKey occurredAt operation status statusCode errorMessage provider model cost pricingState latencyMs
    tokens { total input output cacheRead } metadata { customerId sessionId environment traceId attributes } tenant { id } } } }`
const eventsOf = async (operation: string, api = acme) => (await api.ask(EVENTS, { operation })).usageEvents.nodes

const STRUCTURED = 'application/cloudevents+json'
const BATCH = 'application/cloudevents-batch+json'
const cloudEvent = (id: string, data: unknown, more: object = {}) => ({
  specversion: '1.0',
  type: 'ai.call',
  source: '/agents/support',
  id,
  time: '2026-11-20T09:30:00Z',
  data,
  ...more,
})

describe('CloudEvents', () => {
  const data = { operation: 'ce_chat', provider: 'openai', model: 'gpt-4o-mini', tokens: { input: 1_000, output: 100 }, metadata: { customerId: 7 } }

  it('are recorded once for each source and id, in every mode', async () => {
    const first = await post('/v1/events', { type: STRUCTURED, body: JSON.stringify(cloudEvent('1', data)) })
    expect(first.status).toBe(200)
    expect(first.json).toEqual({
      results: [
        {
          id: '1',
          source: '/agents/support',
          outcome: 'ACCEPTED',
          idempotencyKey: '/agents/support 1',
          eventId: expect.stringMatching(/^evt_/),
          reason: null,
          issues: [],
        },
      ],
    })
    const batch = await post('/v1/events', {
      type: BATCH,
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(
        JSON.stringify([
          cloudEvent('1', data),
          cloudEvent('1', { ...data, model: 'gpt-4o' }),
          cloudEvent('2', { ...data, tokens: { input: -1 } }),
          { id: 'x' },
          cloudEvent('3', data, { source: '/agents/other' }),
          cloudEvent('4', data, { tenant: 'globex' }),
        ]),
      ),
    })
    expect(batch.status).toBe(200)
    expect(batch.json.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'DUPLICATE',
      'CONFLICT',
      'REJECTED',
      'REJECTED',
      'ACCEPTED',
      'REJECTED',
    ])
    expect(batch.json.results[2].issues).toMatchObject([{ path: 'tokens.input' }])
    expect(batch.json.results[5].reason).toContain('globex')
    const binary = await post('/v1/events', {
      headers: { 'ce-specversion': '1.0', 'ce-type': 'ai.call', 'ce-source': '/agents/support', 'ce-id': '1', 'ce-time': '2026-11-20T09:30:00Z' },
      body: JSON.stringify(data),
    })
    expect(binary.json.results).toMatchObject([{ outcome: 'DUPLICATE' }])
    const events = await eventsOf('ce_chat')
    expect(events).toHaveLength(2)
    for (const event of events) expect(event).toMatchObject({ occurredAt: '2026-11-20T09:30:00Z', cost: '0.00021', metadata: { customerId: '7' } })
  })

  it('of an operator name their tenants, or the URL does', async () => {
    const events = [cloudEvent('o1', { operation: 'ce_operator' }, { tenant: 'globex' }), cloudEvent('o2', { operation: 'ce_operator' })]
    const sent = await post('/v1/events?tenant=acme', { type: BATCH, key: OPERATOR_KEY, body: JSON.stringify(events) })
    expect(sent.json.results).toMatchObject([{ outcome: 'ACCEPTED' }, { outcome: 'ACCEPTED' }])
    const recorded = await eventsOf('ce_operator', server.api)
    expect(recorded.map((event: { tenant: { id: string } }) => event.tenant.id).sort()).toEqual(['acme', 'globex'])
  })

  it('are answered to browsers and to webhook senders that ask first', async () => {
    const response = await fetch(`${server.url}/v1/events`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-headers': 'authorization', 'webhook-request-origin': 'eventemitter.example' },
    })
    expect(response.status).toBe(204)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization',
      'access-control-allow-methods': 'POST, OPTIONS',
      'webhook-allowed-origin': 'eventemitter.example',
    })
    const sent = await post('/v1/events', { type: BATCH, body: '[]', headers: { origin: 'https://app.example' } })
    expect([sent.status, sent.headers.get('access-control-allow-origin'), sent.text]).toEqual([200, '*', '{"results":[]}'])
  })

  it.each<{ name: string; sent: Sent; path?: string; status: number; says: RegExp }>([
    { name: 'a wrong key', sent: { body: '{}', type: STRUCTURED, key: 'tg_wrong' }, status: 401, says: /UNAUTHENTICATED/ },
    { name: 'no key', sent: { body: '{}', type: STRUCTURED, key: null }, status: 401, says: /UNAUTHENTICATED/ },
    { name: 'plain JSON', sent: { body: '{}' }, status: 415, says: /cloudevents\+json/ },
    { name: 'an event without a source', sent: { body: '{"specversion":"1.0","id":"1","type":"t"}', type: STRUCTURED }, status: 400, says: /source/ },
    { name: 'what is not JSON', sent: { body: '{', type: STRUCTURED }, status: 400, says: /not valid JSON/ },
    { name: 'what is not UTF-8', sent: { body: Buffer.from([0x22, 0xff, 0x22]), type: STRUCTURED }, status: 400, says: /UTF-8/ },
    { name: 'deep nesting', sent: { body: '['.repeat(100_000), type: BATCH }, status: 400, says: /nested/ },
    { name: '1,001 events', sent: { body: `[${Array(1_001).fill('{}').join()}]`, type: BATCH }, status: 413, says: /1000/ },
    {
      name: 'an operator without a tenant',
      sent: { body: JSON.stringify(cloudEvent('z', {})), type: STRUCTURED, key: OPERATOR_KEY },
      status: 400,
      says: /tenant=/,
    },
    {
      name: 'an unknown tenant',
      sent: { body: JSON.stringify(cloudEvent('z', {})), type: STRUCTURED, key: OPERATOR_KEY },
      path: '?tenant=nobody',
      status: 404,
      says: /nobody/,
    },
    {
      name: 'a tenant with a NUL',
      sent: { body: JSON.stringify(cloudEvent('z', {}, { tenant: 'a\0' })), type: STRUCTURED, key: OPERATOR_KEY },
      status: 400,
      says: /INVALID_INPUT/,
    },
    { name: 'another tenant', sent: { body: JSON.stringify(cloudEvent('z', {})), type: STRUCTURED }, path: '?tenant=globex', status: 403, says: /FORBIDDEN/ },
    { name: 'an unknown parameter', sent: { body: '[]', type: BATCH }, path: '?colour=red', status: 400, says: /colour/ },
  ])('are refused with status $status: $name', async ({ sent, path = '', status, says }) => {
    const refused = await post(`/v1/events${path}`, sent)
    expect({ status: refused.status, text: refused.text }).toEqual({ status, text: expect.stringMatching(says) })
  })

  it('need the scope usage:write', async () => {
    const refused = await post('/v1/events', { type: BATCH, body: '[]', key: await keyOf('acme', ['usage:read']) })
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('usage:write')])
  })
})

describe('traces of OpenTelemetry', () => {
  it.each(['http/protobuf', 'http/json'])('of the real exporter count each model call once, with the tokens and the cost of trackUsage: %s', async protocol => {
    const tenantId = protocol.replace('/', '-')
    await server.api.ask('mutation ($id: ID!) { createTenant(input: { id: $id, name: "T" }) { __typename } }', { id: tenantId })
    const secret = await keyOf(tenantId)
    const tenant = server.api.as(secret)
    const { stdout } = await run(process.execPath, [EXAMPLE, protocol], { env: { TOLLGATE_URL: server.url, TOLLGATE_API_KEY: secret } })
    expect(stdout.split('\n')).toEqual(['Until six.', 'Error: no capacity', ''])
    await tenant.ask(
      `mutation { trackUsage(input: { events: [{ operation: "tracked", provider: "openai", model: "gpt-4o-mini-2024-07-18", tokens: { input: 800, cacheRead: 200, output: 100 } }] }) { __typename } }`,
    )
    const [tracked] = await eventsOf('tracked', tenant)
    const calls = await eventsOf('chat', tenant)
    expect(calls).toHaveLength(2)
    const succeeded = calls.find((event: { status: string }) => event.status === 'SUCCESS')
    const failed = calls.find((event: { status: string }) => event.status === 'FAILURE')
    const { provider, model, tokens, cost, pricingState } = tracked
    expect(succeeded).toMatchObject({ provider, model, tokens, cost, pricingState })
    expect(pricingState).toBe('PRICED')
    expect(succeeded.metadata).toMatchObject({ customerId: 'cust_0001', environment: 'production', attributes: { 'service.name': 'support-chat' } })
    expect(succeeded.idempotencyKey).toMatch(/^otlp:[0-9a-f]{32}:[0-9a-f]{16}$/)
    expect(failed).toMatchObject({ errorMessage: 'Error: no capacity', model: 'gpt-4o-mini', tokens: null })
  })

  const attribute = (name: string, value: string | number) => ({
    key: name,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  })
  const span = (spanId: string, attributes: Record<string, string | number> = {}, more: object = {}) => ({
    traceId: '5B8EFFF798038103D269B633813FC60C',
    spanId,
    startTimeUnixNano: '1795000000000000000',
    endTimeUnixNano: '1795000001250000000',
    attributes: Object.entries({ 'gen_ai.operation.name': 'chat', 'tollgate.operation': 'span', 'gen_ai.usage.input_tokens': 10, ...attributes }).map(
      ([name, value]) => attribute(name, value),
    ),
    ...more,
  })
  const traces = (spans: readonly object[], resource: Record<string, string> = {}) =>
    JSON.stringify({
      resourceSpans: [{ resource: { attributes: Object.entries(resource).map(([name, value]) => attribute(name, value)) }, scopeSpans: [{ spans }] }],
    })

  it('sent again count once, and the response counts the spans that were not recorded', async () => {
    const good = span('eee19b7ec3c1b174')
    const sent = await post('/v1/traces', {
      body: traces([
        good,
        span('eee19b7ec3c1b175', { 'gen_ai.usage.input_tokens': 'many' }),
        span('0000000000000000'),
        span('eee19b7ec3c1b176', { 'tollgate.tenant.id': 'globex' }),
        span('eee19b7ec3c1b177', { 'gen_ai.operation.name': 'invoke_agent' }),
      ]),
    })
    expect([sent.status, sent.json]).toEqual([
      200,
      { partialSuccess: { rejectedSpans: '3', errorMessage: expect.stringMatching(/input_tokens.*span id.*globex/) } },
    ])
    const again = await post('/v1/traces', { body: gzipSync(traces([good])), headers: { 'content-encoding': 'gzip' } })
    expect([again.status, again.text]).toEqual([200, '{}'])
    const changed = await post('/v1/traces', { body: traces([span('eee19b7ec3c1b174', { 'gen_ai.usage.input_tokens': 11 })]) })
    expect(changed.json.partialSuccess.rejectedSpans).toBe('1')
    expect(await eventsOf('span')).toMatchObject([
      {
        idempotencyKey: 'otlp:5b8efff798038103d269b633813fc60c:eee19b7ec3c1b174',
        occurredAt: '2026-11-18T11:06:41.25Z',
        latencyMs: 1_250,
        tokens: { total: 10 },
      },
    ])
    const { rejectedEvents } = await acme.ask('{ rejectedEvents(first: 10) { nodes { idempotencyKey payload } } }')
    expect(rejectedEvents.nodes).toContainEqual({
      idempotencyKey: 'otlp:5b8efff798038103d269b633813fc60c:eee19b7ec3c1b175',
      payload: expect.objectContaining({ tokens: { 'gen_ai.usage.input_tokens': 'many' } }),
    })
  })

  it('may have more spans than trackUsage takes events', async () => {
    const spans = Array.from({ length: 1_200 }, (_, i) => span((i + 1).toString(16).padStart(16, '0'), { 'tollgate.operation': 'many' }))
    const sent = await post('/v1/traces', { body: traces(spans) })
    expect([sent.status, sent.text]).toEqual([200, '{}'])
    const { usage } = await acme.ask(
      '{ usage(range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }, filter: { operations: ["many"] }) { totals { calls tokens { total } } } }',
    )
    expect(usage.totals).toEqual({ calls: 1_200, tokens: { total: 12_000 } })
  })

  it('of an operator name their tenants in the resource', async () => {
    const sent = await post('/v1/traces', { key: OPERATOR_KEY, body: traces([span('eee19b7ec3c1b180')], { 'tollgate.tenant.id': 'globex' }) })
    expect([sent.status, sent.text]).toEqual([200, '{}'])
    expect((await eventsOf('span', server.api)).map((event: { tenant: { id: string } }) => event.tenant.id)).toContain('globex')
  })

  const protobuf = 'application/x-protobuf'
  it.each<{ name: string; sent: Sent; status: number; says: RegExp }>([
    { name: 'a wrong key', sent: { body: '{}', key: 'tg_wrong' }, status: 401, says: /^\{"code":16,"message":/ },
    { name: 'a wrong key, in protobuf', sent: { body: '', type: protobuf, key: 'tg_wrong' }, status: 401, says: /^[^{].*key/s },
    { name: 'another tenant alone', sent: { body: traces([span('eee19b7ec3c1b181')], { 'tollgate.tenant.id': 'globex' }) }, status: 403, says: /^\{"code":7/ },
    { name: 'text', sent: { body: '', type: 'text/plain' }, status: 415, says: /x-protobuf/ },
    { name: 'an unknown encoding', sent: { body: '{}', headers: { 'content-encoding': 'br' } }, status: 415, says: /gzip/ },
    { name: 'what is not gzip', sent: { body: '{}', headers: { 'content-encoding': 'gzip' } }, status: 400, says: /gzip/ },
    {
      name: 'a small body that expands',
      sent: { body: gzipSync(Buffer.alloc(64 * 1024 * 1024)), headers: { 'content-encoding': 'gzip' } },
      status: 413,
      says: /larger/,
    },
    { name: 'what is not JSON', sent: { body: '[' }, status: 400, says: /not valid JSON/ },
    { name: 'what is not UTF-8', sent: { body: Buffer.from([0x7b, 0xff, 0x7d]) }, status: 400, says: /UTF-8/ },
    { name: 'a list in place of a span', sent: { body: '{"resourceSpans":[{"scopeSpans":[{"spans":[[]]}]}]}' }, status: 400, says: /spans/ },
    { name: 'truncated protobuf', sent: { body: Buffer.from('0aff7f12', 'hex'), type: protobuf }, status: 400, says: /protobuf/ },
    { name: 'a huge length', sent: { body: Buffer.from('0affffffff0f', 'hex'), type: protobuf }, status: 400, says: /protobuf/ },
    { name: 'endless groups', sent: { body: Buffer.alloc(100_000, 0x1b), type: protobuf }, status: 400, says: /protobuf/ },
  ])('are refused with status $status: $name', async ({ sent, status, says }) => {
    const refused = await post('/v1/traces', sent)
    expect({ status: refused.status, text: refused.text }).toEqual({ status, text: expect.stringMatching(says) })
  })
})

it('nothing that was sent made the server fail', () => {
  expect(server.log()).not.toMatch(/unexpectedly/)
})
