import { once } from 'node:events'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PATHS } from '../../apps/server/src/http/paths.ts'
import { eventually } from '../kit/eventually.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'

const METRICS_KEY = 'metrics-key-of-the-tests'
const MEBIBYTE = 1024 * 1024

let database: TestDatabase
let server: LocalServer
let keys: { acme: string; globex: string }

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startLocalServer({
    DATABASE_URL: database.url,
    TOLLGATE_METRICS_KEY: METRICS_KEY,
    TOLLGATE_BODY_MEMORY_MB: '32',
    TOLLGATE_TRUSTED_PROXIES: '127.0.0.1',
  })
  const keyOf = async (tenantId: string) => {
    await server.api.ask(`mutation { createTenant(input: { id: "${tenantId}", name: "${tenantId}" }) { __typename } }`)
    return (await server.api.ask(`mutation { createApiKey(input: { tenantId: "${tenantId}", name: "k" }) { ... on CreateApiKeyPayload { secret } } }`))
      .createApiKey.secret
  }
  keys = { acme: await keyOf('acme'), globex: await keyOf('globex') }
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

/** Opens a POST and leaves its body to the test. */
function post(headers: Record<string, string | number>): ClientRequest {
  const sent = request(`${server.url}/graphql`, { method: 'POST', agent: false, headers: { 'content-type': 'application/json', ...headers } })
  sent.on('error', () => {})
  return sent
}

async function answerTo(sent: ClientRequest): Promise<{ status: number | undefined; code: string | undefined; data: any }> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const { data, errors } = JSON.parse(await text(response)) as { data?: any; errors?: { extensions: { code: string } }[] }
  return { status: response.statusCode, code: errors?.[0]?.extensions.code, data }
}

