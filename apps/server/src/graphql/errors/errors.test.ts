import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
})
afterAll(() => server.stop())

const mutate = async (operation: string, target = server) =>
  (
    await target.send(
      target.operatorKey,
      `mutation { result: ${operation} { __typename ... on Error { code message ... on InvalidInputError { issues { path message } } ... on NotFoundError { resource id } ... on AlreadyExistsError { resource id } } } }`,
    )
  ).data.result

const track = (events: string, tenantId = 'acme') => `trackUsage(input: { tenantId: "${tenantId}", events: [${events}] })`
const NO_KEY = 'key_01900000-0000-7000-8000-000000000000'
const NO_REJECTED = 'rej_01900000-0000-7000-8000-000000000000'

describe('an expected error is a member of the result:', () => {
  it.each([
    [track(''), { __typename: 'InvalidInputError', code: 'INVALID_INPUT', issues: [{ path: 'events', message: 'must be 1 to 1,000 events, not 0' }] }],
    [
      track('{ operation: "o" }', 'nobody'),
      { __typename: 'NotFoundError', code: 'NOT_FOUND', message: 'There is no tenant "nobody".', resource: 'tenant', id: 'nobody' },
    ],
    [`trackUsage(input: { events: [{ operation: "o" }] })`, { __typename: 'InvalidInputError', issues: [{ path: 'tenantId' }] }],
    [
      `createTenant(input: { id: "a b", name: "", currency: "EURO", timeZone: "Nowhere" })`,
      { __typename: 'InvalidInputError', issues: [{ path: 'id' }, { path: 'name' }, { path: 'timeZone' }, { path: 'currency' }] },
    ],
    [`createTenant(input: { id: "acme", name: "Again" })`, { __typename: 'AlreadyExistsError', code: 'ALREADY_EXISTS', resource: 'tenant', id: 'acme' }],
    [`createApiKey(input: { tenantId: "nobody", name: "k" })`, { __typename: 'NotFoundError', id: 'nobody' }],
    [
      `createApiKey(input: { name: "k", scopes: ["everything"], expiresAt: "2020-01-01T00:00:00Z" })`,
      { __typename: 'InvalidInputError', issues: [{ path: 'scopes[0]' }, { path: 'expiresAt' }] },
    ],
    [`revokeApiKey(input: { id: "${NO_KEY}" })`, { __typename: 'NotFoundError', resource: 'API key' }],
    [
      `revokeApiKey(input: { id: "acme" })`,
      { __typename: 'InvalidInputError', issues: [{ path: 'id', message: '"acme" is not a valid id; ids of API keys start with "key_"' }] },
    ],
    [`resendRejectedEvent(input: { id: "${NO_REJECTED}" })`, { __typename: 'NotFoundError', id: NO_REJECTED }],
    [`resendRejectedEvent(input: { id: "${NO_KEY}" })`, { __typename: 'InvalidInputError', issues: [{ path: 'id' }] }],
    [
      `publishPrice(input: { provider: "p", model: "m", from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z", perMillionTokens: { input: -1 } })`,
      { __typename: 'InvalidInputError', code: 'INVALID_INPUT' },
    ],
    [
      `publishPrice(input: { tenantId: "nobody", provider: "p", model: "m", from: "2026-01-02T00:00:00Z", perMillionTokens: { input: 1 } })`,
      { __typename: 'NotFoundError', id: 'nobody' },
    ],
  ])('%s', async (operation, expected) => {
    expect(await mutate(operation)).toMatchObject(expected)
  })
  it('an unknown tenant is not created', async () => {
    await mutate(track('{ operation: "o" }', 'nobody'))
    expect(await server.test.asOwner(`select id from accounts.tenants where id = 'nobody'`)).toEqual([])
  })
})

describe('trackUsage', () => {
  it('returns OverloadedError with a retry delay while the queue is full, and records nothing of the call', async () => {
    const gate = Promise.withResolvers<void>()
    let opened = Promise.resolve()
    const busy = await startGraphQLTestServer({
      queuedEvents: 1_000,
      transaction: database => (scope, work) => opened.then(() => database.transaction(scope, work)),
    })
    const key = await busy.keyOf('acme')
    opened = gate.promise
    const send = (n: number) =>
      busy.send(key, `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { __typename ... on OverloadedError { code message retryAfterMs } } }`, {
        input: { events: Array.from({ length: 1_000 }, (_, i) => ({ operation: 'o', idempotencyKey: `${n}-${i}` })) },
      })
    const calls = Array.from({ length: 8 }, (_, n) => send(n))
    const first = (await Promise.race(calls)).data.trackUsage
    expect(first).toMatchObject({ __typename: 'OverloadedError', code: 'OVERLOADED', retryAfterMs: expect.any(Number) })
    expect(first.retryAfterMs).toBeGreaterThan(0)
    gate.resolve()
    const taken = (await Promise.all(calls)).filter(({ data }) => data.trackUsage.__typename === 'TrackUsagePayload').length
    expect(await busy.test.asOwner(`select count(*)::int as events from usage.events`)).toEqual([{ events: taken * 1_000 }])
    await busy.stop()
  })
  it('returns StoreUnavailableError while the database is down', async () => {
    let isUp = true
    const down = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' }))
    const unavailable = await startGraphQLTestServer({
      transaction: database => (scope, work) => (isUp ? database.transaction(scope, work) : down()),
    })
    await mutate(track('{ operation: "o" }'), unavailable) // From here on, prices and tenants are cached.
    isUp = false
    expect(await mutate(track('{ operation: "o" }'), unavailable)).toMatchObject({ __typename: 'StoreUnavailableError', code: 'STORE_UNAVAILABLE' })
    await unavailable.stop()
  })
  it('returns StoppingError while the server stops', async () => {
    const stopping = await startGraphQLTestServer()
    await stopping.tollgate.usage.stop()
    expect(await mutate(track('{ operation: "o" }'), stopping)).toMatchObject({ __typename: 'StoppingError', code: 'USAGE_STOPPED' })
    await stopping.stop()
  })
})

describe('an unexpected error', () => {
  it('is logged with the request id and hidden from the client', async () => {
    const broken = await startGraphQLTestServer()
    await broken.test.asOwner('drop table accounts.tenants cascade')
    const { data, errors } = await broken.send(broken.operatorKey, `query { tenants { nodes { id } } }`)
    expect({ data, errors }).toMatchObject({
      data: { tenants: null },
      errors: [{ message: 'Internal error; it was logged.', path: ['tenants'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    })
    expect(JSON.stringify(errors)).not.toContain('accounts')
    expect(broken.logged).toMatchObject([{ level: 50, path: ['tenants'], err: { message: expect.stringContaining('accounts.tenants') } }])
    await broken.stop()
  })
})
