import { tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tollgate } from '../../compose.ts'
import { type Answer, type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

const ERROR = '... on Error { code message } ... on InvalidInputError { issues { path message } }'
const DECISION = `decision { allowed degraded results { metric operation allowed refusal limit used reserved remaining resetsAt retryAfterMs
  policy { id source enforcement } checks { allowed scopeValue policy { window } } } }`

const ENFORCE = `mutation ($input: EnforceQuotasInput!) { result: enforceQuotas(input: $input) { ... on EnforceQuotasPayload { ${DECISION} } ${ERROR} } }`
const RESERVE = `mutation ($input: ReserveQuotasInput!) { result: reserveQuotas(input: $input) {
  ... on ReserveQuotasPayload { reservation { id state madeAt expiresAt tenant { id } requests { metric amount } } ${DECISION} } ${ERROR} } }`
const SET = `mutation ($input: SetQuotaInput!) { result: setQuota(input: $input) {
  ... on SetQuotaPayload { override { slot setBy setAt policy { id limit enforcement alertAt source setBy validTo grace { percent amount } } } } ${ERROR} } }`
const CLEAR = `mutation ($input: ClearQuotaInput!) { result: clearQuota(input: $input) { ... on ClearQuotaPayload { override { slot policy { id } } } ${ERROR} } }`
const STATUS = `query ($tenantId: ID) { quotaStatus(tenantId: $tenantId) { plan unlisted anyExceeded
  quotas { metric operation window scope scopeValue limit used reserved remaining percentage exceeded resetsAt enforcement source } } }`
const settling = (field: string, type: string) =>
  `mutation ($input: ${type}Input!) { result: ${field}(input: $input) { ... on ${type}Payload { reservation { id state expiresAt } } ${ERROR} ... on ReservationClosedError { state } } }`
const SETTLE = settling('settleReservation', 'SettleReservation')
const RELEASE = settling('releaseReservation', 'ReleaseReservation')
const EXTEND = settling('extendReservation', 'ExtendReservation')
const TRACK = `mutation ($input: TrackUsageInput!) { result: trackUsage(input: $input) {
  ... on TrackUsagePayload { results { outcome reservation { id state } } } ${ERROR} } }`
const UPDATE = `mutation ($input: UpdateTenantInput!) { result: updateTenant(input: $input) { ... on UpdateTenantPayload { tenant { tier timeZone billingAnchorDay } } ${ERROR} } }`

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
})
afterAll(() => server.stop())

/** A tenant with nothing used, its key, and calls with it. */
async function newTenant({ tier, ...limits }: { tier?: string; tokensADay?: string } = {}) {
  const id = `quota-tenant-${(tenants += 1)}`
  await server.tollgate.accounts.createTenant({ id, name: id, tier })
  if (limits.tokensADay !== undefined) await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'tokens', window: 'day', limit: limits.tokensADay })
  const key = await server.keyOf(id)
  const call = async (query: string, input: Record<string, unknown>) => succeeded(await server.send(key, query, { input })).result
  return { id, key, call, status: async () => succeeded(await server.send(key, STATUS)).quotaStatus }
}
let tenants = 0

function succeeded({ data, errors }: Answer): Answer['data'] {
  expect(errors).toEqual([])
  return data
}
const operator = async (query: string, input: Record<string, unknown>) => succeeded(await server.send(server.operatorKey, query, { input })).result
const tokens = (amount: string | null) => [{ metric: 'TOKENS', amount }]

