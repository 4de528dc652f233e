import { customerScope, Decimal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

const RULES = `[{ field: "customerId", action: HASH }, { field: "sessionId", action: DROP }, { field: "environment", action: TRUNCATE, length: 4 },
  { field: "attributes.email", action: HASH }]`
const MARKED = 'ana-4711'
const RANGE = '{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'
const PSEUDONYM = /^anon_[0-9a-f]{32}$/

let server: GraphQLTestServer
let key: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  key = await server.keyOf('acme')
  await ask(`mutation { trackUsage(input: { tenantId: "acme", events: [{ operation: "chat", metadata: { customerId: "old" } }] }) { __typename } }`)
  await ask(
    `mutation { updateTenant(input: { id: "acme", metadataRules: ${RULES} }) { ... on UpdateTenantPayload { tenant { id } } ... on Error { message } } }`,
  )
})
afterAll(() => server.stop())

async function ask(query: string, variables?: Record<string, unknown>, as: string = server.operatorKey) {
  const { data, errors } = await server.send(as, query, variables)
  expect(errors).toEqual([])
  return data
}
const track = (metadata: object, tenantId = 'acme', event: object = {}) =>
  ask(
    `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { outcome reason event { metadata { customerId sessionId environment attributes } } } } ... on Error { message } } }`,
    { input: { tenantId, events: [{ operation: 'chat', metadata, ...event }] } },
  ).then(data => data.trackUsage.results[0])
const calls = (filter: string, as = server.operatorKey) =>
  ask(`{ usage(tenantId: "acme", range: ${RANGE}, filter: ${filter}) { totals { calls } } }`, {}, as).then(data => data.usage.totals.calls)

const eventIdOf = (tracked: object | undefined) => (tracked !== undefined && 'eventId' in tracked ? String(tracked.eventId) : '')

/** Returns every row of every table, as text. */
async function dump(): Promise<string> {
  const tables = await server.test.asOwner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const rows: string[] = []
  for (const { name } of tables)
    for (const { row } of await server.test.asOwner<{ row: string }>(`select whole::text as row from ${name} as whole`)) rows.push(row)
  return rows.join('\n')
}

