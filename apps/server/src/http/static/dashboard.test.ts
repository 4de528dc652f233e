import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request as sendRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHealth } from '../../observability/health.ts'
import { createMetrics } from '../../observability/metrics.ts'
import { createBodyMemory } from '../body-memory.ts'
import { type HttpServer, startHttpServer } from '../http-server.ts'
import { createRoutes } from '../routes.ts'
import { type Dashboard, openDashboard } from './open-dashboard.ts'

const PAGE = '<!doctype html><script type="module" src="/assets/app-1a2b.js"></script>'
const SCRIPT = `console.log(${JSON.stringify('tokens '.repeat(500))})\n`
const metrics = createMetrics()
let directory: string
let server: HttpServer

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-dashboard-'))
  const built = join(directory, 'dist')
  await mkdir(join(built, 'assets'), { recursive: true })
  await writeFile(join(directory, 'secret.txt'), 'secret')
  await symlink(join(directory, 'secret.txt'), join(built, 'assets', 'link.txt'))
  const files = { 'index.html': PAGE, 'assets/app-1a2b.js': SCRIPT, 'assets/app-1a2b.js.map': '{}', 'assets/font-3c4d.woff2': 'a font', 'icon.svg': '<svg/>' }
  for (const [name, content] of Object.entries({ ...files, '.sources': 'hash', graphql: 'no', 'metrics.txt': 'text' }))
    await writeFile(join(built, name), content)
  server = await start(await openDashboard(built))
})
afterAll(async () => {
  await server.close({ idleMs: 0, withinMs: 0 })
  await rm(directory, { recursive: true })
})

function start(dashboard: Dashboard | undefined): Promise<HttpServer> {
  const log = pino({ level: 'silent' })
  const handle = createRoutes({
    ...{ health: createHealth(), metrics, metricsKey: undefined, bodies: createBodyMemory({ maxBytes: 1_000_000 }), dashboard },
    ...{ worksOffline: () => false, graphql: () => undefined },
  })
  const limits = { keepAliveSeconds: 65, maxConnections: 100, maxConnectionsPerAddress: 100, trustedProxies: undefined }
  return startHttpServer({ environment: { port: 0, host: '127.0.0.1', ...limits }, handle, metrics, log })
}

/** Sends a path as it is. `fetch` would resolve ".." first. */
async function send(path: string, { method = 'GET', headers = {}, to = server }: { method?: string; headers?: Record<string, string>; to?: HttpServer } = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sendRequest(to.url, { path, method, headers, agent: false }, resolve).on('error', reject).end()
  })
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) }
}

describe('the page of the dashboard', () => {
  it.each(['/', '/?a=1', '/sign-in', '/tenants/acme', '/explore/?from=2026-11-01', '/customers/a%2Fb', '/start'])('is sent at %s', async path => {
    const { status, headers, body } = await send(path)
    expect([status, headers['content-type'], body.toString()]).toEqual([200, 'text/html; charset=utf-8', PAGE])
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
  })

  it('may run and load only what this server sends, without inline scripts and styles', async () => {
    const { headers } = await send('/overview')
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })

  it('is not sent again to a browser that has it', async () => {
    const { headers } = await send('/')
    const again = await send('/quotas', { headers: { 'if-none-match': headers.etag ?? '' } })
    expect([again.status, again.body.length, again.headers['cache-control']]).toEqual([304, 0, 'no-cache'])
  })

  it.each(['/signin', '/tenantsx', '/Tenants', '/v1/tenants', '//tenants', '/index.html', '/sign-in.html'])('is not sent at %s', async path => {
    const { status, body } = await send(path)
    expect([status, JSON.parse(body.toString())]).toMatchObject([404, { errors: [{ extensions: { code: 'NOT_FOUND' } }] }])
  })
})

describe('a file of the dashboard', () => {
  it('is compressed for clients that accept it, and may be kept for a year if its name changes with its content', async () => {
    const plain = await send('/assets/app-1a2b.js')
    expect([plain.status, plain.headers['content-type'], plain.body.toString()]).toEqual([200, 'text/javascript; charset=utf-8', SCRIPT])
    const KEEP = 'public, max-age=31536000, immutable'
    for (const [encoding, decode] of [['br', brotliDecompressSync] as const, ['gzip', gunzipSync] as const]) {
      const { headers, body } = await send('/assets/app-1a2b.js', { headers: { 'accept-encoding': encoding } })
      expect(headers).toMatchObject({ 'content-encoding': encoding, 'content-length': String(body.length), 'cache-control': KEEP })
      expect(headers.vary).toContain('Accept-Encoding')
      expect(body.length).toBeLessThan(200)
      expect(decode(body).toString()).toBe(SCRIPT)
    }
    const font = await send('/assets/font-3c4d.woff2', { headers: { 'accept-encoding': 'br' } })
    expect([font.headers['content-type'], font.headers['content-encoding'], font.body.toString()]).toEqual(['font/woff2', undefined, 'a font'])
    expect((await send('/icon.svg')).headers).toMatchObject({ 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'no-cache' })
  })

  it.each([
    '/assets/',
    '/assets',
    '/assets/gone-5e6f.js',
    '/assets/app-1a2b.js.map',
    '/assets/link.txt',
    '/assets/../index.html',
    '/assets/../../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets\\..\\..\\secret.txt',
    '/.sources',
    '/__proto__',
  ])('is not at %s', async path => {
    const { status, body } = await send(path)
    expect([status, JSON.parse(body.toString())]).toMatchObject([404, { errors: [{ extensions: { code: 'NOT_FOUND' } }] }])
  })

  it('never replaces a path of the API', async () => {
    expect((await send('/graphql')).status).toBe(503)
    expect((await send('/metrics')).headers['content-type']).toContain('version=0.0.4')
  })
})

it.each(['/', '/assets/app-1a2b.js', '/tenants/acme'])('answers HEAD at %s without content, and no method that writes', async path => {
  const [get, head] = [await send(path), await send(path, { method: 'HEAD' })]
  expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(get.body.length)])
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const { status, headers } = await send(path, { method })
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
  }
})

it('is counted by page and not by path in the metrics', async () => {
  await send('/tenants/a-tenant-of-its-own')
  const text = await metrics.text()
  expect(text).toContain('route="/tenants"')
  expect(text).toContain('route="/assets/"')
  expect(text).not.toContain('a-tenant-of-its-own')
})

it('redirects from / to GraphQL if there is no dashboard, and serves none of its pages', async () => {
  const without = await start(undefined)
  const [root, page] = [await send('/', { to: without }), await send('/tenants', { to: without })]
  expect([root.status, root.headers.location, page.status]).toEqual([302, '/graphql', 404])
  await without.close({ idleMs: 0, withinMs: 0 })
})

it('cannot be served from a directory without a page; the error names it', async () => {
  await expect(openDashboard(join(directory, 'nowhere'))).rejects.toThrow(/^TOLLGATE_DASHBOARD_DIR is .*nowhere, which has no index\.html\. Build/)
})
