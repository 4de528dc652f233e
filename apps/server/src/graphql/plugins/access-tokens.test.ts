import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'
import { schema } from '../schema.ts'

const RANGE = `{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }`
/** The only queries and subscriptions that a customer's token may use. A new one is added here on purpose. */
const FOR_CUSTOMERS = [
  'creditAlertHistory',
  'creditAlerts',
  'creditBalance',
  'creditBurnDown',
  'creditEntries',
  'live',
  'quotaAlerts',
  'quotaAlerts',
  'quotaHistory',
  'quotaStatus',
  'usage',
  'usageEvents',
  'usageUpdates',
  'viewer',
  'wallet',
]

let server: GraphQLTestServer
let key: string
let tokens: { tenant: string; a: string; b: string }
let eventOfB: string

beforeAll(async () => {
  server = await startGraphQLTestServer()
  key = await server.keyOf('acme')
  await server.send(
    server.operatorKey,
    `mutation { setQuota(input: { tenantId: "acme", metric: REQUESTS, window: DAY, limit: 100, scope: [CUSTOMER], alertAt: ["1", "2"] }) { __typename } }`,
  )
  await server.send(server.operatorKey, `mutation { setQuota(input: { tenantId: "acme", metric: REQUESTS, window: DAY, limit: 1000 }) { __typename } }`)
  const events = ['a', 'b', 'b'].map(id => `{ operation: "op of ${id}", metadata: { customerId: "${id}" } }`)
  const { data } = await server.send(
    key,
    `mutation { trackUsage(input: { events: [${events.join(' ')}] }) { ... on TrackUsagePayload { results { event { id } } } } }`,
  )
  eventOfB = data.trackUsage.results[1].event.id
  tokens = { tenant: await tokenOf(key, {}), a: await tokenOf(key, { customerId: 'a' }), b: await tokenOf(key, { customerId: 'b' }) }
})
afterAll(() => server.stop())

async function createToken(with_: string, input: object) {
  const { data } = await server.send(
    with_,
    `mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { ... on CreateAccessTokenPayload { token expiresAt } ... on Error { code message } } }`,
    { input },
  )
  return data.createAccessToken
}

async function tokenOf(with_: string, input: object): Promise<string> {
  return (await createToken(with_, input)).token
}

const codeOf = async (token: string, query: string) => {
  const { data, errors } = await server.send(token, query)
  return data?.result?.code ?? errors[0]?.extensions.code
}