describe('the rules of a tenant for metadata', () => {
  it('apply before anything is stored, also to rejected events, quotas, wallets, tokens and logs', async () => {
    await ask(
      `mutation { setQuota(input: { tenantId: "acme", metric: REQUESTS, window: DAY, limit: "3", scope: [CUSTOMER], alertAt: ["50"] }) { __typename } }`,
    )
    const { outcome, event } = await track({ customerId: MARKED, sessionId: MARKED, environment: 'production', attributes: { email: MARKED, plan: 'pro' } })
    expect(outcome).toBe('ACCEPTED')
    expect(event.metadata).toEqual({
      customerId: expect.stringMatching(PSEUDONYM),
      sessionId: null,
      environment: 'prod',
      attributes: { email: event.metadata.customerId, plan: 'pro' },
    })
    expect(await track({ customerId: MARKED, attributes: { email: MARKED } }, 'acme', { quantity: '-1' })).toMatchObject({ outcome: 'REJECTED' })
    await ask(
      `mutation { enforceQuotas(input: { tenantId: "acme", requests: [{ metric: REQUESTS, amount: "1" }], metadata: { customerId: "${MARKED}" }, consume: true }) { __typename } }`,
    )
    await ask(
      `mutation { reserveQuotas(input: { tenantId: "acme", requests: [{ metric: REQUESTS, amount: "1" }], metadata: { customerId: "${MARKED}" } }) { __typename } }`,
    )
    await ask(`mutation { createAccessToken(input: { tenantId: "acme", customerId: "${MARKED}", scopes: ["usage:read"] }) { __typename } }`)
    await server.tollgate.credits.grant({ tenantId: 'acme', customerId: MARKED, amount: new Decimal(5), idempotencyKey: 'g' })
    await server.tollgate.attempts.stop()
    expect(await dump()).not.toContain(MARKED)
    expect(JSON.stringify(server.logged)).not.toContain(MARKED)
  })

  it('count a customer in one quota, whether usage, a decision or a reservation names it', async () => {
    const { quotaStatus } = await ask(`{ quotaStatus(tenantId: "acme", customerId: "${MARKED}") { quotas { used reserved } } }`)
    expect(quotaStatus.quotas).toEqual([{ used: '2', reserved: '1' }])
    const { enforceQuotas } = await ask(
      `mutation { enforceQuotas(input: { tenantId: "acme", requests: [{ metric: REQUESTS, amount: "1" }], metadata: { customerId: "${MARKED}" } }) { ... on EnforceQuotasPayload { decision { allowed } } } }`,
    )
    expect(enforceQuotas.decision.allowed).toBe(false)
    const { quotaHistory } = await ask(
      `{ quotaHistory(tenantId: "acme", metric: REQUESTS, window: DAY, scope: [CUSTOMER], scopeValue: ["${MARKED}"]) { __typename } }`,
    )
    expect(quotaHistory).not.toBeNull()
    expect(await server.tollgate.credits.wallet({ tenantId: 'acme', customerId: MARKED })).toMatchObject({
      wallet: { customerId: expect.stringMatching(PSEUDONYM) },
    })
  })

  it('let filters find what is stored for a value, also as a pseudonym, and what was stored before', async () => {
    const { usage } = await ask(`{ usage(tenantId: "acme", range: ${RANGE}) { breakdown(by: [CUSTOMER]) { key { value } measures { calls } } } }`)
    const [, pseudonym] = usage.breakdown
      .map((group: any) => group.key[0].value)
      .toSorted((a: string, b: string) => b.length - a.length)
      .reverse()
    expect(pseudonym).toMatch(PSEUDONYM)
    expect(await calls(`{ customerIds: ["${MARKED}"] }`)).toBe(1)
    expect(await calls(`{ customerIds: ["${MARKED}"] }`, key)).toBe(1)
    expect(await calls(`{ customerIds: ["${pseudonym}"] }`)).toBe(1)
    expect(await calls(`{ customerIds: ["old"] }`)).toBe(1)
    expect(await calls(`{ customerIds: ["nobody"] }`)).toBe(0)
    expect(await calls(`{ environments: ["production"] }`)).toBe(1)
    const events = await ask(`{ usageEvents(tenantId: "acme", range: ${RANGE}, filter: { customerIds: ["${MARKED}"] }) { nodes { id } } }`)
    expect(events.usageEvents.nodes).toHaveLength(1)
    const { totals } = server.tollgate.usage.report(customerScope('acme', MARKED), {
      range: { from: server.clock.now().subtract({ hours: 1 }), to: server.clock.now().add({ hours: 1 }) },
    })
    expect((await totals()).calls).toBe(1)
  })

  it('do not apply to other tenants, whose pseudonyms of a value are others', async () => {
    expect((await track({ customerId: 'plain' }, 'globex')).event.metadata.customerId).toBe('plain')
    await ask(`mutation { updateTenant(input: { id: "globex", metadataRules: [{ field: "customerId", action: HASH }] }) { __typename } }`)
    const globex = (await track({ customerId: MARKED }, 'globex')).event.metadata.customerId
    expect(globex).toMatch(PSEUDONYM)
    expect(globex).not.toBe((await track({ customerId: MARKED })).event.metadata.customerId)
  })

  it('keep the pseudonyms when they are changed or set again, on every server', async () => {
    const before = (await track({ customerId: 'ben' })).event.metadata.customerId
    await ask(`mutation { updateTenant(input: { id: "acme", metadataRules: [] }) { __typename } }`)
    expect((await track({ customerId: 'cleo' })).event.metadata.customerId).toBe('cleo')
    await ask(`mutation { updateTenant(input: { id: "acme", metadataRules: ${RULES} }) { __typename } }`)
    expect((await track({ customerId: 'ben' })).event.metadata.customerId).toBe(before)
    const other = await server.another()
    const [tracked] = await other.usage.track({ tenantId: 'acme', events: [{ operation: 'chat', metadata: { customerId: 'ben' } }] })
    const [stored] = await other.usage.eventsById(tenantScope('acme'), [eventIdOf(tracked)])
    expect(stored?.metadata.customerId).toBe(before)
  })

  it('apply to rejected events that were stored before them when these are sent again', async () => {
    await ask(`mutation { updateTenant(input: { id: "acme", metadataRules: [] }) { __typename } }`)
    const ahead = { occurredAt: server.clock.now().add({ hours: 1 }).toString(), idempotencyKey: 'ahead' }
    expect(await track({ customerId: 'dora' }, 'acme', ahead)).toMatchObject({ outcome: 'REJECTED' })
    await ask(`mutation { updateTenant(input: { id: "acme", metadataRules: ${RULES} }) { __typename } }`)
    server.clock.advance({ hours: 2 })
    const { items } = await server.tollgate.usage.rejectedEvents(tenantScope('acme'), { first: 10 })
    const id = items.find(({ idempotencyKey }) => idempotencyKey === 'ahead')?.id ?? ''
    const sent = await server.tollgate.usage.resendRejected(tenantScope('acme'), { id })
    const [stored] = await server.tollgate.usage.eventsById(tenantScope('acme'), [eventIdOf(sent)])
    expect(stored?.metadata.customerId).toMatch(PSEUDONYM)
  })

  it('are refused if they name no field, with the place of the problem', async () => {
    const { updateTenant } = await ask(
      `mutation { updateTenant(input: { id: "acme", metadataRules: [{ field: "customer", action: HASH }] }) { ... on InvalidInputError { issues { path } } } }`,
    )
    expect(updateTenant).toMatchObject({ issues: [{ path: 'metadataRules[0].field' }] })
  })
})