describe('enforceQuotas', () => {
  it('answers for every metric and quota, and takes nothing', async () => {
    const { call, status } = await newTenant({ tier: 'pro' })
    const requests = [...tokens('500001'), { metric: 'REQUESTS', amount: '1' }, { metric: 'CREDITS', amount: '1' }]
    const { decision } = await call(ENFORCE, { requests })
    expect(decision).toEqual({
      allowed: false,
      degraded: false,
      results: [
        {
          metric: 'TOKENS',
          operation: null,
          allowed: false,
          refusal: 'OVER_LIMIT',
          limit: '500000',
          used: '0',
          reserved: '0',
          remaining: '500000',
          resetsAt: '2026-11-21T00:00:00Z',
          retryAfterMs: null,
          policy: { id: 'plan:pro:tokens/day//', source: 'PLAN', enforcement: 'HARD' },
          checks: [{ allowed: false, scopeValue: [], policy: { window: 'DAY' } }],
        },
        expect.objectContaining({ metric: 'REQUESTS', allowed: true, limit: '120', remaining: '120', refusal: null }),
        expect.objectContaining({ metric: 'CREDITS', allowed: true, limit: null, policy: null, resetsAt: null, checks: [] }),
      ],
    })
    expect((await call(ENFORCE, { requests: tokens('500000') })).decision.allowed).toBe(true)
    expect((await status()).quotas.map(({ used }: { used: string }) => used)).toEqual(['0', '0', '0'])
  })

  it('takes all or nothing with consume', async () => {
    const { call, status } = await newTenant({ tokensADay: '100' })
    const take = async (amount: string) => (await call(ENFORCE, { requests: tokens(amount), consume: true })).decision.results[0]
    expect(await take('60')).toMatchObject({ allowed: true, used: '60', remaining: '40' })
    expect(await take('41')).toMatchObject({ allowed: false, used: '60', retryAfterMs: 12 * 3_600_000 })
    expect(await status()).toMatchObject({ anyExceeded: false, quotas: [{ used: '60', percentage: '60', exceeded: false, source: 'OVERRIDE' }] })
  })

  it('tells customers, sessions and models apart, as usage events do', async () => {
    const { id, call } = await newTenant()
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'tokens', window: 'day', scope: ['customer', 'session', 'model'], limit: '100' })
    const metadata = { customerId: 'c', sessionId: 's' }
    await call(TRACK, { events: [{ operation: 'chat', model: 'm', tokens: { input: 60 }, metadata }] })
    const fits = async (input: object) => (await call(ENFORCE, { requests: tokens('41'), model: 'm', metadata, ...input })).decision.allowed
    expect([await fits({}), await fits({ model: 'n' }), await fits({ metadata: { customerId: 'c' } })]).toEqual([false, true, true])
  })

  it('takes null for an unknown amount, which is for the quota to judge', async () => {
    const { id, call } = await newTenant()
    const cost = [{ metric: 'COST', amount: null }]
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'cost', window: 'day', limit: '1' })
    expect((await call(ENFORCE, { requests: cost })).decision).toMatchObject({ allowed: false, results: [{ refusal: 'UNKNOWN_AMOUNT' }] })
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'cost', window: 'day', limit: '1', unknownAmount: 'allow' })
    expect((await call(ENFORCE, { requests: cost })).decision.allowed).toBe(true)
  })

  it.each([
    [{ requests: [{ metric: 'TOKENS' }] }, 'requests.0.amount'],
    [{ requests: [{ metric: 'TOKENS', amount: '-1' }] }, 'requests.0.amount'],
    [{ requests: [] }, 'requests'],
    [{ requests: Array.from({ length: 21 }, () => ({ metric: 'TOKENS', amount: '1' })) }, 'requests'],
    [{ requests: [{ metric: 'TOKENS', amount: '1', operation: '' }] }, 'requests.0.operation'],
    [{ requests: [{ metric: 'TOKENS', amount: '1' }], metadata: { customerId: 'c'.repeat(257) } }, 'metadata.customerId'],
    [{ requests: [{ metric: 'TOKENS', amount: '1' }], model: '' }, 'dimensions.model'],
  ])('refuses %j at %s', async (input, path) => {
    const { call } = await newTenant()
    const result = await call(ENFORCE, input)
    expect(result).toMatchObject({ code: 'INVALID_INPUT' })
    expect(result.issues.map((issue: { path: string }) => issue.path)).toContain(path)
  })
})

