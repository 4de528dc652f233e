import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY_SCOPES, type KeyScope, TENANT_KEY_SCOPES } from '../features/accounts/key-scopes.ts'
import { type Answer, type GraphQLTestServer, startGraphQLTestServer } from './testing/graphql-test-server.ts'

const RANGE = `{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }`
let server: GraphQLTestServer
let foreignEvent: string
let foreignKey: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  const { data } = await server.send(
    server.operatorKey,
    `mutation { trackUsage(input: { tenantId: "globex", events: [{ operation: "secret" }, { operation: "" }] }) { ... on TrackUsagePayload { results { event { id } } } } }`,
  )
  foreignEvent = data.trackUsage.results[0].event.id
  foreignKey = (
    await server.send(
      server.operatorKey,
      `mutation { createApiKey(input: { tenantId: "globex", name: "k" }) { ... on CreateApiKeyPayload { apiKey { id } } } }`,
    )
  ).data.createApiKey.apiKey.id
})
afterAll(() => server.stop())

/** Who may do what: the scope that each operation needs, and whether it is an operator's alone. */
const OPERATIONS: [string, { needs: KeyScope | null; operator?: true }][] = [
  [`query { viewer { kind scopes } }`, { needs: null }],
  [`query { usage(range: ${RANGE}) { totals { calls } } }`, { needs: 'usage:read' }],
  [`query { usageEvents(range: ${RANGE}) { nodes { id } } }`, { needs: 'usage:read' }],
  [`query { unpricedUsage(range: ${RANGE}) { measures { calls } } }`, { needs: 'usage:read' }],
  [`query { rejectedEvents { nodes { id } } }`, { needs: 'usage:read' }],
  [`query { topConsumers(metric: COST, range: ${RANGE}) { measures { calls } } }`, { needs: 'usage:read', operator: true }],
  [`query { previewRatingRun(input: { range: ${RANGE} }) { complete } }`, { needs: 'prices:write', operator: true }],
  [`query { ratingRuns { nodes { id } } }`, { needs: 'prices:read', operator: true }],
  [`query { ratingRun(id: "run_01900000-0000-7000-8000-000000000000") { id } }`, { needs: 'prices:read', operator: true }],
  [
    `mutation { result: startRatingRun(input: { selection: { range: ${RANGE} }, reason: "" }) { ... on Error { code message } } }`,
    { needs: 'prices:write', operator: true },
  ],
  ...['resumeRatingRun', 'cancelRatingRun'].map((field): [string, { needs: KeyScope; operator: true }] => [
    `mutation { result: ${field}(input: { id: "run_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { needs: 'prices:write', operator: true },
  ]),
  [`query { prices { nodes { id } } }`, { needs: 'prices:read' }],
  [`query { priceCatalogStatus { bundledVersion } }`, { needs: 'prices:read', operator: true }],
  [`query { planPriceImport(input: { format: LITELLM, data: "{}", from: "2026-01-01T00:00:00Z" }) { digest } }`, { needs: 'prices:write', operator: true }],
  [
    `mutation { result: applyPriceImport(input: { planDigest: "", list: { format: LITELLM, data: "{}", from: "2026-01-01T00:00:00Z" } }) { ... on Error { code message } } }`,
    { needs: 'prices:write', operator: true },
  ],
  [`query { explainCharge(eventId: "evt_01900000-0000-7000-8000-000000000000") { event { id } } }`, { needs: 'usage:read' }],
  [`query { explainPeriodCharge(tenantId: "acme", range: ${RANGE}) { calls } }`, { needs: 'usage:read' }],
  [`query { simulateCharges(tenantId: "acme", range: ${RANGE}, scenario: {}) { method } }`, { needs: 'usage:read' }],
  [`query { chargeRules { nodes { id } } }`, { needs: 'prices:read', operator: true }],
  [`mutation { result: publishMarkup(input: { name: "m", percent: 1 }) { ... on Error { code message } } }`, { needs: 'prices:write', operator: true }],
  [
    `mutation { result: publishDiscount(input: { name: "d", effect: { fixed: { amount: 1 } } }) { ... on Error { code message } } }`,
    { needs: 'prices:write', operator: true },
  ],
  [
    `mutation { result: publishPriceModel(input: { name: "p", priceModel: { flatFee: { fee: 1 } } }) { ... on Error { code message } } }`,
    { needs: 'prices:write', operator: true },
  ],
  [
    `mutation { result: withdrawChargeRule(input: { id: "rule_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { needs: 'prices:write', operator: true },
  ],
  [`mutation { result: redeemCoupon(input: { tenantId: "acme", code: "c" }) { ... on Error { code message } } }`, { needs: 'usage:write' }],
  [`query { couponRedemptions { nodes { code } } }`, { needs: 'prices:read' }],
  [`query { alerts { nodes { id } } }`, { needs: 'usage:read' }],
  [`query { alertEvents { nodes { cursor } } }`, { needs: 'usage:read' }],
  [`query { alertRules { kind } }`, { needs: 'usage:read', operator: true }],
  [
    `mutation { result: setAlertRule(input: { kind: ERROR_RATE, scope: TENANT }) { ... on Error { code message } } }`,
    { needs: 'alerts:write', operator: true },
  ],
  [
    `mutation { result: setAlertThreshold(input: { kind: ERROR_RATE, tenantId: "acme" }) { ... on Error { code message } } }`,
    { needs: 'alerts:write', operator: true },
  ],
  [`query { quotaStatus(tenantId: "acme") { plan } }`, { needs: 'quotas:read' }],
  [`query { quotaUsage(tenantId: "acme") { nodes { used } } }`, { needs: 'quotas:read' }],
  [`query { quotaHistory(tenantId: "acme", metric: TOKENS, window: DAY) { nodes { used } } }`, { needs: 'quotas:read' }],
  [`query { quotaOverrides(tenantId: "acme") { nodes { limitKey } } }`, { needs: 'quotas:read' }],
  [`query { quotaPlans { name } }`, { needs: 'quotas:read', operator: true }],
  [`query { exceededQuotas { nodes { used } } }`, { needs: 'quotas:read', operator: true }],
  ...['enforceQuotas', 'reserveQuotas'].map((field): [string, { needs: KeyScope }] => [
    `mutation { result: ${field}(input: { tenantId: "acme", requests: [{ metric: TOKENS, amount: 1 }] }) { ... on Error { code message } } }`,
    { needs: 'quotas:use' },
  ]),
  ...['settleReservation', 'releaseReservation'].map((field): [string, { needs: KeyScope }] => [
    `mutation { result: ${field}(input: { id: "rsv_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { needs: 'quotas:use' },
  ]),
  [
    `mutation { result: extendReservation(input: { id: "rsv_01900000-0000-7000-8000-000000000000", ttlSeconds: 1 }) { ... on Error { code message } } }`,
    { needs: 'quotas:use' },
  ],
  [
    `mutation { result: setQuota(input: { tenantId: "acme", metric: CREDITS, window: DAY, limit: null }) { ... on Error { code message } } }`,
    { needs: 'quotas:write', operator: true },
  ],
  [
    `mutation { result: clearQuota(input: { tenantId: "acme", metric: CREDITS, window: DAY }) { ... on Error { code message } } }`,
    { needs: 'quotas:write', operator: true },
  ],
  [
    `mutation { result: publishQuotaPlan(input: { name: "p", unlisted: ALLOW, policies: [] }) { ... on Error { code message } } }`,
    { needs: 'quotas:write', operator: true },
  ],
  [`mutation { result: updateTenant(input: { id: "acme", name: "Acme" }) { ... on Error { code message } } }`, { needs: 'tenants:write', operator: true }],
  [`query { tenant(id: "acme") { id } }`, { needs: 'tenants:read' }],
  [`query { tenants { nodes { id } } }`, { needs: 'tenants:read' }],
  [`query { apiKeys { nodes { id } } }`, { needs: 'keys:write', operator: true }],
  [`mutation { result: trackUsage(input: { tenantId: "acme", events: [{ operation: "o" }] }) { ... on Error { code message } } }`, { needs: 'usage:write' }],
  [
    `mutation { result: resendRejectedEvent(input: { id: "rej_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { needs: 'usage:write' },
  ],
  [
    `mutation { result: publishPrice(input: { provider: "p", model: "m", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: 1 } }) { ... on Error { code message } } }`,
    { needs: 'prices:write', operator: true },
  ],
  [`mutation { result: createTenant(input: { id: "acme", name: "Again" }) { ... on Error { code message } } }`, { needs: 'tenants:write', operator: true }],
  [
    `mutation { result: createApiKey(input: { tenantId: "acme", name: "k", scopes: ["usage:read"] }) { ... on Error { code message } } }`,
    { needs: 'keys:write', operator: true },
  ],
  [
    `mutation { result: revokeApiKey(input: { id: "key_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { needs: 'keys:write', operator: true },
  ],
]

/** How an operation was refused: by a member of the union, or by an error of the request. */
const refusal = ({ data, errors }: Answer): string | undefined =>
  data?.result?.code === 'FORBIDDEN' ? data.result.message : errors.find(({ extensions }) => extensions.code === 'FORBIDDEN')?.message

describe.each(OPERATIONS)('%s', (query, { needs, operator = false }) => {
  it('is open to an operator key with the scope, and to no other without it', async () => {
    const others = KEY_SCOPES.filter(scope => scope !== needs)
    if (needs !== null)
      expect(refusal(await server.send(await server.keyOf(null, [needs]), query))).toBe(
        needs === 'keys:write' && query.includes('createApiKey') ? 'Your key does not have "usage:read", so it cannot create a key that does.' : undefined,
      )
    expect(refusal(await server.send(await server.keyOf(null, others), query))).toBe(
      needs === null ? undefined : `Your API key does not have the scope "${needs}".`,
    )
  })
  it(operator ? 'is closed to every tenant key' : 'is open to a tenant key with the scope', async () => {
    const answer = await server.send(await server.keyOf('acme', TENANT_KEY_SCOPES), query)
    expect(refusal(answer)).toBe(operator ? `This needs an operator key; yours is a tenant's.` : undefined)
  })
  it('asks for a key where none is sent', async () => {
    const { status, headers, data, errors } = await server.send(null, query)
    expect({ status, data, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({ status: 401, data: null, codes: ['UNAUTHENTICATED'] })
    expect(headers.get('www-authenticate')).toBe('Bearer')
  })
})

describe('a tenant key', () => {
  it.each([
    `query { usage(tenantId: "globex", range: ${RANGE}) { totals { calls } } }`,
    `query { usageEvents(tenantId: "globex", range: ${RANGE}) { nodes { id } } }`,
    `query { unpricedUsage(tenantId: "globex", range: ${RANGE}) { measures { calls } } }`,
    `query { rejectedEvents(tenantId: "globex") { nodes { id } } }`,
    `query { alerts(tenantId: "globex") { nodes { id } } }`,
    `query { alertEvents(tenantId: "globex") { nodes { cursor } } }`,
    `query { tenant(id: "globex") { id } }`,
    `mutation { result: trackUsage(input: { tenantId: "globex", events: [{ operation: "forged" }] }) { ... on Error { code message } } }`,
    `query { quotaStatus(tenantId: "globex") { plan } }`,
    `query { quotaUsage(tenantId: "globex") { nodes { used } } }`,
    `query { quotaHistory(tenantId: "globex", metric: TOKENS, window: DAY) { nodes { used } } }`,
    `query { quotaOverrides(tenantId: "globex") { nodes { limitKey } } }`,
    `mutation { result: enforceQuotas(input: { tenantId: "globex", requests: [{ metric: TOKENS, amount: 1 }] }) { ... on Error { code message } } }`,
    `mutation { result: reserveQuotas(input: { tenantId: "globex", requests: [{ metric: TOKENS, amount: 1 }] }) { ... on Error { code message } } }`,
  ])('cannot name another tenant: %s', async query => {
    expect(refusal(await server.send(await server.keyOf('acme'), query))).toBe('Your API key is of tenant "acme" and cannot act for tenant "globex".')
  })
  it('is told the same of a tenant that does not exist: which ones do is not its business', async () => {
    expect(refusal(await server.send(await server.keyOf('acme'), `query { tenant(id: "nobody") { id } }`))).toBe(
      'Your API key is of tenant "acme" and cannot act for tenant "nobody".',
    )
  })
  it('sees nothing of another tenant, by list or by id', async () => {
    const { data, errors } = await server.send(
      await server.keyOf('acme'),
      `query ($ids: [ID!]!) { usage(range: ${RANGE}) { breakdown(by: [OPERATION], first: 100) { key { value } } } usageEvents(range: ${RANGE}) { nodes { operation } } rejectedEvents { nodes { id } } tenants { nodes { id } } nodes(ids: $ids) { id } }`,
      { ids: [foreignEvent, foreignKey, 'globex'] },
    )
    expect(errors).toEqual([])
    expect(JSON.stringify(data)).not.toContain('secret')
    expect(data).toMatchObject({ rejectedEvents: { nodes: [] }, tenants: { nodes: [{ id: 'acme' }] }, nodes: [null, null, null] })
  })
  it('cannot send a foreign refused event again', async () => {
    const rejected = (await server.send(server.operatorKey, `query { rejectedEvents(tenantId: "globex") { nodes { id } } }`)).data.rejectedEvents.nodes[0].id
    const { data } = await server.send(
      await server.keyOf('acme'),
      `mutation ($id: ID!) { resendRejectedEvent(input: { id: $id, event: { operation: "o" } }) { __typename } }`,
      { id: rejected },
    )
    expect(data.resendRejectedEvent.__typename).toBe('NotFoundError')
  })
  it('may name itself', async () => {
    expect(
      (await server.send(await server.keyOf('acme'), `query { tenant(id: "acme") { id } usage(tenantId: "acme", range: ${RANGE}) { totals { calls } } }`))
        .errors,
    ).toEqual([])
  })
})

describe('what is reached through something else', () => {
  it('needs its own scope: an event without usage:read, its price without prices:read', async () => {
    const writer = await server.keyOf('acme', ['usage:write'])
    const tracked = await server.send(
      writer,
      `mutation { trackUsage(input: { events: [{ operation: "o" }] }) { ... on TrackUsagePayload { results { outcome event { id } } } } }`,
    )
    expect(tracked.data.trackUsage.results).toEqual([{ outcome: 'ACCEPTED', event: null }])
    expect(refusal(tracked)).toBe('Your API key does not have the scope "usage:read".')
    const reader = await server.keyOf('globex', ['usage:read'])
    const node = await server.send(reader, `query ($id: ID!) { node(id: $id) { ... on UsageEvent { operation } } tenant: node(id: "globex") { id } }`, {
      id: foreignEvent,
    })
    expect(node.data).toEqual({ node: { operation: 'secret' }, tenant: null })
    expect(refusal(node)).toBe('Your API key does not have the scope "tenants:read".')
  })
})

describe('keys that do not hold', () => {
  it.each([['nonsense'], [`tg_${'a'.repeat(8)}_${'b'.repeat(40)}`]])('are refused with 401, whatever is asked: %s', async key => {
    for (const query of [`query { viewer { kind } }`, `query { __typename }`, `not even GraphQL`]) {
      const { status, errors } = await server.send(key, query)
      expect({ status, errors }).toMatchObject({
        status: 401,
        errors: [{ message: 'The API key is unknown; check that it was copied in full.', extensions: { code: 'UNAUTHENTICATED' } }],
      })
    }
  })
  it('are refused from the next request on when they are revoked', async () => {
    const made = await server.send(
      server.operatorKey,
      `mutation { createApiKey(input: { tenantId: "acme", name: "k" }) { ... on CreateApiKeyPayload { apiKey { id } secret } } }`,
    )
    const { apiKey, secret } = made.data.createApiKey
    expect((await server.send(secret, `query { viewer { apiKey { id } } }`)).data.viewer.apiKey.id).toBe(apiKey.id)
    const revoked = await server.send(
      server.operatorKey,
      `mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { ... on RevokeApiKeyPayload { apiKey { revokedAt } } } }`,
      { id: apiKey.id },
    )
    expect(revoked.data.revokeApiKey.apiKey.revokedAt).toBe('2026-11-20T12:00:00Z')
    expect(await server.send(secret, `query { viewer { kind } }`)).toMatchObject({
      status: 401,
      errors: [{ message: 'The API key was revoked; ask an operator for a new one.' }],
    })
  })
  it('are refused when they have expired', async () => {
    const made = await server.send(
      server.operatorKey,
      `mutation { createApiKey(input: { tenantId: "acme", name: "k", expiresAt: "2026-11-20T12:30:00Z" }) { ... on CreateApiKeyPayload { secret } } }`,
    )
    const { secret } = made.data.createApiKey
    expect((await server.send(secret, `query { viewer { kind } }`)).status).toBe(200)
    server.clock.advance({ minutes: 30 })
    expect(await server.send(secret, `query { viewer { kind } }`)).toMatchObject({
      status: 401,
      errors: [{ message: 'The API key has expired; ask an operator for a new one.' }],
    })
  })
})

describe('without a key', () => {
  it('the schema can be looked at, so that GraphiQL works', async () => {
    expect((await server.send(null, `query { __schema { queryType { name } } }`)).data.__schema.queryType.name).toBe('Query')
  })
  it('nothing else can be slipped in beside it', async () => {
    for (const query of [
      `query { __typename viewer { kind } }`,
      `query { ...F } fragment F on Query { viewer { kind } }`,
      `query { ... on Query { viewer { kind } } }`,
    ]) {
      expect((await server.send(null, query)).status).toBe(401)
    }
  })
})

it('says so when keys cannot be checked, and lets nobody in', async () => {
  const other = await startGraphQLTestServer()
  const key = await other.keyOf('acme')
  await other.test.database.close()
  const { status, data, errors } = await other.send(key, `query { viewer { kind } }`)
  expect({ status, data, errors }).toMatchObject({ status: 503, data: null, errors: [{ extensions: { code: 'UNAVAILABLE' } }] })
  await other.tollgate.stop().catch(() => {})
})
