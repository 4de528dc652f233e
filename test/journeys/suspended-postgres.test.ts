import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api, ApiAnswer } from '../kit/api.ts'
import { eventually } from '../kit/eventually.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { suspendPostgres } from '../kit/postgres-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

const EVENTS = 40
const RANGE = { from: '2026-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' }

let directory: TemporaryDirectory
let server: LocalServer
/** A key of a tenant whose only quota is 0, by what the quota allows while the database is down. */
let keys: Record<'ALLOW' | 'DENY', Api>

beforeAll(async () => {
  directory = await temporaryDirectory()
  server = await startLocalServer({ TOLLGATE_DATA_DIR: directory.path })
  keys = { ALLOW: await tenant('open', 'ALLOW'), DENY: await tenant('closed', 'DENY') }
})
afterAll(async () => {
  await server?.stop()
  await directory[Symbol.asyncDispose]()
})

async function tenant(id: string, storeFailure: string): Promise<Api> {
  const { createApiKey } = await server.api.ask(
    `mutation ($id: ID!, $name: String!, $quota: SetQuotaInput!) {
       createTenant(input: { id: $id, name: $name }) { __typename }
       setQuota(input: $quota) { __typename }
       createApiKey(input: { tenantId: $id, name: "k" }) { ... on CreateApiKeyPayload { secret } }
     }`,
    { id, name: id, quota: { tenantId: id, metric: 'OPERATIONS', window: 'DAY', limit: '0', storeFailure } },
  )
  return server.api.as(createApiKey.secret)
}

const track = (n: number) =>
  server.api.send(
    `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { outcome } } ... on Error { code message } } }`,
    { input: { tenantId: 'open', events: [{ operation: 'o', idempotencyKey: `key-${n}` }] } },
  )
const enforce = (api: Api) =>
  api.send(`mutation { enforceQuotas(input: { consume: true, requests: [{ metric: OPERATIONS, amount: "1", operation: "o" }] }) {
    ... on EnforceQuotasPayload { decision { allowed degraded } } ... on Error { code } } }`)
const read = () => server.api.send(`query ($range: TimeRangeInput!) { usage(tenantId: "open", range: $range) { totals { calls } } }`, { range: RANGE })

/** Returns the code of the error in an answer. */
const codeOf = ({ data, errors }: ApiAnswer) => errors?.[0]?.extensions?.code ?? data?.trackUsage?.code
const decisionOf = ({ data }: ApiAnswer) => data?.enforceQuotas?.decision

describe('while PostgreSQL hangs', () => {
  let resume: () => void
  beforeAll(async () => {
    for (const api of Object.values(keys)) expect(decisionOf(await enforce(api))).toEqual({ allowed: false, degraded: false })
    resume = await suspendPostgres(directory.path)
  })

  it('answers every request that was sent before it was noticed, with the reason, and decides quotas by storeFailure', async () => {
    const [tracked, reads, open, closed] = await Promise.all([
      Promise.all(Array.from({ length: EVENTS }, (_, n) => track(n))),
      Promise.all([read(), read()]),
      enforce(keys.ALLOW),
      enforce(keys.DENY),
    ])
    for (const answer of tracked) expect(['STORE_UNAVAILABLE', 'DATABASE_UNAVAILABLE']).toContain(codeOf(answer))
    for (const answer of reads) expect(codeOf(answer)).toBe('DATABASE_UNAVAILABLE')
    expect([decisionOf(open), decisionOf(closed)]).toEqual([
      { allowed: true, degraded: true },
      { allowed: false, degraded: true },
    ])
  })

  it('says the same at /readyz and over GraphQL, and stays alive', async () => {
    const ready = await fetch(`${server.url}/readyz`)
    expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'DATABASE_UNAVAILABLE' }])
    const answer = await read()
    expect([answer.status, codeOf(answer)]).toEqual([503, 'DATABASE_UNAVAILABLE'])
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    expect([decisionOf(await enforce(keys.ALLOW)), decisionOf(await enforce(keys.DENY))]).toEqual([
      { allowed: true, degraded: true },
      { allowed: false, degraded: true },
    ])
  })

  it('recovers when PostgreSQL answers again, and events that are sent again are recorded once', async () => {
    resume()
    await eventually('the server is ready', async () => (await fetch(`${server.url}/readyz`)).ok)
    const again = await Promise.all(Array.from({ length: EVENTS }, (_, n) => track(n)))
    for (const { data } of again) expect(['ACCEPTED', 'DUPLICATE']).toContain(data.trackUsage.results[0].outcome)
    expect((await read()).data.usage.totals.calls).toBe(EVENTS)
    for (const api of Object.values(keys)) expect(decisionOf(await enforce(api))).toEqual({ allowed: false, degraded: false })
  })
})
