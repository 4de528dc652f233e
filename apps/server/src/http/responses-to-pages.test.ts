import { type Authenticator, NotAuthenticated, TooManyAttempts, type Viewer } from '@tollgate/accounts'
import { once } from 'node:events'
import { type IncomingMessage, request as sendRequest } from 'node:http'
import { connect } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHealth } from '../observability/health.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createBodyMemory } from './body-memory.ts'
import { type HttpServer, startHttpServer } from './http-server.ts'
import { PATHS } from './paths.ts'
import { MAX_BODY_BYTES } from './request-limits.ts'
import { respond, respondJson } from './respond.ts'
import { createRoutes } from './routes.ts'

const ORIGIN = 'https://shop.example'
const LARGE = JSON.stringify({ data: Array.from({ length: 100 }, (_, index) => ({ model: `model ${index}` })) })
const SMALL = '{"data":{"calls":1}}'

const VIEWER: Viewer = { kind: 'tenant', tenantId: 'acme', keyId: 'key', scopes: new Set() }
const CANNOT_CHECK = Object.assign(new Error('no connection'), { code: 'ECONNREFUSED', syscall: 'connect' })
/** The key says how the server is to answer. */
const authenticator = {
  authenticate: (authorization: string | null) => {
    if (authorization === 'Bearer good') return Promise.resolve(VIEWER)
    if (authorization === null) return Promise.resolve(new NotAuthenticated('missing'))
    if (authorization === 'Bearer unknown') return Promise.resolve(new NotAuthenticated('unknown'))
    return Promise.reject(authorization === 'Bearer often' ? new TooManyAttempts(2_000) : authorization === 'Bearer down' ? CANNOT_CHECK : new Error('a bug'))
  },
  authenticateOffline: () => undefined,
} as unknown as Authenticator

function start(allowedOrigins?: readonly string[]): Promise<HttpServer> {
  const health = createHealth()
  health.started({ watch: { isUp: () => true, lost: () => undefined }, clock: { refusal: () => undefined } })
  const log = pino({ level: 'silent' })
  const metrics = createMetrics()
  const handle = createRoutes({
    health,
    metrics,
    metricsKey: undefined,
    bodies: createBodyMemory({ maxBytes: 100_000_000 }),
    allowedOrigins,
    worksOffline: () => false,
    graphql: () => ({
      keyChecks: { authenticator, health, log },
      // The query says how GraphQL is to answer.
      handler: (request, response) => {
        const { query } = (request.body ?? { query: 'small' }) as { query: string }
        if (query === 'fails') throw new Error('a bug')
        if (query === 'stream') {
          response.writeHead(200, { 'content-type': 'text/event-stream' })
          return void response.end(`event: next\ndata: ${LARGE}\n\n`)
        }
        respond(response, { status: 200, type: 'application/json; charset=utf-8', body: query === 'large' ? LARGE : SMALL })
      },
      downloads: async (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' })
        for (let line = 0; line < 2_000; line++) if (!response.write(`${LARGE}\n`)) await once(response, 'drain')
        response.end()
      },
      documents: async (_request, response) => respond(response, { status: 200, type: 'application/pdf', body: LARGE }),
      ingest: async (_request, response) => respondJson(response, 200, {}),
    }),
  })
  const environment = {
    port: 0,
    host: '127.0.0.1',
    keepAliveSeconds: 65,
    maxConnections: 100,
    maxConnectionsPerAddress: 100,
    trustedProxies: undefined,
    allowedOrigins,
  }
  return startHttpServer({ environment, handle, metrics, log })
}

let open: HttpServer
let restricted: HttpServer
beforeAll(async () => void ([open, restricted] = await Promise.all([start(), start([ORIGIN])])))
afterAll(() => Promise.all([open, restricted].map(server => server.close({ idleMs: 0, withinMs: 0 }))))

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** Sends a request over node:http, which decompresses nothing. */
async function send(server: HttpServer, { method = 'POST', path = '/graphql', headers = {}, body = '' }: Sent): Promise<IncomingMessage> {
  const sent = sendRequest(`${server.url}${path}`, { method, agent: false, headers: { connection: 'close', ...headers } })
  sent.on('error', () => {}) // The server may respond before the body was sent.
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return response
}

