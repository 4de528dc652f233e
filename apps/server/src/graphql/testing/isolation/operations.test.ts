import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEventStream } from '../event-stream.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../graphql-test-server.ts'
import { type LiveTestServer, startLiveTestServer } from '../live-test-server.ts'
import { encodeLivePosition } from '../../../features/live/graphql/live-position.ts'
import { encodeCursor } from '../../relay/cursor.ts'
import { schema } from '../../schema.ts'
import { ID_VALUES, TEXT_VALUES } from './argument-values.ts'
import { hashOfTenant } from './catalog.ts'
import { type Coordinate, type GeneratedOperation, generateOperations, withValue } from './generate-operations.ts'
import { type SeededTenant, seedTenant } from './seed-tenant.ts'

const OPERATIONS = generateOperations(schema)
/** A query and a subscription may have the same name. */
const nameOf = ({ kind, name }: Pick<GeneratedOperation, 'kind' | 'name'>) => `${kind} ${name}`

/** Customers may not read the tenant and prices of what they read. */
const OF_CUSTOMERS = new Map(generateOperations(schema, ['tenant', 'price']).map(operation => [nameOf(operation), operation]))
const NODE_TYPES = schema.getPossibleTypes(schema.getType('Node') as never).map(({ name }) => name)
/** Codes of requests that did not reach the data. */
const NOT_ASKED = new Set<unknown>([
  'INVALID_INPUT',
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL_SERVER_ERROR',
  'QUERY_TOO_COMPLEX',
  'QUERY_TOO_LARGE',
])

let server: GraphQLTestServer
/** Serves subscriptions over the same database. */
let live: LiveTestServer
let hashOfGlobex: string
let acme: SeededTenant
let globex: SeededTenant
/** The tokens of all of acme, and of a customer of acme that has nothing. */
let tokens: { readonly tenant: string; readonly customer: string }
/** Cursors of pages of a tenant, by connection. */
const cursors = new Map<string, Record<string, string | null | undefined>>()

beforeAll(async () => {
  server = await startGraphQLTestServer()
  const seed = (tenantId: string, marker: string) => seedTenant(server, { tenantId, marker, customers: [`customer ${marker}`, `other ${marker}`], calls: 2 })
  acme = await seed('acme', 'Quagga')
  server.clock.advance({ hours: 1 })
  globex = await seed('globex', 'Zebra')
  const tokenOf = async (input: object) => {
    const { token } = await server.tollgate.accessTokens.create(
      { tenantId: 'acme', ...input },
      {
        kind: 'tenant',
        tenantId: 'acme',
        keyId: null,
        scopes: new Set(['tokens:write', 'tenants:read', 'prices:read', 'usage:read', 'quotas:read', 'credits:read', 'billing:read']),
      },
    )
    return token
  }
  tokens = { tenant: await tokenOf({}), customer: await tokenOf({ customerId: 'carol' }) }
  for (const tenant of [acme, globex]) cursors.set(tenant.tenantId, await cursorsOf(tenant))
  live = await startLiveTestServer({ access: server.test.access, clock: server.clock })
  hashOfGlobex = await hashOfTenant(server.test, 'globex')
  server.logged.splice(0)
})
afterAll(async () => {
  await live.stop()
  await server.stop()
})

async function cursorsOf({ key, tenantId }: SeededTenant): Promise<Record<string, string | null | undefined>> {
  const found: Record<string, string | null | undefined> = {}
  for (const operation of OPERATIONS.filter(({ coordinates }) => coordinates.some(({ path }) => path.join('.') === 'after'))) {
    for (const [sender, named] of [
      [key, {}],
      [server.operatorKey, { tenantId }],
    ] as const) {
      const { data } = (await ask(sender, operation, { ...operation.variables, ...named })).answer
      found[operation.name] ??= data?.result?.pageInfo?.endCursor
    }
  }
  return found
}

async function ask(key: string, { text }: GeneratedOperation, variables: object) {
  const response = await server.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: text, variables }),
    }),
  )
  const body = await response.text()
  const headers = [...response.headers].filter(([name]) => name !== 'content-length' && name !== 'date').map(String)
  return { status: response.status, headers, body, answer: JSON.parse(body) as { data?: any; errors?: { extensions: { code: string } }[] } }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