async function metric(name: string): Promise<number> {
  const response = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_KEY}` } })
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await response.text())?.[1])
}

describe('without a key', () => {
  it('the schema can be read', async () => {
    const sent = post({})
    sent.end(JSON.stringify({ query: '{ __schema { queryType { name } } }' }))
    expect(await answerTo(sent)).toMatchObject({ status: 200, data: { __schema: { queryType: { name: 'Query' } } } })
  })

  it.each([
    ['its length is too much', { 'content-length': 8 * MEBIBYTE }, '['],
    ['it has no length and grows too long', { 'transfer-encoding': 'chunked' }, '['.repeat(20_000)],
  ])('a body is refused before it has arrived if %s', async (_, headers, part) => {
    const sent = post(headers)
    sent.write(part)
    expect(await answerTo(sent)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    sent.destroy()
  })

  it('a client that sends all of a large body before it reads gets the response', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => {
        const sent = post({})
        sent.end('['.repeat(8 * MEBIBYTE))
        return answerTo(sent)
      }),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(401))
    expect(await metric('tollgate_body_bytes')).toBe(0)
  })

  it('expensive documents get only a small share of the time, and requests with a key are answered', async () => {
    const codeOf = async (document: number) => {
      const sent = post({})
      // Validation compares each of these fields with all others.
      sent.end(JSON.stringify({ query: `query Q${document} { ${`__type(name: "Query") { name } `.repeat(150)} }` }))
      return (await answerTo(sent)).code
    }
    let requests = 0
    while ((await codeOf(requests)) !== 'TOO_MANY_REQUESTS') expect(requests++).toBeLessThan(1_000)
    expect(requests).toBeGreaterThan(1)
    expect((await server.api.as(keys.acme).send('{ viewer { kind } }')).status).toBe(200)
  })

  it('the metrics are refused, and shown to who has their key', async () => {
    const statusWith = async (headers: Record<string, string>) => (await fetch(`${server.url}/metrics`, { headers })).status
    expect(await statusWith({})).toBe(401)
    expect(await statusWith({ authorization: `Bearer ${METRICS_KEY}x` })).toBe(401)
    expect(await statusWith({ authorization: `Bearer ${METRICS_KEY}` })).toBe(200)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
})

it.each([
  ['an unknown key', 'Bearer tg_unknown_key'],
  ['a malformed key', 'Basic dXNlcjpwYXNz'],
])('refuses a body with %s before it has arrived, also to a page of another origin', async (_, authorization) => {
  const sent = post({ authorization, 'content-length': 8 * MEBIBYTE, origin: 'https://dashboard.example' })
  sent.write('{')
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(401)
  expect(response.headers).toMatchObject({ 'access-control-allow-origin': '*', 'www-authenticate': 'Bearer' })
  sent.destroy()
})

it('refuses deeply nested JSON with a key without parsing it', async () => {
  const sent = post({ authorization: `Bearer ${keys.acme}` })
  sent.end('['.repeat(8 * MEBIBYTE))
  expect(await answerTo(sent)).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
})

it('bounds the memory of bodies that have not arrived, and lets other tenants in while one has used its share', async () => {
  const ask = (key: string) => server.api.as(key).send('{ viewer { kind } }')
  const sends = Array.from({ length: 3 }, () => {
    const sent = post({ authorization: `Bearer ${keys.acme}`, 'content-length': 8 * MEBIBYTE })
    sent.write(Buffer.alloc(7 * MEBIBYTE, ' '))
    return sent
  })
  // Half of the 32 MiB: two of them fit.
  expect(await Promise.race(sends.map(answerTo))).toMatchObject({ status: 503, code: 'OVERLOADED' })
  await eventually('the other two are read', async () => (await metric('tollgate_body_bytes')) > 14 * MEBIBYTE)
  expect(await metric('tollgate_body_bytes')).toBeLessThanOrEqual(16 * MEBIBYTE)
  expect((await ask(keys.globex)).data).toEqual({ viewer: { kind: 'TENANT' } })
  for (const sent of sends) sent.destroy()
  await eventually('their memory is released', async () => (await metric('tollgate_body_bytes')) === 0)
})

it('asks a client that waits for it to send its body, if it has a key', async () => {
  const body = JSON.stringify({ query: '{ viewer { kind } }' })
  const sent = post({ authorization: `Bearer ${keys.acme}`, expect: '100-continue', 'content-length': Buffer.byteLength(body) })
  sent.flushHeaders()
  await once(sent, 'continue')
  sent.end(body)
  expect(await answerTo(sent)).toMatchObject({ status: 200, data: { viewer: { kind: 'TENANT' } } })
})

it('is reached as localhost and 127.0.0.1', async () => {
  expect(server.url).toMatch(/^http:\/\/localhost:/)
  const agent = new Agent()
  for (const host of ['localhost', '127.0.0.1']) {
    const sent = request({ agent, host, port: new URL(server.url).port, path: '/healthz' }).end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    expect([host, response.statusCode, response.socket.localAddress]).toEqual([host, 200, '127.0.0.1'])
    response.resume()
  }
})

it('gives the documents of one tenant only a share of the time, however different they are, and answers others', async () => {
  const codeOf = async (document: number) => {
    const query = `query Q${document} { ${`__type(name: "Query") { name } `.repeat(450)} }`
    const { errors } = await server.api.as(keys.acme).send(query)
    return errors?.[0]?.extensions?.code
  }
  let requests = 0
  while ((await codeOf(requests)) !== 'TOO_MANY_REQUESTS') expect(requests++).toBeLessThan(1_000)
  expect(requests).toBeGreaterThan(1)
  expect((await server.api.as(keys.globex).send('{ viewer { kind } }')).data).toEqual({ viewer: { kind: 'TENANT' } })
})

/** Events are sent by POST; everything else is read. */
const SENT: Readonly<Record<string, { method: string; body: string; headers: Record<string, string> }>> = {
  '/v1/events': { method: 'POST', body: '[]', headers: { 'content-type': 'application/cloudevents-batch+json' } },
  '/v1/traces': { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
}

/** Paths whose requests prove by something else than a key what they may do: without it, nothing is there. */
const KEYLESS: ReadonlySet<string> = new Set([
  '/v1/mail/unsubscribe',
  '/v1/payments/stripe',
  '/v1/payments/paypal',
  '/v1/payments/coinbase',
  '/v1/invoices/document',
  '/v1/invoices/view',
])

it.each([...PATHS])('shows nothing of a tenant at %s to the key of another, not even that it exists', async path => {
  const record = `mutation { recordAuditEvents(input: { tenantId: "acme", events: [{ idempotencyKey: "k", family: "secret", action: "kept" }] }) { __typename } }`
  await server.api.ask(record)
  const answerOf = async (tenantId: string, key: string) => {
    const { headers = {}, ...sent } = SENT[path] ?? {}
    const response = await fetch(`${server.url}${path}?tenant=${tenantId}`, {
      ...sent,
      headers: { ...headers, authorization: `Bearer ${key}` },
      redirect: 'manual',
    })
    return `${response.status} ${(await response.text()).replaceAll(tenantId, 'TENANT')}`
  }
  const key = path === '/metrics' ? METRICS_KEY : keys.globex
  const foreign = await answerOf('acme', key)
  // Metrics change with each request.
  if (path !== '/metrics') expect(foreign).toBe(await answerOf('nobody', key))
  expect(foreign).not.toMatch(/TENANT"|secret/)
  if (KEYLESS.has(path)) expect(foreign).toMatch(path.startsWith('/v1/payments/') ? /^405 / : /^404 /)
  else if (path.startsWith('/v1/')) {
    expect(foreign).toMatch(/^403 /)
    expect(await answerOf('acme', keys.acme)).toMatch(path in SENT ? /^200 / : /^200 [^]*secret/)
  }
})

it('answers 401 to a key that was revoked, at every path that needs a key', async () => {
  const { apiKey, secret } = (
    await server.api.ask('mutation { createApiKey(input: { tenantId: "acme", name: "revoked" }) { ... on CreateApiKeyPayload { secret apiKey { id } } } }')
  ).createApiKey
  await server.api.ask(`mutation { revokeApiKey(input: { id: "${apiKey.id}" }) { __typename } }`)
  const ask = async (path: string) =>
    (
      await fetch(`${server.url}${path}?query={viewer{kind}}`, {
        method: SENT[path]?.method ?? 'GET',
        headers: { authorization: `Bearer ${secret}` },
        redirect: 'manual',
      })
    ).status
  const open = new Set(['/healthz', '/readyz'])
  for (const path of PATHS)
    expect([path, await ask(path)]).toEqual([
      path,
      path === '/' ? 302 : open.has(path) ? 200 : KEYLESS.has(path) ? (path.startsWith('/v1/payments/') ? 405 : 404) : 401,
    ])
})

// Last, because it uses up the attempts of this machine's address.
it('limits how often an address may try unknown keys, and goes on answering keys that were valid before', async () => {
  const ask = (key: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
      body: JSON.stringify({ query: '{ viewer { kind } }' }),
    })
  const guessed = await Promise.all(Array.from({ length: 60 }, (_, i) => ask(`tg_guess_${i}`)))
  const refused = await eventually('an unknown key is refused', async () => {
    const answer = await ask('tg_another_guess')
    return answer.status === 429 && answer
  })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(new Set(guessed.map(({ status }) => status)).isSubsetOf(new Set([401, 429]))).toBe(true)
  expect((await ask(keys.acme)).status).toBe(200)

  // This machine is a trusted proxy, so another client behind it has attempts of its own.
  expect((await ask('tg_guess_of_another_client', { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' })).status).toBe(401)
  await eventually('the audit log has the address of the client', async () => {
    const { auditTrail } = await server.api.ask('{ auditTrail(filter: { families: ["security"] }) { nodes { ipAddress } } }')
    return auditTrail.nodes.some(({ ipAddress }: { ipAddress: string }) => ipAddress === '203.0.113.7')
  })
})
