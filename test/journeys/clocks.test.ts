import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Api } from '../kit/api.ts'
import { eventually } from '../kit/eventually.ts'
import { type ServerProcess, spawnProgram, startServer } from '../kit/server-process.ts'
import { shiftedClock } from '../kit/shifted-process.ts'

const DAY_MS = 86_400_000

let database: TestDatabase
/** The clocks of their machines: two days behind, right, and a day ahead. */
let servers: readonly [ServerProcess, ServerProcess, ServerProcess]

beforeAll(async () => {
  database = await createTestDatabase()
  const start = (shiftMs: number, environment: Record<string, string> = {}) =>
    startServer({ environment: { DATABASE_URL: database.url, ...shiftedClock({ shiftMs, shiftOnSignalMs: -3_600_000 }), ...environment } })
  const anyOffset = { TOLLGATE_MAX_CLOCK_OFFSET_SECONDS: '0' }
  servers = await Promise.all([start(-2 * DAY_MS, anyOffset), start(0), start(DAY_MS, anyOffset)])
  await servers[1].api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename ... on Error { message } } }')
})
afterAll(async () => {
  await Promise.all(servers?.map(server => server.stop()) ?? [])
  await database?.drop()
})

const LIMIT = 'mutation ($input: SetQuotaInput!) { setQuota(input: $input) { __typename ... on Error { message } } }'
const setLimit = (metric: string, limit: string) => servers[1].api.ask(LIMIT, { input: { tenantId: 'acme', metric, window: 'DAY', limit } })

const take = async (api: Api, metric: string, amount: string): Promise<boolean> => {
  const { result } = await api.ask(
    `mutation ($requests: [QuotaRequestInput!]!) { result: enforceQuotas(input: { tenantId: "acme", consume: true, requests: $requests }) {
      ... on EnforceQuotasPayload { decision { allowed } } ... on Error { message } } }`,
    { requests: [{ metric, amount }] },
  )
  return result.decision.allowed
}

it('admits a limit once on servers whose clocks are days apart', async () => {
  await setLimit('REQUESTS', '100')
  const taken = await Promise.all(servers.flatMap(({ api }) => Array.from({ length: 60 }, () => take(api, 'REQUESTS', '1'))))
  expect(taken.filter(allowed => allowed)).toHaveLength(100)
})

it('keeps the hold of a server that is behind from one that is ahead', async () => {
  await setLimit('TOKENS', '1000')
  const [behind, , ahead] = servers
  const { result } = await behind.api.ask(
    `mutation { result: reserveQuotas(input: { tenantId: "acme", requests: [{ metric: TOKENS, amount: 900 }], ttlSeconds: 600 }) {
      ... on ReserveQuotasPayload { reservation { id expiresAt } } ... on Error { message } } }`,
  )
  const untilExpiryMs = Date.parse(result.reservation.expiresAt) - Date.now()
  expect(untilExpiryMs).toBeGreaterThan(500_000)
  expect(untilExpiryMs).toBeLessThanOrEqual(601_000)
  expect(await take(ahead.api, 'TOKENS', '200')).toBe(false)
  const settled = await ahead.api.ask(
    'mutation ($id: ID!) { settleReservation(input: { id: $id, actual: [{ metric: TOKENS, amount: 1000 }] }) { __typename } }',
    { id: result.reservation.id },
  )
  expect(settled.settleReservation.__typename).toBe('SettleReservationPayload')
})

it('accepts and rejects keys by their expiry on every server alike', async () => {
  const keyThatExpires = async (hours: number) => {
    const { createApiKey } = await servers[1].api.ask(
      'mutation ($name: String!) { createApiKey(input: { tenantId: "acme", name: $name }) { ... on CreateApiKeyPayload { secret } } }',
      { name: `${hours} hours` },
    )
    await database.asOwner(`update accounts.api_keys set expires_at = now() + $1 * interval '1 hour' where name = $2`, [hours, `${hours} hours`])
    return createApiKey.secret as string
  }
  const [expired, valid] = [await keyThatExpires(-1), await keyThatExpires(12)]
  const statuses = (key: string) => Promise.all(servers.map(async ({ api }) => (await api.as(key).send('{ viewer { __typename } }')).status))
  expect(await statuses(expired)).toEqual([401, 401, 401])
  expect(await statuses(valid)).toEqual([200, 200, 200])
})

it('records the same receipt times on every server', async () => {
  const TRACK = `mutation { trackUsage(input: { tenantId: "acme", events: [{ operation: "chat" }] }) {
    ... on TrackUsagePayload { results { event { occurredAt recordedAt } } } } }`
  for (const { api } of servers) {
    const [{ event }] = (await api.ask(TRACK)).trackUsage.results
    expect(Math.abs(Date.parse(event.occurredAt) - Date.now())).toBeLessThan(60_000)
    expect(Math.abs(Date.parse(event.recordedAt) - Date.now())).toBeLessThan(60_000)
  }
})

it('says in the log and in the metrics how far the clock of the machine is off', async () => {
  const [behind, right] = servers
  expect(behind.stderr()).toContain("The clock of this machine is 172800 s behind the database's clock.")
  const offsetOf = async ({ url }: ServerProcess) => Number(/^tollgate_clock_offset_seconds (\S+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1])
  expect(await offsetOf(behind)).toBeCloseTo(-172_800, -1)
  expect(Math.abs(await offsetOf(right))).toBeLessThan(10)
})

it('does not start if the clock of the machine is off by more than the maximum', async () => {
  const refused = spawnProgram('main.ts', {
    environment: { PORT: '0', DATABASE_URL: database.url, TOLLGATE_OPERATOR_KEY: 'a-key-for-the-test', ...shiftedClock({ shiftMs: 3_600_000 }) },
  })
  expect(await refused.ended()).toBe(1)
  expect(refused.stderr()).toMatch(/could not start.*3600 s ahead of the database's clock, and 300 s is the maximum\..*TOLLGATE_MAX_CLOCK_OFFSET_SECONDS/s)
})

it('refuses to serve while the clock of the machine is off by more than the maximum', async () => {
  const right = servers[1]
  right.signal('SIGUSR2')
  const ready = () => fetch(`${right.url}/readyz`)
  await eventually('the server is not ready', async () => (await ready()).status === 503)
  expect(await (await ready()).text()).toContain('CLOCK_OFF')
  const refused = await right.api.send('{ viewer { __typename } }')
  expect(refused.status).toBe(503)
  expect(refused.errors?.[0]?.extensions?.code).toBe('CLOCK_OFF')
})