/** A value of another tenant or customer, and one of the same form that does not exist. */
interface Pair {
  readonly foreign: string
  readonly missing: string
}

/** Returns an id like this one that does not exist. */
function missing(id: string): string {
  const [, quota] = /^quo_(.*)$/.exec(id) ?? []
  if (quota !== undefined)
    return `quo_${Buffer.from(
      Buffer.from(quota, 'base64url')
        .toString()
        .replace(/acme|globex/, 'nobody'),
    ).toString('base64url')}`
  return UUID.test(id) ? id.replace(UUID, found => `${found.slice(0, -4)}${found.endsWith('beef') ? 'feed' : 'beef'}`) : id.replace(/acme|globex/, 'nobody')
}

/** Returns a cursor of the same place in the order, at which there is nothing. */
function missingCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  const changed = UUID.test(text) ? missing(text) : text.replace(/\d+$/, found => `${found}9`)
  return Buffer.from(changed).toString('base64url')
}

function pairsAt({ name, type, path }: Coordinate, operation: GeneratedOperation, owner: SeededTenant): Pair[] {
  const field = path.at(-1) ?? ''
  const ofText = (prefix: string): Pair[] => [{ foreign: `${prefix}${owner.marker}`, missing: `${prefix}Nobody` }]
  if (field === 'after') {
    const cursor = cursors.get(owner.tenantId)?.[operation.name]
    return cursor === undefined || cursor === null ? [] : [{ foreign: cursor, missing: missingCursor(cursor) }]
  }
  if (type === 'String') {
    const prefix = TEXT_VALUES[field]
    return prefix === undefined ? [] : ofText(prefix)
  }
  if (field === 'tenantId') return [pairOf('Tenant', globex)]
  const kind = ID_VALUES[name]
  if (kind === undefined) throw new Error(`${name} takes an ID. Add it to ID_VALUES in argument-values.ts, with the type of node whose ids it takes`)
  if (kind === 'any node') return NODE_TYPES.map(of => pairOf(of, owner))
  return NODE_TYPES.includes(kind) || kind in owner.ids ? [pairOf(kind, owner)] : ofText(`${kind} `)
}

function pairOf(type: string, { ids }: SeededTenant): Pair {
  const foreign = ids[type]
  if (foreign === undefined) throw new Error(`No ${type} is seeded. Add one to seed-tenant.ts, and its id to the ids that it returns`)
  return { foreign, missing: missing(foreign) }
}

/** Replaces what differs between any two requests. Of mutations only the type of the answer, codes and messages are kept. */
function comparable({ kind }: GeneratedOperation, { status, headers, body, answer }: Awaited<ReturnType<typeof ask>>, given: string) {
  const texts = kind === 'query' ? body : JSON.stringify([answer.data?.result?.__typename, findErrors(answer.data?.result), answer.errors])
  const forms = [JSON.stringify(given).slice(1, -1).replaceAll('"', '\\"'), given, encodeURIComponent(given)]
  // Ids of quotas name the value of their scope.
  const readable = texts.replaceAll(/quo_([\w-]+)/g, (_id, encoded: string) => Buffer.from(encoded, 'base64url').toString())
  return { status, headers, texts: forms.reduce((text, form) => text.replaceAll(form, '<given>'), readable) }
}

function findErrors(result: object | undefined): unknown {
  return Object.entries(result ?? {}).filter(([name]) => /(?:^|_)(?:code|message|issues)$/.test(name))
}

const senders = () => [
  { sender: 'a key', key: acme.key, owner: globex, kinds: ['query', 'mutation'] },
  { sender: 'an access token', key: tokens.tenant, owner: globex, kinds: ['query'] },
  { sender: 'the access token of a customer', key: tokens.customer, owner: acme, kinds: ['query'] },
]

