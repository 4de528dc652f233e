import { hash } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { MAX_KEYLESS_SOCKET_BYTES, MAX_MESSAGE_BYTES, MAX_SUBSCRIPTIONS_PER_SOCKET } from '../limits/subscription-limits.ts'
import { openEventStream } from '../testing/event-stream.ts'
import { type LiveTestServer, OPERATOR_KEY, startLiveTestServer } from '../testing/live-test-server.ts'
import { waitFor } from '../../../../../test/kit/wait-for.ts'

const ALERTS = 'subscription { quotaAlerts { cursor } }'

let test: TestDatabase
let server: LiveTestServer
const start = () => startLiveTestServer({ access: test.access, clock: settableClock('2026-11-20T12:00:00Z') })

beforeAll(async () => {
  test = await createTestDatabase()
  server = await start()
})
afterAll(async () => {
  await server.stop()
  await test.drop()
})

/** A connection that says what the test says, and keeps what it hears. */
function connect({
  to = server,
  protocol = 'graphql-transport-ws',
  headers = {},
}: { to?: LiveTestServer; protocol?: string; headers?: Record<string, string> } = {}) {
  const socket = new WebSocket(to.url.replace('http', 'ws'), protocol, { headers })
  const heard: any[] = []
  socket.on('message', data => heard.push(JSON.parse((data as Buffer).toString())))
  socket.on('error', () => {})
  return {
    socket,
    heard,
    opened: new Promise<void>(resolve => socket.once('open', resolve)),
    closed: new Promise<{ code: number; reason: string }>(resolve => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))),
    say: (message: object) => socket.send(JSON.stringify(message)),
    hears: (message: object) => waitFor(() => expect(heard).toContainEqual(expect.objectContaining(message))),
  }
}

/** One that is let in. */
async function connected(to = server) {
  const connection = connect({ to })
  await connection.opened
  connection.say({ type: 'connection_init', payload: { authorization: `Bearer ${OPERATOR_KEY}` } })
  await connection.hears({ type: 'connection_ack' })
  return connection
}

