import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api, ApiAnswer } from '../kit/api.ts'
import { eventually } from '../kit/eventually.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'

const FLOODS = 8
const ALIASES = 190
const READS_OF_TENANT = 2
const RANGE = '{ from: "2026-01-01T00:00:00Z", to: "2030-01-01T00:00:00Z" }'

let test: TestDatabase
let server: LocalServer
let noisy: Api
let victim: Api

beforeAll(async () => {
  test = await createTestDatabase()
  server = await startLocalServer({ DATABASE_URL: test.url, TOLLGATE_TENANT_READS: String(READS_OF_TENANT) })
  noisy = await tenant('noisy', 'limit: "0", storeFailure: ALLOW')
  victim = await tenant('victim', 'limit: "1000", storeFailure: DENY')
})
afterAll(async () => {
  await server?.stop()
  await test?.drop()
})

async function tenant(id: string, terms: string): Promise<Api> {
  const { createApiKey } = await server.api.ask(
    `mutation {
       createTenant(input: { id: "${id}", name: "${id}" }) { __typename }
       setQuota(input: { tenantId: "${id}", metric: OPERATIONS, window: DAY, ${terms} }) { __typename }
       createApiKey(input: { tenantId: "${id}", name: "k" }) { ... on CreateApiKeyPayload { secret } }
     }`,
  )
  return server.api.as(createApiKey.secret)
}

const track = (api: Api, key: string) =>
  api.send(`mutation { trackUsage(input: { events: [{ operation: "o", idempotencyKey: "${key}" }] }) { ... on TrackUsagePayload { results { outcome } } } }`)
const enforce = (api: Api) =>
  api.send(`mutation { enforceQuotas(input: { consume: true, requests: [{ metric: OPERATIONS, amount: "1", operation: "o" }] }) {
    ... on EnforceQuotasPayload { decision { allowed degraded } } } }`)
const read = (api: Api) => api.send(`{ usage(range: ${RANGE}) { totals { calls } } }`)

/** A query of many fields, each of which needs a connection, on a table that is locked. */
const flood = (api: Api) => api.send(`{ ${Array.from({ length: ALIASES }, (_, i) => `a${i}: webhookEndpoints(first: 1) { nodes { id } }`).join(' ')} }`)

const gaugeOf = async (name: string) => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^${RegExp.escape(name)} (\\d+)$`, 'm').exec(metrics)?.[1])
}
const waitForLocks = async () =>
  (
    await test.asOwner<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and application_name like '%, reads'`,
    )
  )[0]?.count

describe('while a tenant floods the server with expensive reads', () => {
  let locker: Client
  let answeredFloods = 0
  let floods: Promise<ApiAnswer>[]

  beforeAll(async () => {
    locker = new Client({ connectionString: test.url })
    await locker.connect()
    await locker.query('begin')
    await locker.query('lock table webhooks.endpoints in access exclusive mode')
    floods = Array.from({ length: FLOODS }, async () => {
      const answer = await flood(noisy)
      answeredFloods += 1
      return answer
    })
    await eventually('its reads are in the database', async () => (await waitForLocks()) === READS_OF_TENANT)
  })

  it('uses only the connections of one tenant for it, and lets the rest wait', async () => {
    expect(await waitForLocks()).toBe(READS_OF_TENANT)
    expect(await gaugeOf('tollgate_requests_waiting{kind="read"}')).toBeGreaterThan(ALIASES)
  })

  it('answers other tenants and decides quotas as if nothing happened', async () => {
    for (let i = 0; i < 20; i++) expect((await track(victim, `event-${i}`)).data.trackUsage.results[0].outcome).toBe('ACCEPTED')
    expect((await read(victim)).data.usage.totals.calls).toBe(20)
    expect((await enforce(victim)).data.enforceQuotas.decision).toEqual({ allowed: true, degraded: false })
    // A flood does not open the tenant's own quota, although that allows everything while the database is down.
    expect((await enforce(noisy)).data.enforceQuotas.decision).toEqual({ allowed: false, degraded: false })
    expect((await track(noisy, 'event')).data.trackUsage.results[0].outcome).toBe('ACCEPTED')
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect(answeredFloods).toBeLessThan(FLOODS) // All of this happened in the meantime.
  })

  it('refuses what exceeds its share with a retry delay, and answers everything', async () => {
    const refused = (await Promise.all(floods)).flatMap(({ errors }) => errors ?? [])
    await locker.end()
    expect(refused.length).toBeGreaterThan(0)
    expect(new Set(refused.map(({ extensions }) => extensions?.code))).toEqual(new Set(['OVERLOADED']))
    expect(refused[0]?.extensions).toMatchObject({ retryAfterMs: expect.any(Number) })
    expect(await gaugeOf('tollgate_requests_refused{kind="read"}')).toBeGreaterThan(0)
  })

  it('serves the tenant again afterwards', async () => {
    expect((await read(noisy)).data.usage.totals.calls).toBe(1)
  })
})
