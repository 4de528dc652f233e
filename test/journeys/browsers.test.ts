import { hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import type * as sdk from '@tollgate/sdk'
import { auditServer } from 'graphql-http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../kit/browser.ts'
import { bundledClient } from '../kit/bundled-client.ts'
import { customerPage } from '../kit/customer-page.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let database: TestDatabase
let server: LocalServer
let browser: Browser
let shop: Server
let other: Server
let token: string

beforeAll(async () => {
  database = await createTestDatabase()
  const serving = async () => {
    ;[shop, other] = await Promise.all([servePage(), servePage()])
    server = await startLocalServer({ DATABASE_URL: database.url, TOLLGATE_ALLOWED_ORIGINS: originOf(shop) })
  }
  ;[, browser] = await Promise.all([serving(), startBrowser()])
  await server.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  const { createApiKey } = await server.api.ask(
    'mutation { createApiKey(input: { tenantId: "acme", name: "shop" }) { ... on CreateApiKeyPayload { secret } } }',
  )
  const backend = server.api.as(createApiKey.secret)
  await backend.ask(
    `mutation { trackUsage(input: { events: [${['ada', 'ada', 'bob'].map(id => `{ operation: "chat", metadata: { customerId: "${id}" } }`).join(' ')}] }) { __typename } }`,
  )
  const { createAccessToken } = await backend.ask('mutation { createAccessToken(input: { customerId: "ada" }) { ... on CreateAccessTokenPayload { token } } }')
  token = createAccessToken.token
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  shop?.close()
  other?.close()
  await database?.drop()
})

/** Serves an empty page on a port, which makes it an origin, of its own. */
function servePage(): Promise<Server> {
  const page = createServer((_request, response) => void response.setHeader('content-type', 'text/html').end('<!doctype html><title>Shop</title><body>'))
  return new Promise(done => page.listen(0, '127.0.0.1', () => done(page)))
}

function originOf(page: Server): string {
  return `http://127.0.0.1:${(page.address() as AddressInfo).port}`
}

/** Opens a page, and collects what a content security policy blocked on it. */
async function open(url: string): Promise<{ page: Page; blocked: string[] }> {
  const page = await browser.newPage()
  const blocked: string[] = []
  page.on('console', message => {
    if (/content security policy/i.test(message.text())) blocked.push(message.text())
  })
  page.on('pageerror', error => blocked.push(error.message))
  await page.goto(url)
  return { page, blocked }
}

describe('a page of another origin', () => {
  it('uses the client, which loads in a browser as it is', async () => {
    const { page } = await open(originOf(shop))
    // A quote would end the name of the module.
    const client = `data:text/javascript,${encodeURIComponent(await bundledClient()).replaceAll("'", '%27')}`
    await page.addScriptTag({ type: 'module', content: `import * as sdk from '${client}'; globalThis.sdk = sdk` })
    await page.waitForFunction('globalThis.sdk !== undefined')
    const report = await page.evaluate(
      async options => {
        const { createTollgate } = (globalThis as unknown as { sdk: typeof sdk }).sdk
        const tollgate = createTollgate({ url: options.url, apiKey: options.token })
        const { totals } = await tollgate.usage({ range: { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) } })
        // A token of a customer cannot record: the receipt says so, and nothing throws.
        const receipt = await tollgate.run({ featureId: 'chat' }, () => tollgate.trackAiCall({ operation: 'chat' }))
        return { calls: totals.calls, outcome: receipt.outcome }
      },
      { url: server.url, token },
    )
    expect(report).toEqual({ calls: 2, outcome: 'REJECTED' })
    await page.close()
  })

  it("reads the usage of its customer with the customer's access token, over fetch and a subscription, and nothing else", async () => {
    const { page } = await open(originOf(shop))
    const shown = page.evaluate(customerPage, { url: server.url, token })
    for (const transport of ['Server-Sent Events', 'a WebSocket']) await page.getByText(`Over ${transport}: 2 calls today`).waitFor()
    await server.api.ask(
      'mutation { trackUsage(input: { tenantId: "acme", events: [{ operation: "chat", metadata: { customerId: "ada" } }] }) { __typename } }',
    )
    expect(await shown).toEqual({
      usage: { calls: 2, customers: 1 },
      overEvents: [2, 3],
      overSocket: [2, 3],
      refused: {
        'usage of another customer': 'FORBIDDEN',
        'usage of another tenant': 'FORBIDDEN',
        'the tenant': 'FORBIDDEN',
        'its API keys': 'FORBIDDEN',
        'an object by id': 'FORBIDDEN',
        'the audit log': 'FORBIDDEN',
        'a change': 'FORBIDDEN',
        'another subscription': 'FORBIDDEN',
        'a cookie': 'blocked by the browser',
      },
    })
    if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'] })
    await page.close()
  })

  it('follows everything over one connection, so that queries of four tabs are answered beside it', async () => {
    const pages = await Promise.all(Array.from({ length: 4 }, async () => (await open(originOf(shop))).page))
    const ask = (page: Page, query: string) =>
      page.evaluate(
        async ({ url, bearer, body }) => {
          const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${bearer}` }
          const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
          const reader = response.body?.getReader()
          let read = ''
          // A subscription stays open.
          while (!read.includes('"data"')) read += new TextDecoder().decode((await reader?.read())?.value)
          return read
        },
        { url: server.url, bearer: token, body: JSON.stringify({ query }) },
      )
    for (const page of pages)
      expect(await ask(page, 'subscription { live { cursor usage { today { calls } } creditAlert { balance } } }')).toContain('"cursor"')
    for (const page of pages) expect(await ask(page, '{ usage(period: TODAY) { totals { calls } } }')).toContain('"calls"')
    await Promise.all(pages.map(page => page.close()))
  })

  it('reads nothing if its origin is not allowed, over fetch or a WebSocket', async () => {
    const { page } = await open(originOf(other))
    const attempts = await page.evaluate(
      async ({ url, bearer }) => {
        const fetched = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
          body: '{"query":"{ usage(range: { from: \\"2026-01-01T00:00:00Z\\", to: \\"2027-01-01T00:00:00Z\\" }) { totals { calls } } }"}',
        }).then(
          () => 'read',
          () => 'blocked',
        )
        const opened = await new Promise(done => {
          const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
          socket.addEventListener('open', () => done('open'))
          socket.addEventListener('error', () => done('refused'))
        })
        return [fetched, opened]
      },
      { url: server.url, bearer: token },
    )
    expect(attempts).toEqual(['blocked', 'refused'])
    await page.close()
  })
})

it('shows GraphiQL, which reads the schema and runs operations under its content security policy', async () => {
  const { page, blocked } = await open(`${server.url}/`)
  expect(page.url()).toBe(`${server.url}/graphql`)
  await page.getByRole('tab', { name: 'Prices' }).waitFor()
  const tabs = (await page.getByRole('tab').allTextContents()).map(label => label.replace(/\s*wze icon$/, ''))
  expect(tabs).toEqual(['WhoAmI', 'Last30Days', 'ByModelAndFeature', 'NearLimits', 'SetQuota', 'Live', 'Prices'])
  const answered = page.waitForResponse(response => response.request().method() === 'POST' && response.request().postData()?.includes('WhoAmI') === true)
  await page.getByRole('button', { name: /execute/i }).click({ timeout: 5_000 })
  await page.getByRole('menuitem', { name: 'WhoAmI' }).click({ timeout: 5_000 })
  expect((await answered).status()).toBe(401) // The header of the page has no key yet.
  if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'].replace('.png', '-graphiql.png') })
  expect(blocked).toEqual([])
  await page.close()
})

it('sends GraphiQL compressed, and its files once', async () => {
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const sent = request(`${server.url}${path}`, { agent: false, headers: { accept: 'text/html', 'accept-encoding': 'gzip', ...headers } })
    const [response] = (await once(sent.end(), 'response')) as [IncomingMessage]
    return { status: response.statusCode, headers: response.headers, body: await buffer(response) }
  }
  const page = await get('/graphql')
  const html = gunzipSync(page.body).toString()
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
  expect(files.map(path => path.split('.').at(-1))).toEqual(['ico', 'css', 'js'])
  const answers = await Promise.all(files.map(path => get(path)))
  for (const { status, headers } of answers) {
    expect([status, headers]).toMatchObject([200, { 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' }])
  }
  // Nine megabytes when they are not compressed.
  expect(answers.reduce((bytes, { body }) => bytes + body.length, page.body.length)).toBeLessThan(3_000_000)
  const again = await get('/graphql', { 'if-none-match': page.headers.etag ?? '' })
  expect([again.status, again.body.length, again.headers['cache-control']]).toEqual([304, 0, 'no-cache'])
  expect((await get('/graphql/assets/old.js')).status).toBe(404)
})

describe('the audits of GraphQL over HTTP', () => {
  const audits = async (headers: Record<string, string>) => {
    const fetchFn = (url: string, init: RequestInit = {}) => fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } })
    return auditServer({ url: `${server.url}/graphql`, fetchFn })
  }

  it.each([
    ['without a key', {}],
    ['with a key, so that known operations take the fast path', { authorization: `Bearer ${OPERATOR_KEY}` }],
  ])('all pass %s', async (name, headers) => {
    const results = await audits(headers)
    const failed = results.filter(({ status }) => status !== 'ok')
    process.stdout.write(`${results.length - failed.length} of ${results.length} audits of graphql-http pass ${name}.\n`)
    expect(failed.map(({ name: audit, ...result }) => [audit, 'reason' in result ? result.reason : ''])).toEqual([])
    expect(results.length).toBeGreaterThanOrEqual(61)
  })
})

describe('has the security headers, and lets an allowed page read the answer:', () => {
  const HEADERS = {
    'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
  const key = { authorization: `Bearer ${OPERATOR_KEY}` }
  const json = { 'content-type': 'application/json' }
  const body = '{"query":"{ viewer { kind } }"}'

  it.each<[string, string, RequestInit, number]>([
    ['the redirect to GraphiQL', '/', { redirect: 'manual' }, 302],
    ['health', '/healthz', {}, 200],
    ['readiness', '/readyz', {}, 200],
    ['metrics', '/metrics', {}, 200],
    ['a path that does not exist', '/nothing', {}, 404],
    ['another method', '/healthz', { method: 'DELETE' }, 405],
    ['a result', '/graphql', { method: 'POST', headers: { ...key, ...json }, body }, 200],
    ['a result of the fast path', '/graphql', { method: 'POST', headers: { ...key, ...json }, body }, 200],
    ['a result by GET', '/graphql?query={__typename}', { headers: key }, 200],
    ['an error', '/graphql', { method: 'POST', headers: { ...key, ...json, accept: 'application/graphql-response+json' }, body: '{"query":"{"}' }, 400],
    ['a request without a key', '/graphql', { method: 'POST', headers: json, body }, 401],
    ['a body that is not JSON', '/graphql', { method: 'POST', headers: { ...key, 'content-type': 'text/xml' }, body: '<query/>' }, 415],
    ['a preflight', '/graphql', { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } }, 204],
    [
      'an event stream',
      '/graphql',
      { method: 'POST', headers: { ...key, ...json, accept: 'text/event-stream' }, body: '{"query":"subscription { alerts { cursor } }"}' },
      200,
    ],
  ])('%s', async (_, path, init, status) => {
    const response = await fetch(`${server.url}${path}`, { ...init, headers: { origin: originOf(shop), ...(init.headers as Record<string, string>) } })
    await response.body?.cancel()
    expect(response.headers.get('access-control-allow-origin')).toBe(path === '/metrics' ? null : originOf(shop))
    expect([response.status, Object.fromEntries(response.headers)]).toEqual([status, expect.objectContaining(HEADERS)])
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  it.each([
    ['a WebSocket that is refused', 'GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 404],
    ['a request that is not HTTP', 'HELLO\r\n\r\n', 400],
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s', async (_, sent, status) => {
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' })
    socket.write(sent)
    const [head = '', shown = ''] = (await text(socket)).split('\r\n\r\n')
    const [first, ...lines] = head.split('\r\n')
    expect(first).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(Object.fromEntries(lines.map(line => line.split(': ')))).toMatchObject(HEADERS)
    expect(JSON.parse(shown)).toMatchObject({ errors: [{ message: expect.any(String), extensions: { code: expect.any(String) } }] })
  })
})

it('serves neither GraphiQL nor its schema in production, and executes persisted operations by their hash', async () => {
  await using directory = await temporaryDirectory()
  const query = '{ viewer { kind } }'
  const documentId = hash('sha256', query)
  await writeFile(join(directory.path, 'operations.json'), JSON.stringify({ [documentId]: query }))
  const environment = { DATABASE_URL: database.url, NODE_ENV: 'production', TOLLGATE_PERSISTED_OPERATIONS: join(directory.path, 'operations.json') }
  await using production = await startLocalServer(environment)
  const page = await fetch(production.url, { headers: { accept: 'text/html' } })
  expect([page.status, await page.json()]).toMatchObject([404, { errors: [{ message: expect.stringContaining('TOLLGATE_GRAPHIQL=1') }] }])
  expect((await production.api.send('{ __schema { queryType { name } } }')).errors).toMatchObject([{ extensions: { code: 'INTROSPECTION_DISABLED' } }])
  expect((await production.api.send('{ viewr { kind } }')).errors?.[0]?.message).toBe('Cannot query field "viewr" on type "Query".')
  expect((await production.api.post(JSON.stringify({ documentId }))).data).toEqual({ viewer: { kind: 'OPERATOR' } })
  expect((await production.api.send(query)).data).toEqual({ viewer: { kind: 'OPERATOR' } })
})
