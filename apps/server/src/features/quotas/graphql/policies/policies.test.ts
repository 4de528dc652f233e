import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tollgate } from '../../../../tollgate.ts'
import type { GraphQLTestServer } from '../../../../graphql/testing/graphql-test-server.ts'
import { CLEAR, ENFORCE, ERROR, SET, TRACK } from '../../testing/quota-operations.ts'
import { type QuotaTestServer, startQuotaTestServer, succeeded, tokens } from '../../testing/quota-test-server.ts'

const UPDATE = `mutation ($input: UpdateTenantInput!) { result: updateTenant(input: $input) { ... on UpdateTenantPayload { tenant { tier timeZone billingAnchorDay } } ${ERROR} } }`

let server: GraphQLTestServer
let newTenant: QuotaTestServer['newTenant']
let operator: QuotaTestServer['operator']
let quotaServer: QuotaTestServer
beforeAll(async () => {
  quotaServer = await startQuotaTestServer()
  ;({ server, newTenant, operator } = quotaServer)
})
afterAll(() => quotaServer.server.stop())

describe('setQuota', () => {
  it('replaces the limit of the plan and records who set it, until clearQuota removes it', async () => {
    const { id, status, key } = await newTenant({ tier: 'free' })
    const limitKey = { tenantId: id, metric: 'TOKENS', window: 'DAY' }
    const limits = async () => (await status()).quotas.map(({ metric, limit, source }: Record<string, string>) => `${metric} ${limit} ${source}`)
    const { override } = await operator(SET, { ...limitKey, limit: '777', enforcement: 'GRACE', grace: { percent: '5' }, alertAt: ['90'] })
    expect(override).toMatchObject({
      limitKey: 'tokens/day//',
      setBy: 'configured operator key',
      setAt: '2026-11-20T12:00:00Z',
      policy: {
        limit: '777',
        enforcement: 'GRACE',
        grace: { percent: '5', amount: null },
        alertAt: ['90'],
        source: 'OVERRIDE',
        setBy: 'configured operator key',
      },
    })
    expect(await limits()).toEqual(['TOKENS 777 OVERRIDE', 'REQUESTS 20 PLAN', 'COST 5 PLAN'])
    await operator(SET, { ...limitKey, limit: null })
    expect(await limits()).toContain('TOKENS null OVERRIDE')
    expect(await operator(CLEAR, limitKey)).toMatchObject({ override: { limitKey: 'tokens/day//', policy: null } })
    expect(await limits()).toContain('TOKENS 10000 PLAN')

    const query =
      'query ($tenantId: ID) { quotaOverrides(tenantId: $tenantId, first: 2) { nodes { setBy policy { limit } } pageInfo { hasNextPage endCursor } } }'
    const { quotaOverrides } = succeeded(await server.send(server.operatorKey, query, { tenantId: id }))
    expect(quotaOverrides).toMatchObject({
      nodes: [{ policy: null, setBy: 'configured operator key' }, { policy: { limit: null } }],
      pageInfo: { hasNextPage: true },
    })
    expect(succeeded(await server.send(key, query)).quotaOverrides.nodes[0]).toEqual({ policy: null, setBy: null })
  })

  it.each([
    [{}, 'limit'],
    [{ limit: '-1' }, 'limit'],
    [{ limit: '1', enforcement: 'GRACE' }, 'grace'],
    [{ limit: '1', window: 'MONTH', sliding: true }, 'sliding'],
    [{ limit: '1', scope: ['CUSTOMER', 'CUSTOMER'] }, 'scope'],
    [{ limit: '1', scope: ['CUSTOMER', 'STATUS'] }, 'scope[1]'],
    [{ limit: '1', validFrom: '2026-01-02T00:00:00Z', validTo: '2026-01-02T00:00:00Z' }, 'validTo'],
  ])('rejects %j at %s', async (terms, path) => {
    const result = await operator(SET, { tenantId: 'acme', metric: 'TOKENS', window: 'DAY', ...terms })
    expect([result.code, result.issues?.map((issue: { path: string }) => issue.path)]).toEqual(['INVALID_INPUT', [path]])
  })

  it('lets servers take leases if the policy allows it', async () => {
    const tenant = await newTenant()
    const set = (terms: string) => `mutation { result: setQuota(input: { tenantId: "${tenant.id}", metric: REQUESTS, window: DAY, limit: "1000", ${terms} })
      { ... on SetQuotaPayload { override { policy { lease { ttlSeconds } } } } ${ERROR} } }`
    const lease = async (terms: string) => succeeded(await server.send(server.operatorKey, set(terms))).result
    expect(await lease('lease: {}')).toEqual({ override: { policy: { lease: { ttlSeconds: 2 } } } })
    expect(await lease('lease: { ttlSeconds: 5 }')).toEqual({ override: { policy: { lease: { ttlSeconds: 5 } } } })
    expect(await lease('lease: { ttlSeconds: 60 }')).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'lease' }] })
    const consume = { requests: [{ metric: 'REQUESTS', amount: '1' }], consume: true }
    const answers = await Promise.all(Array.from({ length: 50 }, () => tenant.call(ENFORCE, consume)))
    expect(answers.filter(({ decision }) => decision.allowed === true)).toHaveLength(50)
    expect(await lease('lease: null')).toEqual({ override: { policy: { lease: null } } })
    expect((await tenant.status()).quotas).toMatchObject([{ used: '50', reserved: '0' }])
  })

  it('accepts dimensions as a scope, including sessions', async () => {
    const tenant = await newTenant()
    const set = `mutation ($id: ID!, $scope: [Dimension!]) { result: setQuota(input: { tenantId: $id, metric: TOKENS, window: DAY, limit: "1", scope: $scope })
      { ... on SetQuotaPayload { override { policy { scope } } } ${ERROR} } }`
    const { result } = succeeded(await server.send(server.operatorKey, set, { id: tenant.id, scope: ['ORGANIZATION', 'CUSTOMER', 'SESSION'] }))
    expect(result).toEqual({ override: { policy: { scope: ['ORGANIZATION', 'CUSTOMER', 'SESSION'] } } })
    const clear = `mutation ($id: ID!, $scope: [Dimension!]) { result: clearQuota(input: { tenantId: $id, metric: TOKENS, window: DAY, scope: $scope })
      { ... on ClearQuotaPayload { override { policy { scope } } } ${ERROR} } }`
    expect(succeeded(await server.send(server.operatorKey, clear, { id: tenant.id, scope: ['ORGANIZATION', 'CUSTOMER', 'SESSION'] })).result).toEqual({
      override: { policy: null },
    })
    expect((await tenant.status()).quotas).toEqual([])
  })

  it('has SESSION as a dimension of quotas, by which usage cannot be grouped', async () => {
    const { errors } = await server.send(
      server.operatorKey,
      '{ usage(range: { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }) { breakdown(by: [MODEL, SESSION]) { key { value } } } }',
    )
    expect(errors).toMatchObject([{ message: expect.stringContaining('by.1'), extensions: { code: 'INVALID_INPUT' } }])
  })

  it('rejects a tenant that does not exist', async () => {
    expect(await operator(SET, { tenantId: 'nobody', metric: 'TOKENS', window: 'DAY', limit: '1' })).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a changed quota', () => {
  const USED = '{ quotaStatus { id quotas { id metric used limit windowFrom } } }'

  it('keeps its id with every limit and in every window, and is returned by the mutation with its usage', async () => {
    const { id, key, call } = await newTenant({ tokensADay: '100' })
    const limitKey = { tenantId: id, metric: 'TOKENS', window: 'DAY' }
    await call(TRACK, { events: [{ operation: 'chat', tokens: { input: 60 } }] })
    const { quotaStatus: before } = succeeded(await server.send(key, USED))
    const quota = { id: expect.stringMatching(/^quo_[\w-]+$/), metric: 'TOKENS', used: '60', limit: '100', windowFrom: '2026-11-20T00:00:00Z' }
    expect(before.quotas).toEqual([quota])
    const [{ id: quotaId }] = before.quotas
    const set = await operator(SET, { ...limitKey, limit: '50' })
    expect([set.quota, set.status]).toEqual([
      { id: quotaId, limit: '50', used: '60', windowFrom: quota.windowFrom },
      { id: before.id, quotas: [{ id: quotaId, limit: '50' }] },
    ])
    const { node } = succeeded(await server.send(key, 'query ($id: ID!) { node(id: $id) { id ... on Quota { used limit } } }', { id: quotaId }))
    expect(node).toEqual({ id: quotaId, used: '60', limit: '50' })
    expect((await operator(CLEAR, limitKey)).quota).toBeNull()
  })

  it('is null in the payload if it has a scope, and is found by the id of each value', async () => {
    const { id, key, call } = await newTenant()
    await call(TRACK, { events: [{ operation: 'chat', metadata: { customerId: 'ada' } }, { operation: 'chat' }] })
    const { quota, status } = await operator(SET, { tenantId: id, metric: 'REQUESTS', window: 'DAY', limit: '5', scope: ['CUSTOMER'] })
    expect([quota, status.quotas.length]).toEqual([null, 2])
    const ids = status.quotas.map((one: { id: string }) => one.id)
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Quota { scopeValue used } } }'
    const { nodes } = succeeded(await server.send(key, query, { ids }))
    expect(nodes.map(({ scopeValue, used }: { scopeValue: string[]; used: string }) => [scopeValue, used])).toEqual(
      expect.arrayContaining([
        [['ada'], '1'],
        [[null], '1'],
      ]),
    )
  })

  it('is not found by another tenant, nor by an id of nothing', async () => {
    const [owner, other] = [await newTenant({ tokensADay: '100' }), await newTenant()]
    const { quotaStatus } = succeeded(await server.send(owner.key, USED))
    const ids = [
      quotaStatus.quotas[0].id,
      `quo_${Buffer.from('[1]').toString('base64url')}`,
      'quo_-',
      `quo_${Buffer.from('["nobody","x"]').toString('base64url')}`,
    ]
    for (const id of ids) expect(succeeded(await server.send(other.key, 'query ($id: ID!) { node(id: $id) { id } }', { id }))).toEqual({ node: null })
    expect(succeeded(await server.send(server.operatorKey, 'query ($id: ID!) { node(id: $id) { id } }', { id: ids.at(-1) }))).toEqual({ node: null })
  })

  it('alerts at once if usage has reached its new limit, and once only', async () => {
    const { id, key, call } = await newTenant({ tokensADay: '1000' })
    await call(TRACK, { events: [{ operation: 'chat', tokens: { input: 60 } }] })
    const alerts =
      'query ($first: Int, $after: String) { quotaAlerts(first: $first, after: $after) { followAfter nodes { id cursor threshold used limit } edges { cursor } pageInfo { hasNextPage endCursor startCursor } } }'
    const list = async (variables = {}) => succeeded(await server.send(key, alerts, variables)).quotaAlerts
    expect(await list()).toMatchObject({ nodes: [], followAfter: expect.any(String) })
    for (const _ of [1, 2]) await operator(SET, { tenantId: id, metric: 'TOKENS', window: 'DAY', limit: '60', alertAt: ['80', '100'] })
    await call(TRACK, { events: [{ operation: 'chat', tokens: { input: 1 } }] })
    const page = await list({ first: 1 })
    expect(page).toMatchObject({
      nodes: [{ id: expect.stringMatching(/^qal_\d+$/), threshold: '100', used: '60', limit: '60' }],
      pageInfo: { hasNextPage: true },
    })
    expect([page.edges[0].cursor, page.followAfter, page.pageInfo.startCursor]).toEqual(Array.from({ length: 3 }, () => page.nodes[0].cursor))
    expect(await list({ after: page.pageInfo.endCursor })).toMatchObject({ nodes: [{ threshold: '80' }], pageInfo: { hasNextPage: false } })
    expect((await server.send(key, alerts, { after: 'x' })).errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('plans', () => {
  const PUBLISH = `mutation ($input: PublishQuotaPlanInput!) { result: publishQuotaPlan(input: $input) { ... on PublishQuotaPlanPayload { plan { name policies { id setBy } } } ${ERROR} } }`

  it('uses the built-in plan until one is published, and the default plan for a tier without a plan', async () => {
    const [named, unnamed] = [await newTenant({ tier: 'platinum' }), await newTenant()]
    const plans = async () => succeeded(await server.send(server.operatorKey, '{ quotaPlans { name unlisted policies { limit } } }')).quotaPlans
    expect((await plans()).map(({ name }: { name: string }) => name)).toEqual(['business', 'default', 'enterprise', 'free', 'paused', 'pro', 'trial'])
    expect(await named.status()).toEqual({ plan: 'default', unlisted: 'ALLOW', anyExceeded: false, quotas: [] })

    const policies = [{ metric: 'REQUESTS', window: 'DAY', limit: '3' }]
    expect(await operator(PUBLISH, { name: 'platinum', unlisted: 'DENY', policies })).toEqual({
      plan: { name: 'platinum', policies: [{ id: 'plan:platinum:requests/day//', setBy: 'configured operator key' }] },
    })
    expect(await named.status()).toMatchObject({ plan: 'platinum', unlisted: 'DENY', quotas: [{ limit: '3' }] })
    expect((await named.call(ENFORCE, { requests: tokens('1') })).decision.results[0]).toMatchObject({ allowed: false, refusal: 'NO_POLICY' })

    expect((await unnamed.status()).quotas).toEqual([])
    await operator(PUBLISH, { name: 'default', unlisted: 'ALLOW', policies: [{ metric: 'REQUESTS', window: 'MINUTE', limit: '60' }] })
    expect(await unnamed.status()).toMatchObject({ plan: 'default', quotas: [{ metric: 'REQUESTS', limit: '60' }] })
    expect((await plans()).filter(({ name }: { name: string }) => name === 'platinum')).toHaveLength(1)
    await operator(PUBLISH, { name: 'default', unlisted: 'ALLOW', policies: [] })
  })

  it('publishes a plan with all its policies or not at all', async () => {
    const policies = [
      { metric: 'REQUESTS', window: 'DAY', limit: '3' },
      { metric: 'REQUESTS', window: 'DAY', limit: '4' },
    ]
    expect(await operator(PUBLISH, { name: 'twice', unlisted: 'ALLOW', policies })).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'policies[1]' }] })
    expect(await operator(PUBLISH, { name: 'open', unlisted: 'ALLOW', policies: [{ metric: 'REQUESTS', window: 'DAY' }] })).toMatchObject({
      issues: [{ path: 'policies[0].limit' }],
    })
  })

  it('applies the plan of a new tier to the next decision on every server, and keeps counted usage', async () => {
    const { id, call } = await newTenant({ tier: 'free' })
    const other = await server.another()
    const take = async (tollgate: Tollgate, amount: string) =>
      (await tollgate.quotas.enforce({ tenantId: id, requests: [{ metric: 'tokens', amount }], consume: true })).allowed
    expect([await take(other, '10000'), await take(server.tollgate, '1'), await take(other, '1')]).toEqual([true, false, false])
    expect(await operator(UPDATE, { id, tier: 'pro', billingAnchorDay: 31 })).toEqual({ tenant: { tier: 'pro', timeZone: 'UTC', billingAnchorDay: 31 } })
    expect([await take(other, '490000'), await take(other, '1'), await take(server.tollgate, '1')]).toEqual([true, false, false])
    await operator(UPDATE, { id, tier: null })
    expect((await call(ENFORCE, { requests: tokens('1000000') })).decision.allowed).toBe(true)
    expect((await operator(UPDATE, { id: 'nobody', name: 'N' })).code).toBe('NOT_FOUND')
  })

  it('starts days at midnight of the new time zone', async () => {
    const { id, status } = await newTenant({ tier: 'free' })
    await operator(UPDATE, { id, timeZone: 'Asia/Kolkata' })
    expect((await status()).quotas[0].resetsAt).toBe('2026-11-20T18:30:00Z')
  })
})