describe('reservations', () => {
  it('hold, and are settled with what was really used, once', async () => {
    const { id, call, status } = await newTenant({ tokensADay: '100' })
    const { reservation, decision } = await call(RESERVE, { requests: tokens('80'), ttlSeconds: 30 })
    expect(reservation).toEqual({
      id: expect.stringMatching(/^rsv_[0-9a-f-]{36}$/),
      state: 'HELD',
      madeAt: '2026-11-20T12:00:00Z',
      expiresAt: '2026-11-20T12:00:30Z',
      tenant: { id },
      requests: [{ metric: 'TOKENS', amount: '80' }],
    })
    expect(decision.results[0]).toMatchObject({ reserved: '80', remaining: '20' })
    expect(await call(RESERVE, { requests: tokens('21') })).toMatchObject({
      reservation: null,
      decision: { allowed: false, results: [{ retryAfterMs: 1_000 }] },
    })
    for (const _ of [1, 2]) expect(await call(SETTLE, { id: reservation.id, actual: tokens('31') })).toMatchObject({ reservation: { state: 'SETTLED' } })
    expect((await status()).quotas[0]).toMatchObject({ used: '31', reserved: '0' })
    expect(await call(RELEASE, { id: reservation.id })).toMatchObject({
      code: 'RESERVATION_CLOSED',
      state: 'SETTLED',
      message: `The reservation ${reservation.id} is settled. Reserve again.`,
    })
  })

  it('are extended and released', async () => {
    const { call, status } = await newTenant({ tokensADay: '100' })
    const { reservation } = await call(RESERVE, { requests: tokens('80'), ttlSeconds: 30 })
    expect((await call(EXTEND, { id: reservation.id, ttlSeconds: 90 })).reservation).toMatchObject({ state: 'HELD', expiresAt: '2026-11-20T12:01:30Z' })
    expect((await call(RELEASE, { id: reservation.id })).reservation.state).toBe('RELEASED')
    expect((await status()).quotas[0]).toMatchObject({ used: '0', reserved: '0' })
    expect(await call(EXTEND, { id: reservation.id, ttlSeconds: 90 })).toMatchObject({ code: 'RESERVATION_CLOSED', state: 'RELEASED' })
  })

  it('are shown as they are after each mutation of one operation', async () => {
    const { key, call } = await newTenant({ tokensADay: '100' })
    const { reservation } = await call(RESERVE, { requests: tokens('80') })
    const query = `mutation ($id: ID!) {
      a: extendReservation(input: { id: $id, ttlSeconds: 60 }) { ... on ExtendReservationPayload { reservation { state } } }
      b: releaseReservation(input: { id: $id }) { ... on ReleaseReservationPayload { reservation { state } } }
    }`
    const { a, b } = succeeded(await server.send(key, query, { id: reservation.id }))
    expect([a.reservation.state, b.reservation.state]).toEqual(['HELD', 'RELEASED'])
  })

  it('are settled by the usage event that names them, and the answer says so, again too', async () => {
    const { key, call, status } = await newTenant({ tokensADay: '100' })
    const { reservation } = await call(RESERVE, { requests: tokens('80') })
    const event = { operation: 'chat', idempotencyKey: 'k', tokens: { input: 31 }, reservationId: reservation.id }
    const settled = { id: reservation.id, state: 'SETTLED' }
    expect((await call(TRACK, { events: [event] })).results).toEqual([{ outcome: 'ACCEPTED', reservation: settled }])
    expect((await call(TRACK, { events: [event] })).results).toEqual([{ outcome: 'DUPLICATE', reservation: settled }])
    expect((await status()).quotas[0]).toMatchObject({ used: '31', reserved: '0' })
    const { node } = succeeded(await server.send(key, 'query ($id: ID!) { node(id: $id) { id ... on Reservation { state } } }', { id: reservation.id }))
    expect(node).toEqual(settled)
  })

  it('of which an event names none, one that is over, or one that is not there, do not hold it up', async () => {
    const { call, status } = await newTenant({ tokensADay: '100' })
    const { reservation } = await call(RESERVE, { requests: tokens('80') })
    await call(RELEASE, { id: reservation.id })
    const named = [undefined, reservation.id, 'rsv_01900000-0000-7000-8000-000000000000', 'nonsense']
    const { results } = await call(TRACK, { events: named.map(reservationId => ({ operation: 'chat', tokens: { input: 10 }, reservationId })) })
    const found = results.map((one: { reservation: { state: string } | null }) => one.reservation?.state ?? null)
    expect([found, (await status()).quotas[0].used]).toEqual([[null, 'RELEASED', null, null], '40'])
  })

  it('of another tenant are not found, and left alone', async () => {
    const [owner, other] = [await newTenant({ tokensADay: '100' }), await newTenant()]
    const { reservation } = await owner.call(RESERVE, { requests: tokens('80') })
    const { id } = reservation
    const notFound = { code: 'NOT_FOUND', message: `There is no reservation "${id}".` }
    expect(await other.call(SETTLE, { id })).toMatchObject(notFound)
    expect(await other.call(RELEASE, { id })).toMatchObject(notFound)
    expect(await other.call(EXTEND, { id, ttlSeconds: 10 })).toMatchObject(notFound)
    expect((await other.call(TRACK, { events: [{ operation: 'chat', reservationId: id }] })).results[0].reservation).toBeNull()
    expect((await server.send(other.key, 'query ($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: null })
    expect((await owner.status()).quotas[0]).toMatchObject({ used: '0', reserved: '80' })
    expect(await operator(SETTLE, { id })).toMatchObject({ reservation: { state: 'SETTLED' } })
  })

  it.each(['evt_01900000-0000-7000-8000-000000000000', 'rsv_1', ''])('are not found by %j, which is no id of one', async id => {
    const { call } = await newTenant()
    expect(await call(RELEASE, { id })).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'id' }] })
  })
})