describe('a WebSocket', () => {
  it.each([
    ['as services send it', { authorization: `Bearer ${OPERATOR_KEY}` }],
    ['as browsers send it', { headers: { Authorization: `Bearer ${OPERATOR_KEY}` } }],
  ])('accepts a key in connection_init, %s', async (_, payload) => {
    const connection = connect()
    await connection.opened
    connection.say({ type: 'connection_init', payload })
    await connection.hears({ type: 'connection_ack' })
    connection.socket.terminate()
  })

  it('accepts a key in the header', async () => {
    const connection = connect({ headers: { authorization: `Bearer ${OPERATOR_KEY}` } })
    await connection.opened
    connection.say({ type: 'connection_init' })
    await connection.hears({ type: 'connection_ack' })
    connection.socket.terminate()
  })

  it.each([
    ['without a key', { type: 'connection_init' }, 4401, 'An API key is required: send the header "Authorization: Bearer <key>".'],
    [
      'with a bad key',
      { type: 'connection_init', payload: { authorization: 'Bearer nobody' } },
      4401,
      'The API key is unknown; check that it was copied in full.',
    ],
    ['that subscribes before connection_init', { type: 'subscribe', id: '1', payload: { query: ALERTS } }, 4401, 'Unauthorized'],
    ['that sends an invalid message', { type: 'colour' }, 4400, 'Invalid message received'],
  ])('is closed %s', async (_, message, code, reason) => {
    const connection = connect()
    await connection.opened
    connection.say(message)
    expect(await connection.closed).toEqual({ code, reason })
  })

  it('with another protocol is closed', async () => {
    const { closed } = connect({ protocol: 'graphql-ws' })
    expect((await closed).code).not.toBe(1000)
  })

  it('is closed when it sends too much before its key is known', async () => {
    const connection = connect()
    await connection.opened
    connection.say({ type: 'connection_init', payload: { authorization: `Bearer ${OPERATOR_KEY}`, more: 'x'.repeat(MAX_KEYLESS_SOCKET_BYTES) } })
    expect((await connection.closed).code).toBe(1006)
    expect(connection.heard).toEqual([])
  })

  it('may send more once its key is known', async () => {
    const connection = await connected()
    connection.say({ type: 'ping', payload: { more: 'x'.repeat(MAX_KEYLESS_SOCKET_BYTES) } })
    await connection.hears({ type: 'pong' })
    connection.socket.terminate()
  })

  it('is closed after a message that is too long', async () => {
    const connection = await connected()
    connection.say({ type: 'subscribe', id: '1', payload: { query: 'x'.repeat(MAX_MESSAGE_BYTES) } })
    expect((await connection.closed).code).toBe(1009)
  })

  it.each([
    ['a query', '{ viewer { kind } }', 'SUBSCRIPTIONS_ONLY'],
    ['a mutation', 'mutation { createTenant(input: { id: "x", name: "x" }) { __typename } }', 'SUBSCRIPTIONS_ONLY'],
    ['a syntax error', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['an invalid document', 'subscription { colour }', 'GRAPHQL_VALIDATION_FAILED'],
    ['several subscriptions in one document', 'subscription { quotaAlerts { cursor } usageUpdates { at } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a document with too many fields',
      `subscription { quotaAlerts { ${Array.from({ length: 1_001 }, (_, at) => `f${at}: cursor`).join(' ')} } }`,
      'QUERY_TOO_LARGE',
    ],
    [
      'a subscription that is too complex',
      `subscription { usageUpdates { ${Array.from({ length: 99 }, (_, at) => `t${at}: today { ...M }`).join(' ')} } } fragment M on UsageMeasures { ${'calls '.repeat(500)} }`,
      'QUERY_TOO_LARGE',
    ],
    ['too many aliases', `subscription { quotaAlerts { ${Array.from({ length: 201 }, (_, at) => `f${at}: cursor`).join(' ')} } }`, 'QUERY_TOO_LARGE'],
    ['too many directives', `subscription { quotaAlerts { ${'cursor @skip(if: false) '.repeat(51)} } }`, 'QUERY_TOO_LARGE'],
    ['values that are nested too deeply', `subscription { quotaAlerts(after: ${'['.repeat(64)}1${']'.repeat(64)}) { cursor } }`, 'QUERY_TOO_LARGE'],
  ])('rejects %s and stays open, as an event stream rejects it', async (_, query, code) => {
    const stream = await openEventStream({ url: server.url, key: OPERATOR_KEY, query })
    const overHttp = code === 'SUBSCRIPTIONS_ONLY' ? undefined : (await stream.next())?.errors?.[0]?.extensions.code
    expect(overHttp).toBe(code === 'SUBSCRIPTIONS_ONLY' ? undefined : code)
    stream.drop()
    const connection = await connected()
    connection.say({ type: 'subscribe', id: '1', payload: { query } })
    await waitFor(() => expect(connection.heard.length).toBeGreaterThanOrEqual(2))
    const { payload } = connection.heard[1]
    const { extensions } = (Array.isArray(payload) ? payload : payload.errors)[0]
    expect([extensions.code, extensions.http]).toEqual([code, undefined])
    connection.say({ type: 'ping' })
    await connection.hears({ type: 'pong' })
    expect(server.serving.operations.count()).toBe(0)
    connection.socket.terminate()
  })

  it('is closed when it sends several operations in one message', async () => {
    const connection = await connected()
    connection.say([1, 2].map(id => ({ type: 'subscribe', id: String(id), payload: { query: ALERTS } })))
    expect((await connection.closed).code).toBe(4400)
    expect(server.serving.operations.count()).toBe(0)
  })

  it('limits its number of subscriptions', async () => {
    const connection = await connected()
    for (let id = 0; id <= MAX_SUBSCRIPTIONS_PER_SOCKET; id++) connection.say({ type: 'subscribe', id: String(id), payload: { query: ALERTS } })
    await waitFor(() => expect(connection.heard).toHaveLength(2))
    expect(connection.heard[1]).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] })
    await waitFor(() => expect(server.serving.operations.count()).toBe(MAX_SUBSCRIPTIONS_PER_SOCKET))
    connection.say({ type: 'complete', id: '7' })
    await waitFor(() => expect(server.serving.operations.count()).toBe(MAX_SUBSCRIPTIONS_PER_SOCKET - 1))
    connection.socket.terminate()
    await waitFor(() => expect([server.serving.operations.count(), server.sockets.count()]).toEqual([0, 0]))
  })
})