/** Returns the operation with ids of acme where an id is required. */
function withOwnIds(operation: GeneratedOperation): GeneratedOperation {
  const required = operation.coordinates.filter(({ type, path }) => type === 'ID' && path.length === 1 && (path[0] ?? '') in operation.variables)
  let { variables } = operation
  for (const coordinate of required) variables = withValue({ variables }, coordinate, pairsAt(coordinate, operation, acme)[0]?.foreign ?? '')
  return { ...operation, variables }
}

describe.each(OPERATIONS.filter(({ kind }) => kind !== 'subscription'))('$kind $name', every => {
  it('answers for what belongs to another tenant or customer as for what does not exist', async () => {
    for (const { sender, key, owner } of senders().filter(one => one.kinds.includes(every.kind))) {
      const operation = (key === tokens.customer ? OF_CUSTOMERS.get(nameOf(every)) : undefined) ?? every
      for (const coordinate of operation.coordinates) {
        for (const { foreign, missing: absent } of pairsAt(coordinate, operation, owner)) {
          const first = await ask(key, operation, withValue(operation, coordinate, foreign))
          const second = await ask(key, operation, withValue(operation, coordinate, absent))
          const where = `${sender}, ${coordinate.name} ${foreign}`
          expect(comparable(operation, first, foreign), where).toEqual(comparable(operation, second, absent))
          const shown = `${first.body}${String(first.headers)}`.replaceAll(JSON.stringify(foreign).slice(1, -1), '').replaceAll(encodeURIComponent(foreign), '')
          expect(shown, where).not.toContain(owner.marker)
        }
      }
      if (operation.kind === 'mutation') continue
      const { body, answer } = await ask(key, operation, withOwnIds(operation).variables)
      expect(body, sender).not.toContain(owner.marker)
      const codes = [answer.errors?.[0]?.extensions.code, ...Object.values(answer.data?.result ?? {})].filter(code => NOT_ASKED.has(code))
      expect(codes, `Give valid arguments of ${operation.name} in VALID_VALUES: ${body.slice(0, 300)}`).toEqual([])
    }
  })
})

it('changes no row of another tenant', async () => {
  expect(await hashOfTenant(server.test, 'globex')).toBe(hashOfGlobex)
})

it('leaves no trace of another tenant in the log', () => {
  expect(server.logged.map(line => JSON.stringify(line)).filter(line => line.includes(globex.marker))).toEqual([])
})

it('fails for a new operation with an ID that no value is known for', () => {
  const coordinate = { name: 'Query.thing.thingId', type: 'ID', path: ['thingId'], isList: false } as const
  const operation = { kind: 'query', name: 'thing', text: '', variables: {}, coordinates: [coordinate] } as const
  expect(() => pairsAt(coordinate, operation, globex)).toThrow('Query.thing.thingId takes an ID. Add it to ID_VALUES in argument-values.ts')
})

describe.each(OPERATIONS.filter(({ kind }) => kind === 'subscription'))('subscription $name', operation => {
  it('streams nothing of another tenant, and answers for it as for a tenant that does not exist', async () => {
    const open = (key: string, variables: Record<string, unknown>) => openEventStream({ url: live.url, key, query: operation.text, variables })
    const first = async (key: string, tenantId: string) => {
      const stream = await open(key, { tenantId })
      const text = `${stream.status} ${JSON.stringify(await stream.next())}`
      stream.drop()
      return text.replaceAll(tenantId, '<given>')
    }
    for (const key of [acme.key, tokens.tenant, tokens.customer]) {
      const answer = await first(key, 'globex')
      expect(answer).toBe(await first(key, 'nobody'))
      expect(answer).toContain('FORBIDDEN')
    }
    if (operation.coordinates.every(({ path }) => path[0] !== 'after')) return
    const after = operation.name === 'live' ? encodeLivePosition({ quotaAlert: '0', alert: '0', creditAlert: '0' }) : encodeCursor('0')
    const stream = await open(acme.key, { after })
    // The first update of `live` has only its cursor.
    const events = operation.name === 'live' ? [await stream.next(), await stream.next()] : [await stream.next()]
    const event = JSON.stringify(events)
    stream.drop()
    expect(event).toContain('acme')
    expect(event).not.toMatch(/globex|Zebra/)
  })
})