describe('setQuota', () => {
  it('sets a limit in place of the plan’s, with who set it, and clearQuota takes it back', async () => {
    const { id, status, key } = await newTenant({ tier: 'free' })
    const slot = { tenantId: id, metric: 'TOKENS', window: 'DAY' }
    const limits = async () => (await status()).quotas.map(({ metric, limit, source }: Record<string, string>) => `${metric} ${limit} ${source}`)
    const { override } = await operator(SET, { ...slot, limit: '777', enforcement: 'GRACE', grace: { percent: '5' }, alertAt: ['90'] })
    expect(override).toMatchObject({
      slot: 'tokens/day//',
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
    await operator(SET, { ...slot, limit: null })
    expect(await limits()).toContain('TOKENS null OVERRIDE')
    expect(await operator(CLEAR, slot)).toMatchObject({ override: { slot: 'tokens/day//', policy: null } })
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
    [{ limit: '1', scope: ['CUSTOMER', 'STATUS'] }, 'scope.1'],
    [{ limit: '1', validFrom: '2026-01-02T00:00:00Z', validTo: '2026-01-02T00:00:00Z' }, 'validTo'],
  ])('refuses %j at %s', async (terms, path) => {
    const result = await operator(SET, { tenantId: 'acme', metric: 'TOKENS', window: 'DAY', ...terms })
    expect([result.code, result.issues?.map((issue: { path: string }) => issue.path)]).toEqual(['INVALID_INPUT', [path]])
  })

  it('lets servers take headroom ahead, where it says so', async () => {
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

  it('takes a scope as dimensions, sessions among them', async () => {
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

  it('counts by sessions, and usage is not grouped by them', async () => {
    const { errors } = await server.send(
      server.operatorKey,
      '{ usage(range: { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }) { breakdown(by: [MODEL, SESSION]) { key { value } } } }',
    )
    expect(errors).toMatchObject([{ message: expect.stringContaining('by.1'), extensions: { code: 'INVALID_INPUT' } }])
  })

  it('is for tenants that exist', async () => {
    expect(await operator(SET, { tenantId: 'nobody', metric: 'TOKENS', window: 'DAY', limit: '1' })).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('plans', () => {
  const PUBLISH = `mutation ($input: PublishQuotaPlanInput!) { result: publishQuotaPlan(input: $input) { ... on PublishQuotaPlanPayload { plan { name policies { id setBy } } } ${ERROR} } }`

  it('are those of the program until one is published in its place; tenants whose tier has none have the default', async () => {
    const [named, unnamed] = [await newTenant({ tier: 'platinum' }), await newTenant()]
    const plans = async () => succeeded(await server.send(server.operatorKey, '{ quotaPlans { name unlisted policies { limit } } }')).quotaPlans
    expect((await plans()).map(({ name }: { name: string }) => name)).toEqual(['business', 'default', 'enterprise', 'free', 'pro', 'trial'])
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

  it('are taken whole, or not at all', async () => {
    const policies = [
      { metric: 'REQUESTS', window: 'DAY', limit: '3' },
      { metric: 'REQUESTS', window: 'DAY', limit: '4' },
    ]
    expect(await operator(PUBLISH, { name: 'twice', unlisted: 'ALLOW', policies })).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'policies.1' }] })
    expect(await operator(PUBLISH, { name: 'open', unlisted: 'ALLOW', policies: [{ metric: 'REQUESTS', window: 'DAY' }] })).toMatchObject({
      issues: [{ path: 'policies.0.limit' }],
    })
  })

  it('of another tier hold for the next decision on every server, and what was used stays used', async () => {
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

  it('by another time zone begin their days elsewhere', async () => {
    const { id, status } = await newTenant({ tier: 'free' })
    await operator(UPDATE, { id, timeZone: 'Asia/Kolkata' })
    expect((await status()).quotas[0].resetsAt).toBe('2026-11-20T18:30:00Z')
  })
})

describe('standings', () => {
  const EXCEEDED = `query ($atLeastPercent: Decimal, $first: Int, $after: String) { exceededQuotas(atLeastPercent: $atLeastPercent, first: $first, after: $after) {
    nodes { tenant { id } metric used limit percentage exceeded } pageInfo { hasNextPage endCursor } } }`

  it('of all tenants show what is exceeded, or nearly', async () => {
    const [over, near] = [await newTenant({ tokensADay: '100' }), await newTenant({ tokensADay: '100' })]
    await over.call(TRACK, { events: [{ operation: 'chat', tokens: { input: 150 } }] })
    await near.call(TRACK, { events: [{ operation: 'chat', tokens: { input: 90 } }] })
    const shown = async (variables: object) => {
      const { exceededQuotas } = succeeded(await server.send(server.operatorKey, EXCEEDED, { ...variables }))
      return exceededQuotas.nodes.filter(({ tenant }: { tenant: { id: string } }) => [over.id, near.id].includes(tenant.id))
    }
    const exceeded = { tenant: { id: over.id }, metric: 'TOKENS', used: '150', limit: '100', percentage: '150', exceeded: true }
    expect(await shown({})).toEqual([exceeded])
    expect(await shown({ atLeastPercent: '80' })).toEqual([
      exceeded,
      { tenant: { id: near.id }, metric: 'TOKENS', used: '90', limit: '100', percentage: '90', exceeded: false },
    ])
  })

  it('of a tenant are read value by value, in pages', async () => {
    const { id, call, key } = await newTenant()
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'requests', window: 'day', scope: ['customer'], limit: '2' })
    const customers = ['a', 'b', 'c', 'c']
    await call(TRACK, { events: customers.map(customerId => ({ operation: 'chat', metadata: { customerId } })) })
    const query = `query ($after: String) { quotaStandings(first: 2, after: $after) { nodes { scopeValue used } pageInfo { hasNextPage endCursor } } }`
    const first = succeeded(await server.send(key, query)).quotaStandings
    const second = succeeded(await server.send(key, query, { after: first.pageInfo.endCursor })).quotaStandings
    expect([...first.nodes, ...second.nodes]).toEqual([
      { scopeValue: ['a'], used: '1' },
      { scopeValue: ['b'], used: '1' },
      { scopeValue: ['c'], used: '2' },
    ])
    expect(second.pageInfo.hasNextPage).toBe(false)
    expect((await server.send(key, query, { after: 'x' })).errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('of past windows are the history', async () => {
    const { call, key } = await newTenant({ tokensADay: '100' })
    const at = (day: number, input: number) => ({ operation: 'chat', tokens: { input }, occurredAt: `2026-11-${day}T10:00:00Z` })
    await call(TRACK, { events: [at(18, 50), at(19, 120), at(20, 1)] })
    const query = '{ quotaHistory(metric: TOKENS, window: DAY) { nodes { from to used limit percentage exceeded } } }'
    expect(succeeded(await server.send(key, query)).quotaHistory.nodes).toEqual([
      { from: '2026-11-19T00:00:00Z', to: '2026-11-20T00:00:00Z', used: '120', limit: '100', percentage: '120', exceeded: true },
      { from: '2026-11-18T00:00:00Z', to: '2026-11-19T00:00:00Z', used: '50', limit: '100', percentage: '50', exceeded: false },
    ])
  })
})

describe('64 callers over three servers', () => {
  it('are admitted exactly up to the limit, whether they take or reserve', async () => {
    const { id } = await newTenant({ tokensADay: '37' })
    const servers = [server.tollgate, await server.another(), await server.another()]
    const asked = Array.from({ length: 64 }, async (_, i) => {
      const { quotas } = servers[i % 3] ?? server.tollgate
      const question = { tenantId: id, requests: [{ metric: 'tokens' as const, amount: '1' }] }
      return i % 2 === 0 ? quotas.enforce({ ...question, consume: true }) : quotas.reserve(question)
    })
    const admitted = (await Promise.all(asked)).filter(({ allowed }) => allowed)
    const [standing] = (await server.tollgate.quotas.status({ tenantId: id })).quotas
    expect([admitted.length, standing?.used.plus(standing.reserved).toFixed(), standing?.remaining?.toFixed()]).toEqual([37, '37', '0'])
    const alerts = await server.tollgate.quotas.alerts(tenantScope(id), { first: 10 })
    expect(new Set(alerts.map(({ threshold }) => threshold.toFixed())).size).toBe(alerts.length)
  })

  it('each with a key of its own, over GraphQL too', async () => {
    const { id } = await newTenant({ tokensADay: '21' })
    const keys = await Promise.all(Array.from({ length: 64 }, () => server.keyOf(id)))
    const asked = keys.map(key => server.send(key, ENFORCE, { input: { requests: tokens('1'), consume: true } }))
    const admitted = (await Promise.all(asked)).filter(answer => succeeded(answer).result.decision.allowed === true)
    expect(admitted).toHaveLength(21)
  })
})