it('closes WebSockets and the connections of event streams on stop, so that clients reconnect', async () => {
  const stopping = await start()
  const connection = await connected(stopping)
  connection.say({ type: 'subscribe', id: '1', payload: { query: ALERTS } })
  const stream = await openEventStream({ url: stopping.url, key: OPERATOR_KEY, query: ALERTS })
  await waitFor(() => expect(stopping.serving.operations.count()).toBe(2))
  await stopping.sockets.stop()
  stopping.serving.stop()
  expect(await connection.closed).toEqual({ code: 1001, reason: 'The server is stopping; reconnect' })
  expect(connection.heard.map(({ type }) => type)).toEqual(['connection_ack']) // No "complete", after which clients would not reconnect.
  await expect(stream.next()).rejects.toThrow() // Neither a result with an error nor "complete".
  const late = await openEventStream({ url: stopping.url, key: OPERATOR_KEY, query: ALERTS })
  expect([late.status, (await late.next())?.errors?.[0]?.extensions.code]).toEqual([503, 'STOPPING'])
  expect((await connect({ to: stopping }).closed).code).toBe(1006)
  await stopping.stop()
})

it('serves a repeated subscription as an event stream, and rejects a client that does not accept one', async () => {
  for (let time = 1; time <= 3; time++) {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${OPERATOR_KEY}` },
      body: JSON.stringify({ query: ALERTS }),
    })
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-accel-buffering')]).toEqual([200, 'text/event-stream', 'no'])
    await response.body?.cancel()
  }
  const get = await fetch(`${server.url}?query=${encodeURIComponent(ALERTS)}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${OPERATOR_KEY}` },
  })
  expect(get.status).toBe(200)
  await get.body?.cancel()
  const json = await fetch(server.url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${OPERATOR_KEY}` },
    body: JSON.stringify({ query: ALERTS }),
  })
  expect([json.status, await json.json()]).toMatchObject([406, { errors: [{ extensions: { code: 'NOT_ACCEPTABLE' } }] }])
  await waitFor(() => expect(server.serving.operations.count()).toBe(0))
})

it('serves persisted subscriptions by their hash, and no others if they are required', async () => {
  const other = 'subscription { alerts { cursor } }'
  const persisted = (required: boolean) => ({ operations: new Map([[hash('sha256', ALERTS), ALERTS]]), required })
  for (const required of [false, true]) {
    const serving = await startLiveTestServer({ access: test.access, clock: settableClock('2026-11-20T12:00:00Z'), persisted: persisted(required) })
    const connection = await connected(serving)
    const codeOf = async (payload: object) => {
      const at = connection.heard.length
      connection.say({ type: 'subscribe', id: '1', payload })
      await waitFor(() => expect(connection.heard.length).toBeGreaterThan(at))
      return connection.heard[at].payload[0].extensions.code
    }
    expect(await codeOf({ query: '', documentId: hash('sha256', other) })).toBe('PERSISTED_QUERY_NOT_IN_LIST')
    expect(await codeOf({ query: '' })).toBe('PERSISTED_QUERY_ID_REQUIRED')
    if (required) for (const query of [other, ALERTS]) expect(await codeOf({ query })).toBe('PERSISTED_QUERY_ONLY')
    const accepted = [
      { query: '', documentId: `sha256:${hash('sha256', ALERTS)}` },
      { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: hash('sha256', ALERTS) } } },
      ...(required ? [] : [{ query: other }]),
    ]
    for (const [id, payload] of accepted.entries()) connection.say({ type: 'subscribe', id: `accepted ${id}`, payload })
    await waitFor(() => expect(serving.serving.operations.count()).toBe(accepted.length))
    connection.socket.terminate()
    await serving.stop()
  }
})