/** Returns a literal that is valid for a type, so that a query reaches its resolver. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType)
  if (isListType(type)) return `[${literal(type.ofType)}]`
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const given = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField)
    return `{ ${given.map(field => `${field.name}: ${literal(field.type)}`).join(', ')} }`
  }
  return { Int: '1', Decimal: '"1"', DateTime: '"2026-11-20T00:00:00Z"', Boolean: 'true', SafeInt: '1', JSON: '{}', Float: '1' }[type.name] ?? '"x"'
}

function fieldsOf(kind: 'Query' | 'Mutation'): [string, string][] {
  const fields = Object.values((kind === 'Query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {})
  return fields.map(({ name, args, type }) => {
    const required = args.filter(isRequiredArgument).map((argument: GraphQLArgument) => `${argument.name}: ${literal(argument.type)}`)
    const selection = kind === 'Mutation' ? ' { ... on Error { code } }' : isLeafType(getNamedType(type)) ? '' : ' { __typename }'
    return [name, `${kind.toLowerCase()} { result: ${name}${required.length > 0 ? `(${required.join(', ')})` : ''}${selection} }`]
  })
}

describe('the schema', () => {
  it.each(fieldsOf('Mutation'))('forbids %s to every access token', async (_name, mutation) => {
    expect(await Promise.all([tokens.tenant, tokens.a].map(token => codeOf(token, mutation)))).toEqual(['FORBIDDEN', 'FORBIDDEN'])
  })
  it.each(fieldsOf('Query').filter(([name]) => !FOR_CUSTOMERS.includes(name)))("forbids %s to a customer's token", async (_name, query) => {
    expect(await codeOf(tokens.a, query)).toBe('FORBIDDEN')
  })
  it('declares exactly these queries and subscriptions for customers', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    const declared = roots.flatMap(type => Object.values(type?.getFields() ?? {})).filter(({ extensions }) => extensions['forCustomer'] !== undefined)
    expect(declared.map(({ name }) => name).toSorted()).toEqual(FOR_CUSTOMERS)
  })
})

describe("a customer's token", () => {
  it('reads the usage of its customer only, grouped by anything', async () => {
    const query = `{ usage(range: ${RANGE}) { totals { calls customers } breakdown(by: [CUSTOMER, OPERATION]) { key { value } measures { calls } } } }`
    const [ofA, ofB] = [await server.send(tokens.a, query), await server.send(tokens.b, query)]
    expect(ofA.data.usage).toEqual({
      totals: { calls: 1, customers: 1 },
      breakdown: [{ key: [{ value: 'a' }, { value: 'op of a' }], measures: { calls: 1 } }],
    })
    expect(ofB.data.usage.totals).toEqual({ calls: 2, customers: 1 })
  })
  it.each(['["b"]', '["a", "b"]'])('may not name the customers %s', async customerIds => {
    for (const field of [
      `usage(range: ${RANGE}, filter: { customerIds: ${customerIds} }) { __typename }`,
      `usageEvents(range: ${RANGE}, filter: { customerIds: ${customerIds} }) { __typename }`,
    ]) {
      expect(await codeOf(tokens.a, `{ ${field} }`)).toBe('FORBIDDEN')
    }
  })
  it('says whose it is and what it may read, and nothing of the tenant', async () => {
    const query = '{ viewer { kind customerId scopes tenant { name } apiKey { name } } }'
    const scopes = expect.arrayContaining(['usage:read', 'quotas:read', 'credits:read'])
    expect((await server.send(tokens.a, query)).data.viewer).toEqual({ kind: 'TENANT', customerId: 'a', scopes, tenant: null, apiKey: null })
    expect((await server.send(tokens.tenant, query)).data.viewer).toMatchObject({ customerId: null, tenant: { name: expect.any(String) } })
  })
  it('may not name another tenant', async () => {
    expect(await codeOf(tokens.a, `{ usage(tenantId: "globex", range: ${RANGE}) { __typename } }`)).toBe('FORBIDDEN')
    expect(await codeOf(tokens.a, `{ quotaStatus(tenantId: "globex") { __typename } }`)).toBe('FORBIDDEN')
  })
  it('lists its own events, also after the cursor of another customer or of the whole tenant', async () => {
    const page = (after: string | null) =>
      `query { usageEvents(range: ${RANGE}, first: 1${after === null ? '' : `, after: ${JSON.stringify(after)}`}) { edges { cursor node { operation } } } }`
    const cursorOf = async (token: string) => (await server.send(token, page(null))).data.usageEvents.edges[0].cursor as string
    const pages = [null, await cursorOf(tokens.b), await cursorOf(key)].map(after => server.send(tokens.a, page(after)))
    for (const { data } of await Promise.all(pages)) {
      for (const { node } of data.usageEvents.edges) expect(node.operation).toBe('op of a')
    }
    expect((await server.send(tokens.a, page(null))).data.usageEvents.edges).toHaveLength(1)
  })
  it('reads no node by id, and nothing of the tenant or of prices through its events', async () => {
    for (const query of [`{ node(id: "${eventOfB}") { id } }`, `{ nodes(ids: ["${eventOfB}", "acme"]) { id } }`])
      expect(await codeOf(tokens.a, query)).toBe('FORBIDDEN')
    expect(await codeOf(tokens.a, `{ usageEvents(range: ${RANGE}) { nodes { tenant { name } } } }`)).toBe('FORBIDDEN')
  })
  it('reads the quotas of its customer only', async () => {
    const query = `{ quotaStatus { quotas { scope scopeValue used } } }`
    expect((await server.send(tokens.a, query)).data.quotaStatus.quotas).toEqual([{ scope: ['CUSTOMER'], scopeValue: ['a'], used: '1' }])
    expect((await server.send(tokens.b, query)).data.quotaStatus.quotas).toEqual([{ scope: ['CUSTOMER'], scopeValue: ['b'], used: '2' }])
    expect(await codeOf(tokens.a, `{ quotaStatus(customerId: "b") { __typename } }`)).toBe('FORBIDDEN')
    const history = (rest: string) => `{ quotaHistory(metric: REQUESTS, window: DAY${rest}) { nodes { __typename } } }`
    for (const rest of [
      '',
      ', scope: []',
      ', scope: [CUSTOMER, FEATURE]',
      ', scope: [CUSTOMER], scopeValue: ["b"]',
      ', scope: [CUSTOMER], scopeValue: [null]',
    ]) {
      expect(await codeOf(tokens.a, history(rest))).toBe('FORBIDDEN')
    }
    expect((await server.send(tokens.a, history(', scope: [CUSTOMER]'))).errors).toEqual([])
  })
  it("reads the quota alerts of its customer's own limits only, and not their tenant", async () => {
    const query = `{ quotaAlerts { nodes { scope scopeValue threshold } } }`
    const alert = (value: string, threshold: string) => ({ scope: ['CUSTOMER'], scopeValue: [value], threshold })
    expect((await server.send(tokens.a, query)).data.quotaAlerts.nodes).toEqual([alert('a', '1')])
    expect((await server.send(tokens.b, query)).data.quotaAlerts.nodes).toEqual([alert('b', '2'), alert('b', '1')])
    expect((await server.send(key, `{ quotaAlerts(customerId: "a") { nodes { threshold } } }`)).data.quotaAlerts.nodes).toEqual([{ threshold: '1' }])
    expect(await codeOf(server.operatorKey, `{ quotaAlerts(customerId: "a") { nodes { threshold } } }`)).toBe('INVALID_INPUT')
    expect(await codeOf(tokens.a, `{ quotaAlerts(customerId: "b") { __typename } }`)).toBe('FORBIDDEN')
    expect(await codeOf(tokens.a, `{ quotaAlerts { nodes { tenant { name } } } }`)).toBe('FORBIDDEN')
  })
})

describe("a tenant's token", () => {
  it('reads its tenant as a key with its scopes does, and no API key', async () => {
    expect((await server.send(tokens.tenant, `{ usage(range: ${RANGE}) { totals { calls } } tenant { id } viewer { kind apiKey { id } } }`)).data).toEqual({
      usage: { totals: { calls: 3 } },
      tenant: { id: 'acme' },
      viewer: { kind: 'TENANT', apiKey: null },
    })
    expect((await server.send(tokens.tenant, `{ node(id: "${eventOfB}") { id } }`)).data.node.id).toBe(eventOfB)
    const { id } = (await server.send(key, `{ viewer { apiKey { id } } }`)).data.viewer.apiKey
    expect(await codeOf(tokens.tenant, `{ node(id: "${id}") { id } }`)).toBe('FORBIDDEN')
    expect(await codeOf(await tokenOf(key, { scopes: ['quotas:read'] }), `{ usage(range: ${RANGE}) { __typename } }`)).toBe('FORBIDDEN')
  })
})

it('requires the scope "tokens:write", and an operator key to name the tenant', async () => {
  expect(await createToken(await server.keyOf('acme', ['usage:read']), {})).toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('"tokens:write"'),
  })
  expect(await createToken(key, { tenantId: 'globex' })).toMatchObject({ code: 'FORBIDDEN' })
  expect(await createToken(server.operatorKey, {})).toMatchObject({ code: 'INVALID_INPUT' })
  expect(await createToken(server.operatorKey, { tenantId: 'nobody' })).toMatchObject({ code: 'NOT_FOUND' })
  const token = await tokenOf(server.operatorKey, { tenantId: 'globex' })
  expect((await server.send(token, `{ viewer { tenant { id } } }`)).data.viewer.tenant.id).toBe('globex')
})

it('is refused with the next request on every server when its key is revoked, and after it has expired', async () => {
  const other = await server.another()
  const backend = await server.keyOf('acme')
  const { id } = (await server.send(backend, `{ viewer { apiKey { id } } }`)).data.viewer.apiKey
  const [token, short] = [await tokenOf(backend, {}), await tokenOf(key, { ttlSeconds: 10 })]
  const ask = (which: string) => server.send(which, `{ viewer { kind } }`)
  expect([(await ask(token)).status, (await ask(short)).status]).toEqual([200, 200])
  await other.accounts.revokeApiKey(id.slice('key_'.length))
  expect(await ask(token)).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  server.clock.advance({ seconds: 10 })
  expect(await ask(short)).toMatchObject({ status: 401, errors: [{ message: 'The access token has expired; get a new one from your backend.' }] })
})

describe('a session', () => {
  const begin = async (with_: string) =>
    (await server.send(with_, 'mutation { result: createSession { ... on CreateSessionPayload { token expiresAt endsAt } ... on Error { code message } } }'))
      .data.result

  it('reads and writes as the key that began it, sees that key, and has no more scopes', async () => {
    const backend = await server.keyOf('acme', ['usage:read', 'usage:write', 'tenants:read'])
    const { token, expiresAt, endsAt } = await begin(backend)
    const now = server.clock.now()
    expect([expiresAt, endsAt]).toEqual([now.add({ hours: 1 }).toString(), now.add({ hours: 12 }).toString()])
    const viewer = '{ viewer { kind scopes tenant { id } apiKey { id } } }'
    expect((await server.send(token, viewer)).data).toEqual((await server.send(backend, viewer)).data)
    const tracked = await server.send(token, 'mutation { trackUsage(input: { events: [{ operation: "o" }] }) { __typename } }')
    expect(tracked.data.trackUsage.__typename).toBe('TrackUsagePayload')
    expect(await codeOf(token, '{ quotaStatus { plan } }')).toBe('FORBIDDEN')
    expect(await codeOf(token, '{ tenant(id: "globex") { id } }')).toBe('FORBIDDEN')
    server.clock.advance({ minutes: 59 })
    const renewed = await begin(token)
    expect(renewed).toMatchObject({ expiresAt: server.clock.now().add({ hours: 1 }).toString(), endsAt })
    server.clock.advance({ minutes: 1 })
    expect(await server.send(token, viewer)).toMatchObject({ status: 401, errors: [{ message: 'The session has expired; sign in again.' }] })
    expect((await server.send(renewed.token, viewer)).status).toBe(200)
  })

  it('of an operator acts on every tenant, and ends with its key on every server', async () => {
    const other = await server.another()
    const operator = await server.keyOf(null)
    const { token } = await begin(operator)
    const { data } = await server.send(token, '{ viewer { apiKey { id } } tenant(id: "globex") { id } }')
    expect(data.tenant.id).toBe('globex')
    await other.accounts.revokeApiKey(data.viewer.apiKey.id.slice('key_'.length))
    expect(await server.send(token, '{ viewer { kind } }')).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })

  it('of the operator key of the configuration begins with a sign-in code, which that key alone can create', async () => {
    const create = async (with_: string) =>
      (await server.send(with_, 'mutation { result: createSignInCode { ... on CreateSignInCodePayload { code expiresAt } ... on Error { code message } } }'))
        .data.result
    const { code, expiresAt } = await create(server.operatorKey)
    expect(expiresAt).toBe(server.clock.now().add({ hours: 24 }).toString())
    const { token } = await begin(code)
    expect((await server.send(token, '{ viewer { kind apiKey { id } } }')).data.viewer).toEqual({ kind: 'OPERATOR', apiKey: null })
    expect(await server.send(code, '{ viewer { kind } }')).toMatchObject({ status: 401, errors: [{ message: expect.stringContaining('already used') }] })
    for (const other of [token, await server.keyOf(null), await server.keyOf('acme')]) expect(await create(other)).toMatchObject({ code: 'FORBIDDEN' })
  })
})
