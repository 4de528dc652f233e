import { DatabaseBusy } from '@tollgate/postgres'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY_SCOPES, type KeyScope, TENANT_KEY_SCOPES } from '../features/accounts/key-scopes.ts'
import { type Answer, type GraphQLTestServer, startGraphQLTestServer } from './testing/graphql-test-server.ts'
import { createGraphQLHandler } from './yoga.ts'

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

/** The scope that each operation requires, and whether it requires an operator key. */
const OPERATIONS: [string, { requires: KeyScope | null; alsoNeeds?: KeyScope; operator?: true }][] = [
  [`query { viewer { kind scopes } }`, { requires: null }],
  [`query { usage(range: ${RANGE}) { totals { calls } } }`, { requires: 'usage:read' }],
  [`query { usageEvents(range: ${RANGE}) { nodes { id } } }`, { requires: 'usage:read' }],
  [`query { unpricedUsage(range: ${RANGE}) { measures { calls } } }`, { requires: 'usage:read' }],
  [`query { rejectedEvents { nodes { id } } }`, { requires: 'usage:read' }],
  [`query { topConsumers(metric: COST, range: ${RANGE}) { measures { calls } } }`, { requires: 'usage:read', operator: true }],
  [`query { previewRatingRun(input: { range: ${RANGE} }) { complete } }`, { requires: 'prices:write', operator: true }],
  [`query { ratingRuns { nodes { id } } }`, { requires: 'prices:read', operator: true }],
  [`query { ratingRun(id: "run_01900000-0000-7000-8000-000000000000") { id } }`, { requires: 'prices:read', operator: true }],
  [
    `mutation { result: startRatingRun(input: { selection: { range: ${RANGE} }, reason: "" }) { ... on Error { code message } } }`,
    { requires: 'prices:write', operator: true },
  ],
  ...['resumeRatingRun', 'cancelRatingRun'].map((field): [string, { requires: KeyScope; operator: true }] => [
    `mutation { result: ${field}(input: { id: "run_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { requires: 'prices:write', operator: true },
  ]),
  [`query { prices { nodes { id } } }`, { requires: 'prices:read', alsoNeeds: 'costs:read' }],
  [`query { prices { nodes { id } } }`, { requires: 'costs:read', alsoNeeds: 'prices:read' }],
  [`query { modelAliases { nodes { name } } }`, { requires: 'prices:read' }],
  [
    `mutation { result: setModelAlias(input: { provider: "azure", name: "", target: { provider: "azure", model: "gpt-5" }, from: "2026-01-01T00:00:00Z" }) { ... on Error { code message } } }`,
    { requires: 'aliases:write' },
  ],
  [
    `mutation { result: endModelAlias(input: { provider: "azure", name: "", from: "2026-01-01T00:00:00Z" }) { ... on Error { code message } } }`,
    { requires: 'aliases:write' },
  ],
  ...['approvePriceChanges', 'refusePriceChanges'].map((field): [string, { requires: KeyScope; operator: true }] => [
    `mutation { result: ${field}(input: { ids: ["0"] }) { ... on Error { code message } } }`,
    { requires: 'prices:write', operator: true },
  ]),
  [`mutation { result: refreshPrices { ... on Error { code message } } }`, { requires: 'prices:write', operator: true }],
  [`mutation { result: loadDemo { ... on Error { code message } } }`, { requires: 'tenants:write', alsoNeeds: 'billing:write', operator: true }],
  [`mutation { result: loadDemo { ... on Error { code message } } }`, { requires: 'billing:write', alsoNeeds: 'tenants:write', operator: true }],
  [`query { priceCatalogStatus { bundledVersion } }`, { requires: 'prices:read', operator: true }],
  [`query { planPriceImport(input: { format: LITELLM, data: "{}", from: "2026-01-01T00:00:00Z" }) { digest } }`, { requires: 'prices:write', operator: true }],
  [
    `mutation { result: applyPriceImport(input: { planDigest: "", list: { format: LITELLM, data: "{}", from: "2026-01-01T00:00:00Z" } }) { ... on Error { code message } } }`,
    { requires: 'prices:write', operator: true },
  ],
  [`query { explainCharge(eventId: "evt_01900000-0000-7000-8000-000000000000") { event { id } } }`, { requires: 'usage:read' }],
  [`query { explainPeriodCharge(tenantId: "acme", range: ${RANGE}) { calls } }`, { requires: 'usage:read' }],
  [`query { simulateCharges(tenantId: "acme", range: ${RANGE}, scenario: {}) { method } }`, { requires: 'usage:read' }],
  [`query { chargeRules { nodes { id } } }`, { requires: 'prices:read', operator: true }],
  [`mutation { result: publishMarkup(input: { name: "m", percent: 1 }) { ... on Error { code message } } }`, { requires: 'prices:write', operator: true }],
  [
    `mutation { result: publishDiscount(input: { name: "d", effect: { fixed: { amount: 1 } } }) { ... on Error { code message } } }`,
    { requires: 'prices:write', operator: true },
  ],
  [
    `mutation { result: publishPriceModel(input: { name: "p", priceModel: { flatFee: { fee: 1 } } }) { ... on Error { code message } } }`,
    { requires: 'prices:write', operator: true },
  ],
  [
    `mutation { result: withdrawChargeRule(input: { id: "rule_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { requires: 'prices:write', operator: true },
  ],
  [`mutation { result: redeemCoupon(input: { tenantId: "acme", code: "c" }) { ... on Error { code message } } }`, { requires: 'usage:write' }],
  [`query { couponRedemptions { nodes { code } } }`, { requires: 'prices:read' }],
  [`query { alerts { nodes { id } } }`, { requires: 'usage:read' }],
  [`query { alertEvents { nodes { cursor } } }`, { requires: 'usage:read' }],
  [`query { alertRules { kind } }`, { requires: 'usage:read', operator: true }],
  [
    `mutation { result: setAlertRule(input: { kind: ERROR_RATE, scope: TENANT }) { ... on Error { code message } } }`,
    { requires: 'alerts:write', operator: true },
  ],
  [
    `mutation { result: setAlertThreshold(input: { kind: ERROR_RATE, tenantId: "acme" }) { ... on Error { code message } } }`,
    { requires: 'alerts:write', operator: true },
  ],
  [`query { auditTrail(tenantId: "acme") { nodes { id } } }`, { requires: 'audit:read' }],
  [`query { failedOperations(tenantId: "acme") { nodes { id } } }`, { requires: 'audit:read' }],
  [`query { securityEvents(tenantId: "acme") { nodes { id } } }`, { requires: 'audit:read' }],
  [`query { auditReport(tenantId: "acme", range: ${RANGE}) { totalEvents } }`, { requires: 'audit:read' }],
  [`query { auditVerification(tenantId: "acme") { valid } }`, { requires: 'audit:read' }],
  [
    `mutation { result: recordAuditEvents(input: { tenantId: "acme", events: [{ family: "f", action: "a" }] }) { ... on Error { code message } } }`,
    { requires: 'audit:write' },
  ],
  [`query { billingPlans { key } }`, { requires: 'billing:read' }],
  [`query { subscription(tenantId: "acme") { id } }`, { requires: 'billing:read' }],
  [`query { previewSubscriptionChange(tenantId: "acme", plan: "unknown") { difference } }`, { requires: 'billing:read' }],
  [`query { recurringRevenue { mrr } }`, { requires: 'billing:read', operator: true }],
  [`mutation { result: publishBillingPlan(input: { name: "p", title: "" }) { ... on Error { code message } } }`, { requires: 'billing:write', operator: true }],
  ...['subscribe', 'startTrial', 'changePlan'].map((field): [string, { requires: KeyScope; operator: true }] => [
    `mutation { result: ${field}(input: { tenantId: "acme", plan: "unknown" }) { ... on Error { code message } } }`,
    { requires: 'billing:write', operator: true },
  ]),
  ...['convertTrial', 'expireTrial', 'pauseSubscription', 'resumeSubscription', 'cancelSubscription'].map(
    (field): [string, { requires: KeyScope; operator: true }] => [
      `mutation { result: ${field}(input: { tenantId: "acme" }) { ... on Error { code message } } }`,
      { requires: 'billing:write', operator: true },
    ],
  ),
  [`mutation { result: changeSeats(input: { tenantId: "acme", seats: 2 }) { ... on Error { code message } } }`, { requires: 'billing:write', operator: true }],
  [
    `mutation { result: extendTrial(input: { tenantId: "acme", until: "2026-01-01T00:00:00Z" }) { ... on Error { code message } } }`,
    { requires: 'billing:write', operator: true },
  ],
  [`query { quotaStatus(tenantId: "acme") { plan } }`, { requires: 'quotas:read' }],
  [`query { quotaUsage(tenantId: "acme") { nodes { used } } }`, { requires: 'quotas:read' }],
  [`query { quotaHistory(tenantId: "acme", metric: TOKENS, window: DAY) { nodes { used } } }`, { requires: 'quotas:read' }],
  [`query { quotaOverrides(tenantId: "acme") { nodes { limitKey } } }`, { requires: 'quotas:read' }],
  [`query { quotaPlans { name } }`, { requires: 'quotas:read', operator: true }],
  [`query { exceededQuotas { nodes { used } } }`, { requires: 'quotas:read', operator: true }],
  ...['enforceQuotas', 'reserveQuotas'].map((field): [string, { requires: KeyScope }] => [
    `mutation { result: ${field}(input: { tenantId: "acme", requests: [{ metric: TOKENS, amount: 1 }] }) { ... on Error { code message } } }`,
    { requires: 'quotas:use' },
  ]),
  ...['settleReservation', 'releaseReservation'].map((field): [string, { requires: KeyScope }] => [
    `mutation { result: ${field}(input: { id: "rsv_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { requires: 'quotas:use' },
  ]),
  [
    `mutation { result: extendReservation(input: { id: "rsv_01900000-0000-7000-8000-000000000000", ttlSeconds: 1 }) { ... on Error { code message } } }`,
    { requires: 'quotas:use' },
  ],
  [
    `mutation { result: setQuota(input: { tenantId: "acme", metric: CREDITS, window: DAY, limit: null }) { ... on Error { code message } } }`,
    { requires: 'quotas:write', operator: true },
  ],
  [
    `mutation { result: clearQuota(input: { tenantId: "acme", metric: CREDITS, window: DAY }) { ... on Error { code message } } }`,
    { requires: 'quotas:write', operator: true },
  ],
  [
    `mutation { result: publishQuotaPlan(input: { name: "p", unlisted: ALLOW, policies: [] }) { ... on Error { code message } } }`,
    { requires: 'quotas:write', operator: true },
  ],
  [`mutation { result: updateTenant(input: { id: "acme", name: "Acme" }) { ... on Error { code message } } }`, { requires: 'tenants:write', operator: true }],
  [`query { tenant(id: "acme") { id } }`, { requires: 'tenants:read' }],
  [`query { tenants { nodes { id } } }`, { requires: 'tenants:read' }],
  [`query { testClocks { now } }`, { requires: 'tenants:read', operator: true }],
  [`query { apiKeys { nodes { id } } }`, { requires: 'keys:write', operator: true }],
  [`mutation { result: trackUsage(input: { tenantId: "acme", events: [{ operation: "o" }] }) { ... on Error { code message } } }`, { requires: 'usage:write' }],
  [
    `mutation { result: resendRejectedEvent(input: { id: "rej_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { requires: 'usage:write' },
  ],
  [
    `mutation { result: publishPrice(input: { provider: "p", model: "m", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: 1 } }) { ... on Error { code message } } }`,
    { requires: 'prices:write', operator: true },
  ],
  [`mutation { result: createTenant(input: { id: "acme", name: "Again" }) { ... on Error { code message } } }`, { requires: 'tenants:write', operator: true }],
  [
    `mutation { result: createApiKey(input: { tenantId: "acme", name: "k", scopes: ["usage:read"] }) { ... on Error { code message } } }`,
    { requires: 'keys:write', operator: true },
  ],
  [`mutation { result: createAccessToken(input: { tenantId: "acme", ttlSeconds: 1 }) { ... on Error { code message } } }`, { requires: 'tokens:write' }],
  [`mutation { result: createSession { ... on Error { code message } } }`, { requires: null }],
  [
    `mutation { result: rotateApiKey(input: { id: "key_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { requires: 'keys:write', operator: true },
  ],
  [
    `mutation { result: revokeApiKey(input: { id: "key_01900000-0000-7000-8000-000000000000" }) { ... on Error { code message } } }`,
    { requires: 'keys:write', operator: true },
  ],
]

/** Returns the message with which an operation was denied, as a member of the union or as an error of the request. */
const denial = ({ data, errors }: Answer): string | undefined =>
  data?.result?.code === 'FORBIDDEN' ? data.result.message : errors.find(({ extensions }) => extensions.code === 'FORBIDDEN')?.message

describe.each(OPERATIONS)('%s', (query, { requires, alsoNeeds, operator = false }) => {
  it('is allowed for an operator key with the scope, and denied without it', async () => {
    const others = KEY_SCOPES.filter(scope => scope !== requires)
    if (requires !== null)
      expect(denial(await server.send(await server.keyOf(null, [requires, ...(alsoNeeds === undefined ? [] : [alsoNeeds])]), query))).toBe(
        requires === 'keys:write' && query.includes('createApiKey') ? 'Your key does not have "usage:read", so it cannot create a key that does.' : undefined,
      )
    expect(denial(await server.send(await server.keyOf(null, others), query))).toBe(
      requires === null ? undefined : `Your API key does not have the scope "${requires}".`,
    )
  })
  it(operator ? 'is denied for every tenant key' : 'is allowed for a tenant key with the scope', async () => {
    const answer = await server.send(await server.keyOf('acme', TENANT_KEY_SCOPES), query)
    expect(denial(answer)).toBe(operator ? 'This requires an operator key; yours is a tenant key.' : undefined)
  })
  it('requires a key', async () => {
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
    expect(denial(await server.send(await server.keyOf('acme'), query))).toBe('Your API key belongs to tenant "acme" and cannot act for tenant "globex".')
  })
  it('gets the same error for a tenant that does not exist, so that it cannot tell which ones do', async () => {
    expect(denial(await server.send(await server.keyOf('acme'), `query { tenant(id: "nobody") { id } }`))).toBe(
      'Your API key belongs to tenant "acme" and cannot act for tenant "nobody".',
    )
  })
  it('sees nothing of another tenant, in lists or by id', async () => {
    const { data, errors } = await server.send(
      await server.keyOf('acme'),
      `query ($ids: [ID!]!) { usage(range: ${RANGE}) { breakdown(by: [OPERATION], first: 100) { key { value } } } usageEvents(range: ${RANGE}) { nodes { operation } } rejectedEvents { nodes { id } } tenants { nodes { id } } nodes(ids: $ids) { id } }`,
      { ids: [foreignEvent, foreignKey, 'globex'] },
    )
    expect(errors).toEqual([])
    expect(JSON.stringify(data)).not.toContain('secret')
    expect(data).toMatchObject({ rejectedEvents: { nodes: [] }, tenants: { nodes: [{ id: 'acme' }] }, nodes: [null, null, null] })
  })
  it('cannot resend a rejected event of another tenant', async () => {
    const rejected = (await server.send(server.operatorKey, `query { rejectedEvents(tenantId: "globex") { nodes { id } } }`)).data.rejectedEvents.nodes[0].id
    const { data } = await server.send(
      await server.keyOf('acme'),
      `mutation ($id: ID!) { resendRejectedEvent(input: { id: $id, event: { operation: "o" } }) { __typename } }`,
      { id: rejected },
    )
    expect(data.resendRejectedEvent.__typename).toBe('NotFoundError')
  })
  it('can name its own tenant', async () => {
    expect(
      (await server.send(await server.keyOf('acme'), `query { tenant(id: "acme") { id } usage(tenantId: "acme", range: ${RANGE}) { totals { calls } } }`))
        .errors,
    ).toEqual([])
  })
})

describe('a nested object', () => {
  it('requires its own scope: an event requires usage:read, and a tenant requires tenants:read, unless it is the own one of the key', async () => {
    const writer = await server.keyOf('acme', ['usage:write'])
    const tracked = await server.send(
      writer,
      `mutation { trackUsage(input: { events: [{ operation: "o" }] }) { ... on TrackUsagePayload { results { outcome event { id } } } } }`,
    )
    expect(tracked.data.trackUsage.results).toEqual([{ outcome: 'ACCEPTED', event: null }])
    expect(denial(tracked)).toBe('Your API key does not have the scope "usage:read".')
    const reader = await server.keyOf('globex', ['usage:read'])
    const node = await server.send(reader, `query ($id: ID!) { node(id: $id) { ... on UsageEvent { operation } } tenant: node(id: "acme") { id } }`, {
      id: foreignEvent,
    })
    expect(node.data).toEqual({ node: { operation: 'secret' }, tenant: null })
    expect(denial(node)).toBe('Your API key does not have the scope "tenants:read".')
    const own = await server.send(reader, '{ viewer { tenant { id name tier timeZone currency } } }')
    expect([own.data.viewer.tenant, own.errors]).toEqual([{ id: 'globex', name: 'Globex', tier: null, timeZone: 'UTC', currency: 'USD' }, []])
  })
})

it('a key says which of its scopes a tenant key can have too', async () => {
  const scopesOf = async (key: string) => (await server.send(key, '{ viewer { scopes tenantKeyScopes } }')).data.viewer
  expect(await scopesOf(server.operatorKey)).toEqual({ scopes: KEY_SCOPES, tenantKeyScopes: TENANT_KEY_SCOPES })
  expect(await scopesOf(await server.keyOf('globex', ['usage:read']))).toEqual({ scopes: ['usage:read'], tenantKeyScopes: ['usage:read'] })
})

describe('an invalid key', () => {
  it.each([['nonsense'], [`tg_${'a'.repeat(8)}_${'b'.repeat(40)}`]])('is rejected with 401 for any query: %s', async key => {
    for (const query of [`query { viewer { kind } }`, `query { __typename }`, `not even GraphQL`]) {
      const { status, errors } = await server.send(key, query)
      expect({ status, errors }).toMatchObject({
        status: 401,
        errors: [{ message: 'The API key is unknown; check that it was copied in full.', extensions: { code: 'UNAUTHENTICATED' } }],
      })
    }
  })
  it('is rejected from the next request on after it was revoked', async () => {
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
  it('has a second secret after it was rotated, and the old one works until the given time', async () => {
    const old = await server.keyOf('acme')
    const { id } = (await server.send(old, `query { viewer { apiKey { id } } }`)).data.viewer.apiKey
    const until = server.clock.now().add({ minutes: 10 }).toString()
    const rotated = await server.send(
      server.operatorKey,
      `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { ... on RotateApiKeyPayload { secret apiKey { id prefix previousSecretExpiresAt } } } }`,
      { input: { id, previousSecretExpiresAt: until } },
    )
    const { secret, apiKey } = rotated.data.rotateApiKey
    expect(apiKey).toEqual({ id, prefix: secret.slice(0, 11), previousSecretExpiresAt: until })
    const statuses = async () => [(await server.send(old, `{ viewer { kind } }`)).status, (await server.send(secret, `{ viewer { kind } }`)).status]
    expect(await statuses()).toEqual([200, 200])
    server.clock.advance({ minutes: 10 })
    expect(await statuses()).toEqual([401, 200])
  })
  it('is rejected after it has expired', async () => {
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
  it('the schema can be read, so that GraphiQL works', async () => {
    expect((await server.send(null, `query { __schema { queryType { name } } }`)).data.__schema.queryType.name).toBe('Query')
  })
  it('nothing else can be read along with it', async () => {
    for (const query of [
      `query { __typename viewer { kind } }`,
      `query { ...F } fragment F on Query { viewer { kind } }`,
      `query { ... on Query { viewer { kind } } }`,
    ]) {
      expect((await server.send(null, query)).status).toBe(401)
    }
  })
})

it('responds with DATABASE_UNAVAILABLE when keys cannot be checked because the database is down', async () => {
  const other = await startGraphQLTestServer()
  const key = await other.keyOf('acme')
  await other.test.database.close()
  const { status, data, errors } = await other.send(key, `query { viewer { kind } }`)
  expect({ status, data, errors }).toMatchObject({ status: 503, data: null, errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }] })
  await other.tollgate.stop().catch(() => {})
})

it('responds with OVERLOADED and a retry delay when keys cannot be checked because the database is busy', async () => {
  const authenticator = { authenticate: () => Promise.reject(new DatabaseBusy('busy')), authenticateOffline: () => undefined }
  const yoga = createGraphQLHandler({ tollgate: server.tollgate, authenticator, logger: pino({ level: 'silent' }) })
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ viewer { kind } }' }) }
  const response = await yoga.fetch('http://localhost/graphql', request)
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED', retryAfterMs: 1_000 } }] })
})

describe('a document with a forbidden field', () => {
  it('is answered but for that field', async () => {
    const key = await server.keyOf('acme', ['usage:read'])
    const { status, data, errors } = await server.send(key, '{ viewer { kind } usage(period: TODAY) { totals { calls } } quotaStatus { id } }')
    expect({ status, data }).toEqual({ status: 200, data: { viewer: { kind: 'TENANT' }, usage: { totals: { calls: expect.any(Number) } }, quotaStatus: null } })
    expect(errors).toMatchObject([{ path: ['quotaStatus'], extensions: { code: 'FORBIDDEN' } }])
  })

  it('is answered but for a tenant that the key may not read', async () => {
    const key = await server.keyOf(null, ['usage:read'])
    const { data, errors } = await server.send(key, '{ rejectedEvents { nodes { reason tenant { name } } } }')
    expect(data.rejectedEvents.nodes).toMatchObject([{ tenant: null }])
    expect(errors).toMatchObject([{ path: ['rejectedEvents', 'nodes', 0, 'tenant'], extensions: { code: 'FORBIDDEN' } }])
  })
})