const JSON_BODY = { 'content-type': 'application/json' }
const GOOD = { ...JSON_BODY, authorization: 'Bearer good' }

const ANSWERS: [number, string, Sent][] = [
  [200, 'a result', { headers: GOOD, body: '{"query":"small"}' }],
  [200, 'a large result', { headers: { ...GOOD, 'accept-encoding': 'gzip' }, body: '{"query":"large"}' }],
  [200, 'an event stream', { headers: GOOD, body: '{"query":"stream"}' }],
  [200, 'events', { path: '/v1/events', headers: GOOD, body: '{}' }],
  [200, 'a download', { method: 'GET', path: '/v1/audit/events.jsonl', headers: GOOD }],
  [200, 'a document', { method: 'GET', path: '/v1/invoices/document' }],
  [200, 'health', { method: 'GET', path: '/healthz' }],
  [200, 'readiness', { method: 'GET', path: '/readyz' }],
  [302, 'the redirect to GraphiQL', { method: 'GET', path: '/' }],
  [400, 'a body that is not JSON', { headers: GOOD, body: '{' }],
  [400, 'a URL that is not UTF-8', { method: 'GET', path: '/graphql?query=%ff' }],
  [401, 'an unknown key', { headers: { ...JSON_BODY, authorization: 'Bearer unknown' }, body: '{}' }],
  [401, 'an unknown key with events', { path: '/v1/traces', headers: { ...JSON_BODY, authorization: 'Bearer unknown' }, body: '{}' }],
  [401, 'a download without a key', { method: 'GET', path: '/v1/audit/events.csv' }],
  [404, 'an unknown path', { method: 'GET', path: '/nothing' }],
  [405, 'another method', { method: 'DELETE', path: '/healthz' }],
  [405, 'events by GET', { method: 'GET', path: '/v1/events' }],
  [413, 'a body that is too large', { headers: { ...GOOD, 'content-length': String(MAX_BODY_BYTES + 1) } }],
  [415, 'a body of another type', { headers: { ...GOOD, 'content-type': 'text/xml' }, body: '<query/>' }],
  [429, 'too many keys', { headers: { ...JSON_BODY, authorization: 'Bearer often' }, body: '{}' }],
  [500, 'a failure', { headers: GOOD, body: '{"query":"fails"}' }],
  [500, 'a key whose check fails', { headers: { ...JSON_BODY, authorization: 'Bearer any' }, body: '{}' }],
  [503, 'a key that cannot be checked', { headers: { ...JSON_BODY, authorization: 'Bearer down' }, body: '{}' }],
]

const crossOrigin = ({ headers }: IncomingMessage) => headers['access-control-allow-origin']

