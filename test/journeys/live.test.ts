import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Client as UrqlClient, type CombinedError, fetchExchange } from '@urql/core'
import { retryExchange } from '@urql/exchange-retry'
import { createClient as createEventClient } from 'graphql-sse'
import { type Client, createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type EventStream, openEventStream } from '../../apps/server/src/graphql/testing/event-stream.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'
import { waitFor } from '../kit/wait-for.ts'

const ALERTS = 'subscription ($after: String) { quotaAlerts(after: $after) { cursor threshold } }'
const LIVE = 'subscription ($after: String) { live(after: $after) { cursor quotaAlert { threshold } } }'
const TOTALS = 'subscription { usageUpdates { today { calls } } }'

let database: TestDatabase
let one: ServerProcess
let two: ServerProcess
let other: LocalServer
let key: string

beforeAll(async () => {
  database = await createTestDatabase()
  // With this drain, a stop that waited for subscriptions would exceed the timeout of the test.
  const environment = { DATABASE_URL: database.url, TOLLGATE_DRAIN_SECONDS: '600' }
  ;[one, two, other] = await Promise.all([startServer({ environment }), startServer({ environment }), startLocalServer({ DATABASE_URL: database.url })])
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
  await other?.stop()
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
  const stream = await openEventStream({ url: `${two.url}/graphql`, key, query: TOTALS })
  const calls = async () => (await stream.next())?.data.usageUpdates.today.calls as number
  const before = await calls()
  await other.api.as(key).ask('mutation { trackUsage(input: { events: [{ operation: "chat" }, { operation: "chat" }] }) { __typename } }')
  while ((await calls()) !== before + 2);
  stream.drop()
})

/** Follows `live` with a client as its guide shows it. It reads its key and its cursor again whenever it connects. */
interface LiveClient {
  readonly name: string
  /** Returns what ends the client. `onUpdate` is called with each update. */
  follow(url: string, onUpdate: (update: any) => void): () => void
}

let currentKey: string
const authorization = () => `Bearer ${currentKey}`
const soon = () => new Promise<void>(done => setTimeout(done, 50))

/** Returns variables with the cursor of the last update, and keeps the cursor of each update. */
function resuming(onUpdate: (update: any) => void) {
  let after: string | undefined
  return {
    variables: {
      get after() {
        return after
      },
    },
    next(update: any) {
      after = update.cursor
      onUpdate(update)
    },
  }
}

const LIVE_CLIENTS: readonly LiveClient[] = [
  {
    name: 'graphql-ws',
    follow(url, onUpdate) {
      const client = createClient({
        url: url.replace('http', 'ws'),
        connectionParams: async () => ({ authorization: authorization() }),
        retryAttempts: Infinity,
        shouldRetry: () => true,
        retryWait: soon,
      })
      const { variables, next } = resuming(onUpdate)
      return client.subscribe<any>({ query: LIVE, variables }, { next: ({ data }) => next(data.live), error: () => {}, complete: () => {} })
    },
  },
  {
    name: 'graphql-sse',
    follow(url, onUpdate) {
      const client = createEventClient({ url, headers: () => ({ authorization: authorization() }), retryAttempts: Infinity, retry: soon })
      const { variables, next } = resuming(onUpdate)
      return client.subscribe<any>({ query: LIVE, variables }, { next: ({ data }) => next(data.live), error: () => {}, complete: () => {} })
    },
  },
  {
    name: 'urql',
    follow(url, onUpdate) {
      const retryIf = ({ networkError, response }: CombinedError) => networkError !== undefined || (response as Response | undefined)?.status === 503
      const client = new UrqlClient({
        url,
        preferGetMethod: false,
        fetchSubscriptions: true,
        fetchOptions: () => ({ headers: { authorization: authorization() } }),
        exchanges: [retryExchange({ maxNumberAttempts: Infinity, initialDelayMs: 50, maxDelayMs: 50, retryIf }), fetchExchange],
      })
      const { variables, next } = resuming(onUpdate)
      return client.subscription(LIVE, variables).subscribe(({ data }) => data !== undefined && next(data.live)).unsubscribe
    },
  },
]

it('stops at once while clients follow, which come back by themselves after a restart, with a new key, and lose no alert and get none twice', async () => {
  const api = other.api.as(key)
  const consume = (percent: number) =>
    api.ask(`mutation { enforceQuotas(input: { consume: true, requests: [{ metric: REQUESTS, amount: "${percent}" }] }) { __typename } }`)
  await other.api.ask(
    'mutation { setQuota(input: { tenantId: "acme", metric: REQUESTS, window: DAY, limit: "100", enforcement: SOFT, alertAt: ["10", "20", "30", "40"] }) { __typename } }',
  )
  const newKey = async () =>
    (await other.api.ask('mutation { createApiKey(input: { tenantId: "acme", name: "page" }) { ... on CreateApiKeyPayload { secret apiKey { id } } } }'))
      .createApiKey
  const first = await newKey()
  currentKey = first.secret
  const got: Record<string, any[]> = {}
  const ends = LIVE_CLIENTS.map(({ name, follow }) => {
    const updates: any[] = []
    got[name] = updates
    return follow(`${two.url}/graphql`, update => updates.push(update))
  })
  const alertsOf = () => Object.entries(got).map(([name, updates]) => [name, updates.flatMap(({ quotaAlert }) => quotaAlert?.threshold ?? [])])
  const everyone = (alerts: readonly string[]) => LIVE_CLIENTS.map(({ name }) => [name, alerts])
  // They are connected, and have received nothing else.
  await waitFor(() => expect(Object.values(got).map(updates => updates.length)).toEqual([1, 1, 1]))

  const stream = await openEventStream({ url: `${two.url}/graphql`, key, query: ALERTS })
  const socket = createClient({ url: `${two.url.replace('http', 'ws')}/graphql`, connectionParams: { authorization: `Bearer ${key}` }, retryAttempts: 0 })
  const closed = new Promise<unknown>(resolve => socket.on('closed', resolve))
  const connected = new Promise<void>(resolve => socket.on('connected', () => resolve()))
  const next = socket
    .iterate({ query: ALERTS })
    .next()
    .catch(() => {})
  await connected
  expect(await two.stop()).toBe(0)
  await expect(stream.next()).rejects.toThrow()
  expect(await closed).toMatchObject({ code: 1001 })
  await next

  await consume(10)
  await consume(10)
  currentKey = (await newKey()).secret
  await other.api.ask(`mutation { revokeApiKey(input: { id: "${first.apiKey.id}" }) { __typename } }`)
  await using restarted = await startLocalServer({ DATABASE_URL: database.url, PORT: new URL(two.url).port })
  expect(restarted.url).toBe(two.url)
  await vi.waitFor(() => expect(alertsOf()).toEqual(everyone(['10', '20'])), { timeout: 20_000 })
  await consume(10)
  await vi.waitFor(() => expect(alertsOf()).toEqual(everyone(['10', '20', '30'])), { timeout: 20_000 })
  for (const end of ends) end()
})
