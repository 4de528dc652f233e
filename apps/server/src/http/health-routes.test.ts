import type { Authenticator, Viewer } from '@tollgate/accounts'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHealth } from '../observability/health.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createBodyMemory } from './body-memory.ts'
import { createRoutes } from './routes.ts'
import { TollgateResponse } from './server-response.ts'

const database = { up: true, lost: undefined as string | undefined }
const health = createHealth()
health.started({ watch: { isUp: () => database.up, lost: () => database.lost }, clock: { refusal: () => undefined } })
const KNOWN: Viewer = { kind: 'tenant', tenantId: 'acme', keyId: 'key', scopes: new Set(['quotas:use']) }
/** A server that knows a key, but has no connection to the database, which nobody has noticed yet. */
const served = {
  handler: () => Promise.reject(new Error('GraphQL was asked')),
  documents: () => Promise.reject(new Error('A document was rendered')),
  downloads: () => Promise.reject(new Error('A download was started')),
  ingest: () => Promise.reject(new Error('Events were received')),
  keyChecks: {
    authenticator: {
      authenticate: () => Promise.reject(Object.assign(new Error('no connection'), { code: 'ECONNREFUSED', syscall: 'connect' })),
      authenticateOffline: () => KNOWN,
    } as unknown as Authenticator,
    health,
    log: pino({ level: 'silent' }),
  },
}
const handle = createRoutes({
  health,
  metrics: createMetrics(),
  metricsKey: undefined,
  bodies: createBodyMemory({ maxBytes: 1_000_000 }),
  graphql: () => served,
  worksOffline: () => false,
})
const server = createServer(
  { ServerResponse: TollgateResponse },
  (request, response) => void handle(request, response, { requestId: 'test', path: request.url ?? '/' }),
)

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => void server.close())

const get = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
  return [response.status, await response.json()]
}

it.each([
  { state: { up: true, lost: undefined }, healthz: [200, { status: 'alive' }], readyz: [200, { ready: true }] },
  { state: { up: false, lost: undefined }, healthz: [200, { status: 'alive' }], readyz: [503, { ready: false, code: 'DATABASE_UNAVAILABLE' }] },
  {
    state: { up: false, lost: 'Another server has taken the data directory.' },
    healthz: [503, { status: 'beyond recovery', message: expect.stringMatching(/^Another server has taken the data directory\. Restart/) }],
    readyz: [503, { ready: false, code: 'DATABASE_UNAVAILABLE' }],
  },
])('reports $state at /healthz and /readyz', async ({ state, healthz, readyz }) => {
  Object.assign(database, state)
  expect([await get('/healthz'), await get('/readyz')]).toMatchObject([healthz, readyz])
})

it('answers a download with 503, and not that the key lacks a scope, if the key was recognised without the database', async () => {
  Object.assign(database, { up: true, lost: undefined })
  expect(await get('/v1/audit/events.jsonl')).toMatchObject([503, { errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }] }])
})

it.each(['/v1/events', '/v1/traces'])(
  'answers events sent to %s with 503, so that the sender keeps them, if the key was recognised without the database',
  async path => {
    Object.assign(database, { up: true, lost: undefined })
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method: 'POST', body: '{}' })
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '1', expect.stringContaining('database')])
  },
)