describe('lets a page of another origin read', () => {
  it.each(ANSWERS)('%i: %s', async (status, _, sent) => {
    const fromPage = { ...sent, headers: { ...sent.headers, origin: ORIGIN } }
    for (const [server, allowed] of [[open, '*'] as const, [restricted, ORIGIN] as const]) {
      const response = await send(server, fromPage)
      response.resume()
      expect([response.statusCode, crossOrigin(response)]).toEqual([status, allowed])
      expect(response.headers['access-control-expose-headers']).toMatch(/X-Request-Id.*Retry-After/)
      expect(response.headers['x-request-id']).toBeDefined()
      expect(response.headers['access-control-allow-credentials']).toBeUndefined()
      if (status === 429 || status === 503) expect(response.headers['retry-after']).toBeDefined()
      if (allowed !== '*') expect(response.headers.vary).toContain('Origin')
    }
  })

  it('400 and 431: requests that are not valid HTTP', async () => {
    const ask = async ({ url }: HttpServer, request: string) => {
      const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
      socket.write(request)
      return text(socket)
    }
    expect(await ask(open, 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1.1 400[^]*access-control-allow-origin: \*/)
    const large = (origin: string) => `GET / HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`
    expect(await ask(restricted, large(ORIGIN))).toMatch(/^HTTP\/1.1 431[^]*access-control-allow-origin: https:\/\/shop.example\r/)
    expect(await ask(restricted, large('https://other.example'))).not.toContain('access-control-allow-origin')
  })
})

it.each(ANSWERS)('does not let a page of an origin that is not allowed read %i: %s', async (status, _, sent) => {
  const response = await send(restricted, { ...sent, headers: { ...sent.headers, origin: 'https://other.example' } })
  response.resume()
  expect([response.statusCode, crossOrigin(response), response.headers.vary]).toEqual([status, undefined, expect.stringContaining('Origin')])
})

it('shows metrics, webhooks and pages of e-mails to no page of another origin', async () => {
  for (const path of ['/metrics', '/v1/payments/stripe', '/v1/mail/unsubscribe']) {
    const response = await send(open, { method: 'GET', path, headers: { origin: ORIGIN } })
    response.resume()
    expect(crossOrigin(response)).toBeUndefined()
  }
})

it.each([...PATHS, '/nothing'].filter(path => !/metrics|payments|mail/.test(path)))(
  'answers a preflight for %s, and lets browsers keep the answer',
  async path => {
    const preflight = { origin: ORIGIN, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' }
    const response = await send(restricted, { method: 'OPTIONS', path, headers: preflight })
    expect([response.statusCode, response.headers]).toMatchObject([
      204,
      {
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-headers': 'authorization,content-type',
        'access-control-allow-methods': expect.stringMatching(/GET|POST/),
        'access-control-max-age': '86400',
      },
    ])
    const other = await send(restricted, { method: 'OPTIONS', path, headers: { ...preflight, origin: 'https://other.example' } })
    expect(Object.keys(other.headers).filter(name => name.startsWith('access-control'))).toEqual([])
  },
)

describe('compresses', () => {
  const ask = async (query: string, accepted?: string, method = 'POST') => {
    const headers = { ...GOOD, ...(accepted !== undefined && { 'accept-encoding': accepted }) }
    const response = await send(open, { method, headers, body: JSON.stringify({ query }) })
    return { headers: response.headers, body: await buffer(response) }
  }

  it.each([
    ['br', 'gzip, deflate, br'],
    ['br', 'br;q=0.1, gzip'],
    ['gzip', 'gzip, deflate'],
    ['gzip', 'br;q=0, gzip;q=0.5'],
    ['gzip', '*'],
    [undefined, 'identity'],
    [undefined, 'gzip;q=0'],
    [undefined, 'vbr, gzipped'],
    [undefined, undefined],
  ])('a large result with %s for a client that accepts %s', async (encoding, accepted) => {
    const { headers, body } = await ask('large', accepted)
    expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'Accept-Encoding'])
    const decoded = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body
    expect(decoded.toString()).toBe(LARGE)
    if (encoding === undefined) expect(headers['content-length']).toBe(String(LARGE.length))
    else expect(body.length).toBeLessThan(LARGE.length / 4)
  })

  it('neither small results nor event streams nor documents in PDF', async () => {
    for (const [query, expected] of [
      ['small', SMALL],
      ['stream', `event: next\ndata: ${LARGE}\n\n`],
    ] as const) {
      const { headers, body } = await ask(query, 'gzip, br')
      expect([headers['content-encoding'], headers.vary, body.toString()]).toEqual([undefined, undefined, expected])
    }
    const document = await send(open, { method: 'GET', path: '/v1/invoices/document', headers: { 'accept-encoding': 'gzip, br' } })
    expect([document.headers['content-encoding'], await text(document)]).toEqual([undefined, LARGE])
  })

  it('downloads as they are written, at the pace of their reader', async () => {
    const response = await send(open, { method: 'GET', path: '/v1/audit/events.jsonl', headers: { ...GOOD, 'accept-encoding': 'gzip' } })
    expect(response.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(await buffer(response)).toString()).toBe(`${LARGE}\n`.repeat(2_000))
  })
})
