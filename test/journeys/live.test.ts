import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { type Client, createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EventStream, openEventStream } from '../../apps/server/src/graphql/testing/event-stream.ts'
import { startLocalServer } from '../kit/local-server.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'

const ALERTS = 'subscription ($after: String) { quotaAlerts(after: $after) { cursor threshold } }'
const TOTALS = 'subscription { usageUpdates { today { calls } } }'

let database: TestDatabase
let one: ServerProcess
let two: ServerProcess
let key: string

beforeAll(async () => {
  database = await createTestDatabase()
  // With this drain, a stop that waited for subscriptions would exceed the timeout of the test.
  const environment = { DATABASE_URL: database.url, TOLLGATE_DRAIN_SECONDS: '600' }
  ;[one, two] = await Promise.all([startServer({ environment }), startServer({ environment })])
  await one.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  const { createApiKey } = await one.api.ask('mutation { createApiKey(input: { tenantId: "acme", name: "live" }) { ... on CreateApiKeyPayload { secret } } }')
  key = createApiKey.secret
  await one.api.ask(
    `mutation { setQuota(input: { tenantId: "acme", metric: CREDITS, window: DAY, limit: "100", enforcement: SOFT, alertAt: ["80", "100", "120", "150"] }) { __typename ... on Error { message } } }`,
  )
})
afterAll(async () => {
  await one?.stop()
  await two?.stop()
  await database?.drop()
})

/** Uses this many percent of the limit. */
const use = async (server: ServerProcess, percent: number) =>
  expect(
    await server.api
      .as(key)
      .ask(
        `mutation { enforceQuotas(input: { consume: true, requests: [{ metric: CREDITS, amount: "${percent}" }] }) { __typename ... on Error { message } } }`,
      ),
  ).toEqual({ enforceQuotas: { __typename: 'EnforceQuotasPayload' } })

/** A client that remembers the cursor of the last alert it received, across connections. */
interface Follower {
  readonly got: string[]
  connect(server: ServerProcess): Promise<void>
  next(): Promise<void>
  /** Cuts its connection, as a network failure does. */
  cut(): void
}

function followerByEvents(): Follower {
  let stream: EventStream
  let after: string | undefined
  const got: string[] = []
  return {
    got,
    async connect({ url }) {
      stream = await openEventStream({ url: `${url}/graphql`, key, query: ALERTS, ...(after !== undefined && { variables: { after } }) })
    },
    async next() {
      const result = await stream.next()
      const { cursor, threshold } = result?.data.quotaAlerts ?? {}
      after = cursor
      got.push(threshold)
    },
    cut: () => stream.drop(),
  }
}

function followerBySocket(): Follower {
  let client: Client
  let results: AsyncIterableIterator<any>
  let after: string | undefined
  const got: string[] = []
  return {
    got,
    async connect({ url }) {
      client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, connectionParams: { authorization: `Bearer ${key}` }, retryAttempts: 0 })
      after ??= await cursorNow()
      results = client.iterate({ query: ALERTS, variables: { after } })
    },
    async next() {
      const { cursor, threshold } = (await results.next()).value.data.quotaAlerts
      after = cursor
      got.push(threshold)
    },
    cut: () => client.terminate(),
  }
}

/** The cursor of a client that has received everything so far. */
async function cursorNow(): Promise<string> {
  const [{ last }] = (await database.asOwner<{ last: string }>('select last::text as last from quotas.alert_cursor')) as [{ last: string }]
  return Buffer.from(last).toString('base64url')
}

it('sends each client each alert once, from any server, also after cut connections and a killed server', async () => {
  const [events, socket] = [followerByEvents(), followerBySocket()]
  const clients = [events, socket]
  await events.connect(one)
  await socket.connect(two)
  await use(one, 85)
  await Promise.all(clients.map(client => client.next()))

  for (const client of clients) client.cut()
  await use(two, 20)
  await events.connect(two)
  await socket.connect(one)
  await Promise.all(clients.map(client => client.next()))

  const lost = socket.next().catch(() => 'lost')
  await one.kill()
  expect(await lost).toBe('lost')
  await use(two, 20)
  await socket.connect(two)
  await Promise.all(clients.map(client => client.next()))
  await use(two, 30)
  await Promise.all(clients.map(client => client.next()))
  for (const client of clients) expect(client.got).toEqual(['80', '100', '120', '150'])
  for (const client of clients) client.cut()
})

it('sends totals that another server recorded', async () => {
  await using other = await startLocalServer({ DATABASE_URL: database.url })
  const stream = await openEventStream({ url: `${two.url}/graphql`, key, query: TOTALS })
  const calls = async () => (await stream.next())?.data.usageUpdates.today.calls as number
  const before = await calls()
  await other.api.as(key).ask('mutation { trackUsage(input: { events: [{ operation: "chat" }, { operation: "chat" }] }) { __typename } }')
  while ((await calls()) !== before + 2);
  stream.drop()
})

it('stops at once while clients are subscribed, and tells them to reconnect', async () => {
  const stream = await openEventStream({ url: `${two.url}/graphql`, key, query: ALERTS })
  const client = createClient({ url: `${two.url.replace('http', 'ws')}/graphql`, connectionParams: { authorization: `Bearer ${key}` }, retryAttempts: 0 })
  const closed = new Promise<unknown>(resolve => client.on('closed', resolve))
  const connected = new Promise<void>(resolve => client.on('connected', () => resolve()))
  const results = client.iterate({ query: ALERTS })
  const next = results.next().catch(() => {})
  await connected
  expect(await two.stop()).toBe(0)
  await expect(stream.next()).rejects.toThrow()
  expect(await closed).toMatchObject({ code: 1001 })
  await next
})
