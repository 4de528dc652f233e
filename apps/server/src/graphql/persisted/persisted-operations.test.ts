import { hash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { parseExactJson } from '@tollgate/kernel'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serverAuthenticator } from '../../features/accounts/server-authenticator.ts'
import { createGraphQLListener } from '../graphql-listener.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'
import { worksOffline } from '../works-offline.ts'

const WHO = 'query Who { viewer { kind } }'
const TRACK =
  'mutation Track($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { idempotencyKey outcome issues { path } } } } }'
const ENFORCE = 'mutation ($input: EnforceQuotasInput!) { enforceQuotas(input: $input) { __typename } }'
const operations = new Map([WHO, TRACK, ENFORCE].map(query => [hash('sha256', query), query]))
const idOf = (query: string) => hash('sha256', query)
const apollo = (query: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: idOf(query) } } })

let graphql: GraphQLTestServer
let executedByYoga = 0
const servers: Record<'optional' | 'required' | 'optional, without the fast path' | 'required, without the fast path', Server> = {} as typeof servers

beforeAll(async () => {
  graphql = await startGraphQLTestServer()
  const { tollgate, clock, operatorKey } = graphql
  const authenticator = serverAuthenticator({ accounts: tollgate.accounts, clock, operatorKey })
  const count = { onExecute: () => void (executedByYoga += 1) }
  const options = { tollgate, authenticator, logger: pino({ level: 'silent' }), plugins: [count] }
  for (const [name, required, fastPath] of [
    ['optional', false, true],
    ['required', true, true],
    ['optional, without the fast path', false, false],
    ['required, without the fast path', true, false],
  ] as const) {
    servers[name] = await serve(createGraphQLListener({ ...options, fastPath, persisted: { operations, required } }))
  }
})
afterAll(async () => {
  for (const server of Object.values(servers)) server.close()
  await graphql.stop()
})

function serve(handle: ReturnType<typeof createGraphQLListener>): Promise<Server> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = request.method === 'POST' ? { body: parseExactJson(await text(request)) as object } : {}
    await handle(Object.assign(request, body), response, { requestId: 'test' })
  }
  const server = createServer((request, response) => void answer(request, response))
  return new Promise(done => server.listen(0, () => done(server)))
}

async function ask(server: Server, body: object) {
  const { port } = server.address() as AddressInfo
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${graphql.operatorKey}` }
  const response = await fetch(`http://localhost:${port}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, ...((await response.json()) as { data?: any; errors?: { message: string; extensions: { code: string } }[] }) }
}

describe.each(['optional', 'required', 'optional, without the fast path', 'required, without the fast path'] as const)('persisted operations: %s', name => {
  it.each<[string, object]>([
    ['documentId', { documentId: idOf(WHO) }],
    ['documentId with the name of the hash', { documentId: `sha256:${idOf(WHO)}` }],
    ['the extension of Apollo clients', apollo(WHO)],
    ['an empty text and documentId', { query: '', documentId: idOf(WHO) }],
  ])('are executed by %s, however often', async (_, body) => {
    for (let time = 1; time <= 3; time++) expect(await ask(servers[name], body)).toEqual({ status: 200, data: { viewer: { kind: 'OPERATOR' } } })
  })
  it('take variables, of which wrong ones reject only their event', async () => {
    const input = {
      tenantId: 'acme',
      events: [
        { idempotencyKey: 'good', operation: 'chat' },
        { idempotencyKey: 'bad', operation: 7 },
      ],
    }
    for (let time = 1; time <= 2; time++) {
      const { data } = await ask(servers[name], { documentId: idOf(TRACK), variables: { input } })
      expect(data.trackUsage.results).toMatchObject([
        { idempotencyKey: 'good' },
        { idempotencyKey: 'bad', outcome: 'REJECTED', issues: [{ path: 'operation' }] },
      ])
    }
  })
  it.each<[string, object, string]>([
    ['an unknown hash', { documentId: idOf('{ __typename }') }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['a name that objects inherit', { documentId: 'constructor' }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['no operation', { variables: {} }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['a hash that is not text', { documentId: 7 }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['another version of the extension', { extensions: { persistedQuery: { version: 2, sha256Hash: idOf(WHO) } } }, 'PERSISTED_QUERY_ID_REQUIRED'],
  ])('are not found by %s', async (_, body, code) => {
    expect(await ask(servers[name], body)).toMatchObject({ status: 400, errors: [{ extensions: { code } }] })
  })
  it('are read by GET too', async () => {
    const { port } = servers[name].address() as AddressInfo
    const get = async (query: string) => {
      const response = await fetch(`http://localhost:${port}/graphql?${query}`, { headers: { authorization: `Bearer ${graphql.operatorKey}` } })
      return response.json()
    }
    expect(await get(`documentId=${idOf(WHO)}`)).toEqual({ data: { viewer: { kind: 'OPERATOR' } } })
    expect(await get(`extensions=${encodeURIComponent(JSON.stringify(apollo(WHO).extensions))}`)).toEqual({ data: { viewer: { kind: 'OPERATOR' } } })
    expect(await get(`documentId=${idOf(TRACK)}`)).toMatchObject({ errors: [{ message: expect.stringContaining('mutation') }] })
  })
})

describe.each(['', ', without the fast path'] as const)('other operations%s', rest => {
  it('are executed if persisted ones are optional', async () => {
    for (let time = 1; time <= 2; time++)
      expect((await ask(servers[`optional${rest}`], { query: '{ viewer { kind } }' })).data).toEqual({ viewer: { kind: 'OPERATOR' } })
  })
  it.each([{ query: '{ viewer { kind } }' }, { query: WHO }, { query: WHO, documentId: idOf(WHO) }, { query: WHO, ...apollo(WHO) }])(
    'are rejected if persisted ones are required: %j',
    async body => {
      await ask(servers[`required${rest}`], { documentId: idOf(WHO) })
      for (let time = 1; time <= 2; time++) {
        expect(await ask(servers[`required${rest}`], body)).toEqual({
          status: 400,
          errors: [{ message: expect.stringContaining('Send the SHA-256 hash'), extensions: { code: 'PERSISTED_QUERY_ONLY' } }],
        })
      }
    },
  )
})

it('answers a known persisted operation without yoga', async () => {
  for (const body of [{ documentId: idOf(WHO) }, apollo(WHO)]) {
    await ask(servers.required, body)
    const before = executedByYoga
    await ask(servers.required, body)
    expect(executedByYoga).toBe(before)
  }
})

it('decides quotas by a persisted operation while the database is down', () => {
  const persisted = { operations, required: true }
  expect(worksOffline({ documentId: idOf(ENFORCE) }, persisted)).toBe(true)
  expect(worksOffline({ documentId: idOf(TRACK) }, persisted)).toBe(false)
  expect(worksOffline({ query: ENFORCE }, persisted)).toBe(false)
})
