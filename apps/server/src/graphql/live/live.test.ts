import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { settableClock, tenantScope } from '@tollgate/kernel'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { KEY_SCOPES, type KeyScope } from '../../features/accounts/key-scopes.ts'
import { encodeCursor } from '../relay/cursor.ts'
import { type EventStream, type LiveResult, openEventStream } from '../testing/event-stream.ts'
import { type LiveTestServer, OPERATOR_KEY, startLiveTestServer } from '../testing/live-test-server.ts'
import { liveQuotaAlerts } from '../../features/quotas/live.ts'
import { waitFor } from '../../../../../test/kit/wait-for.ts'

const ALERTS =
  'subscription ($tenantId: ID, $after: String) { quotaAlerts(tenantId: $tenantId, after: $after) { cursor tenant { id } threshold used limit metric window scope scopeValue } }'

const clock = settableClock('2026-11-20T12:00:00Z')
let test: TestDatabase
let one: LiveTestServer
let two: LiveTestServer
let tenants = 0

beforeAll(async () => {
  test = await createTestDatabase()
  one = await startLiveTestServer({ access: test.access, clock })
  two = await startLiveTestServer({ access: test.access, clock })
})
afterAll(async () => {
  await one.stop()
  await two.stop()
  await test.drop()
})

/** A tenant of its own for each test, with a limit of 100 requests a day that alerts at 80 and 100 percent, for each customer. */
async function newTenant(timeZone = 'UTC'): Promise<string> {
  tenants += 1
  const id = `tenant-${tenants}`
  await one.tollgate.accounts.createTenant({ id, name: id, timeZone })
  await one.tollgate.quotas.setQuota({ tenantId: id, metric: 'requests', window: 'day', scope: ['customer'], limit: '100', alertAt: ['80', '100'] })
  return id
}

const keyOf = async (tenantId: string | null, scopes?: readonly KeyScope[]) =>
  one.tollgate.accounts.createApiKey({ tenantId, name: 'test', scopes }, new Set(KEY_SCOPES))

/** Uses so much of the limit of one customer. */
const use = (tenantId: string, amount: number, customer = 'c', server = one) =>
  server.tollgate.quotas.consume({ tenantId, requests: [{ metric: 'requests', amount: String(amount) }], dimensions: { customer } })

const open = (
  query: string,
  { key = OPERATOR_KEY, server = one, ...variables }: { key?: string; server?: LiveTestServer; tenantId?: string; after?: string },
) => openEventStream({ url: server.url, key, query, variables })

const alertIn = (result: LiveResult | undefined) => result?.data.quotaAlerts
const thresholdIn = (result: LiveResult | undefined) => Number(alertIn(result).threshold)
const codeIn = (result: LiveResult | undefined) => result?.errors?.[0]?.extensions.code

/** A cursor of now: what is raised from here on is behind it. */
const cursorNow = async () => encodeCursor(await one.tollgate.quotas.lastAlertCursor())

/** Every alert of a tenant that was raised behind a cursor, as the table has them. */
async function raisedBehind(cursor: string, tenantId: string): Promise<string[]> {
  const after = Buffer.from(cursor, 'base64url').toString()
  return (await one.tollgate.quotas.alerts(tenantScope(tenantId), { after, first: 1_000 })).map(alert => encodeCursor(alert.cursor))
}

describe('quotaAlerts', () => {
  it('are sent as they are raised on any server, over both transports', async () => {
    const tenantId = await newTenant()
    const { secret: key } = await keyOf(tenantId)
    const events = await open(ALERTS, { key })
    const socket = two.socketClient(key).iterate<any>({ query: ALERTS, variables: { after: await cursorNow() } })
    await use(tenantId, 85)
    const expected = {
      tenant: { id: tenantId },
      threshold: '80',
      used: '85',
      limit: '100',
      metric: 'REQUESTS',
      window: 'DAY',
      scope: ['CUSTOMER'],
      scopeValue: ['c'],
    }
    expect(alertIn(await events.next())).toMatchObject(expected)
    expect(alertIn((await socket.next()).value)).toMatchObject(expected)
    await use(tenantId, 15, 'c', two)
    expect(thresholdIn(await events.next())).toBe(100)
    expect(thresholdIn((await socket.next()).value)).toBe(100)
    events.drop()
    await socket.return?.()
    await waitFor(() => expect([one.serving.operations.count(), two.serving.operations.count()]).toEqual([0, 0]))
  })

  it('arrive exactly once and in order at clients that come and go while many are raised concurrently', async () => {
    const tenantId = await newTenant()
    const { secret: key } = await keyOf(tenantId)
    const start = await cursorNow()
    const customers = Array.from({ length: 30 }, (_, index) => `customer-${index}`)
    const raising = Promise.all(customers.map((customer, index) => use(tenantId, 100, customer, index % 2 === 0 ? one : two)))
    const alerts = customers.length * 2

    const overEvents = async (stays: readonly number[]) => {
      const got: string[] = []
      for (const [turn, stay] of [...stays, alerts].entries()) {
        if (got.length >= alerts) break
        const stream = await open(ALERTS, { key, after: got.at(-1) ?? start, server: turn % 2 === 0 ? one : two })
        for (let taken = 0; taken < stay && got.length < alerts; taken++) got.push(alertIn(await stream.next()).cursor)
        stream.drop()
      }
      return got
    }
    const overSockets = async (stays: readonly number[]) => {
      const got: string[] = []
      for (const [turn, stay] of [...stays, alerts].entries()) {
        if (got.length >= alerts) break
        const client = (turn % 2 === 0 ? two : one).socketClient(key)
        const results = client.iterate<any>({ query: ALERTS, variables: { after: got.at(-1) ?? start } })
        for (let taken = 0; taken < stay && got.length < alerts; taken++) got.push(alertIn((await results.next()).value).cursor)
        client.terminate()
      }
      return got
    }
    const clients = await Promise.all([
      overEvents([]),
      overEvents([1, 3, 20]),
      overEvents([7, 7, 7, 7]),
      overSockets([]),
      overSockets([2, 30]),
      overSockets([5, 1, 1]),
    ])
    await raising
    const expected = await raisedBehind(start, tenantId)
    expect(expected).toHaveLength(alerts)
    for (const got of clients) expect(got).toEqual(expected)
  })

  it('continue where they were for a client that reconnects by itself', async () => {
    const tenantId = await newTenant()
    const { secret: key } = await keyOf(tenantId)
    const connections: WebSocket[] = []
    class Noted extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol)
        connections.push(this)
      }
    }
    const client = createClient({
      url: one.url.replace('http', 'ws'),
      connectionParams: { authorization: `Bearer ${key}` },
      webSocketImpl: Noted,
      retryWait: async () => {},
    })
    let after = await cursorNow()
    const variables = {
      get after() {
        return after
      },
    }
    const results = client.iterate<any>({ query: ALERTS, variables })
    const thresholds: number[] = []
    const take = async () => {
      const { value } = await results.next()
      after = alertIn(value).cursor
      thresholds.push(thresholdIn(value))
    }
    await use(tenantId, 80)
    await take()
    const next = take()
    connections[0]?.terminate()
    await use(tenantId, 20, 'c', two)
    await next
    expect([thresholds, connections.length]).toEqual([[80, 100], 2])
    await client.dispose()
  })

  it('arrive after the connection for notifications was lost', async () => {
    const tenantId = await newTenant()
    const { secret: key } = await keyOf(tenantId)
    const stream = await open(ALERTS, { key })
    await test.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`)
    await use(tenantId, 80)
    expect(thresholdIn(await stream.next())).toBe(80)
    stream.drop()
  })

  it("are a tenant's own; an operator sees all, or those of the tenant that it names", async () => {
    const [mine, other] = [await newTenant(), await newTenant()]
    const after = await cursorNow()
    await use(other, 80)
    await use(mine, 80)
    const { secret: key } = await keyOf(mine)
    const own = await open(ALERTS, { key, after })
    expect(alertIn(await own.next()).tenant.id).toBe(mine)
    const named = await open(ALERTS, { tenantId: mine, after })
    expect(alertIn(await named.next()).tenant.id).toBe(mine)
    const all = await open(ALERTS, { after })
    expect([alertIn(await all.next()).tenant.id, alertIn(await all.next()).tenant.id]).toEqual([other, mine])
    for (const stream of [own, named, all]) stream.drop()
  })

  it.each([
    ['another tenant', async () => ({ key: (await keyOf(await newTenant())).secret, tenantId: await newTenant() }), 'FORBIDDEN'],
    ['an unknown tenant', async () => ({ tenantId: 'nobody' }), 'NOT_FOUND'],
    ['a key without the scope', async () => ({ key: (await keyOf(await newTenant(), ['usage:write'])).secret }), 'FORBIDDEN'],
    ['a bad key', async () => ({ key: 'no-key-of-anybody' }), 'UNAUTHENTICATED'],
    ['a malformed cursor', async () => ({ after: 'not a cursor' }), 'INVALID_INPUT'],
    ['a cursor of something else', async () => ({ after: encodeCursor('2026', 'x') }), 'INVALID_INPUT'],
    ['an empty cursor', async () => ({ after: '' }), 'INVALID_INPUT'],
    ['a cursor after the last alert', async () => ({ after: encodeCursor('999999999') }), 'INVALID_INPUT'],
  ])('reject %s, over both transports', async (_, request, code) => {
    const { key = OPERATOR_KEY, ...variables } = (await request()) as { key?: string; tenantId?: string; after?: string }
    const stream = await open(ALERTS, { key, ...variables })
    expect(codeIn(await stream.next())).toBe(code)
    expect(await stream.next()).toBeUndefined()
    const bySocket = one.socketClient(key).iterate<any>({ query: ALERTS, variables }).next()
    if (code === 'UNAUTHENTICATED')
      await expect(bySocket).rejects.toMatchObject({ code: 4401, reason: 'The API key is unknown; check that it was copied in full.' })
    else expect(codeIn((await bySocket).value)).toBe(code)
    expect(one.serving.operations.count()).toBe(0)
  })

  it('are read once for all subscribers', async () => {
    const tenantId = await newTenant()
    const { secret: key } = await keyOf(tenantId)
    const streams = await Promise.all(Array.from({ length: 20 }, () => open(ALERTS, { key })))
    await use(tenantId, 80)
    await Promise.all(streams.map(stream => stream.next()))
    one.statements()
    const next = streams.map(stream => stream.next())
    await use(tenantId, 20, 'c', two)
    await Promise.all(next)
    expect(one.statements().filter(statement => statement.includes('from quotas.alerts')).length).toBeLessThanOrEqual(2)
    for (const stream of streams) stream.drop()
  })
})

describe('a subscription that can go on ends with its connection and without a last result, so that clients subscribe again,', () => {
  /** Reads up to the end, which must be a lost connection. Returns the cursors. */
  async function readToTheCut(stream: EventStream): Promise<string[]> {
    const got: string[] = []
    for (;;) {
      const result = await stream.next().catch(() => 'cut' as const)
      if (result === 'cut') return got
      expect(result?.errors).toBeUndefined()
      got.push(alertIn(result).cursor)
    }
  }

  it('at once when its key was revoked, by any server', async () => {
    const tenantId = await newTenant()
    const { secret: key, apiKey } = await keyOf(tenantId)
    const after = await cursorNow()
    await use(tenantId, 80)
    const stream = await open(ALERTS, { key, after })
    await stream.next()
    const client = one.socketClient(key)
    const closed = new Promise<CloseEvent>(resolve => client.on('closed', event => resolve(event as CloseEvent)))
    const results = client.iterate<any>({ query: ALERTS, variables: { after } })
    await results.next()
    const next = results.next().catch((error: unknown) => error)
    // Another server revokes it and notifies this one.
    await two.tollgate.accounts.revokeApiKey(apiKey.id)
    expect(await readToTheCut(stream)).toEqual([])
    // After this code, clients connect again, and read their key again.
    const forbidden = { code: 4403, reason: 'The API key was revoked; ask an operator for a new one.' }
    expect([await closed, await next]).toMatchObject([forbidden, forbidden])
    await waitFor(() => expect([one.serving.operations.count(), one.sockets.count()]).toEqual([0, 0]))
  })

  it('when its access token expires, after which a client goes on with a new token', async () => {
    const tenantId = await newTenant()
    const { secret, apiKey } = await keyOf(tenantId)
    const creator = { kind: 'tenant', tenantId, keyId: apiKey.id, scopes: new Set(apiKey.scopes) } as const
    const newToken = async () => (await two.tollgate.accessTokens.create({ tenantId, ttlSeconds: 20 }, creator)).token
    const [withToken, withKey] = [await open(ALERTS, { key: await newToken() }), await open(ALERTS, { key: secret })]
    let tokens = 0
    const connectionParams = async () => {
      tokens += 1
      return { authorization: `Bearer ${await newToken()}` }
    }
    const client = createClient({ url: one.url.replace('http', 'ws'), connectionParams, webSocketImpl: WebSocket, retryWait: async () => {} })
    const results = client.iterate<any>({ query: ALERTS, variables: { after: await cursorNow() } })
    const next = results.next()
    await waitFor(() => expect(one.serving.operations.count()).toBe(3))
    clock.advance({ seconds: 20 })
    await one.serving.check()
    expect(await readToTheCut(withToken)).toEqual([])
    await use(tenantId, 80)
    expect([thresholdIn((await next).value), tokens]).toEqual([80, 2])
    expect(thresholdIn(await withKey.next())).toBe(80)
    withKey.drop()
    await client.dispose()
  })

  it('when its session expires', async () => {
    const { token } = await one.tollgate.sessions.create({ kind: 'operator', keyId: null, scopes: new Set(KEY_SCOPES) })
    const [withSession, withKey] = [await open(ALERTS, { key: token }), await open(ALERTS, { key: OPERATOR_KEY })]
    clock.advance({ hours: 1 })
    await one.serving.check()
    expect(await readToTheCut(withSession)).toEqual([])
    expect(one.serving.operations.count()).toBe(1)
    withKey.drop()
  })

  it('soon after its key has expired', async () => {
    const tenantId = await newTenant()
    const expiresAt = clock.now().add({ seconds: 20 })
    const { secret: key } = await one.tollgate.accounts.createApiKey({ tenantId, name: 'short', expiresAt }, new Set(KEY_SCOPES))
    const stream = await open(ALERTS, { key })
    clock.advance({ seconds: 31 })
    await one.serving.check()
    expect(await readToTheCut(stream)).toEqual([])
  })

  it('when its client stops reading; what was not read can be resumed', async () => {
    const tenantId = await newTenant()
    const { secret: key } = await keyOf(tenantId)
    const after = await cursorNow()
    await Promise.all(Array.from({ length: 200 }, (_, index) => use(tenantId, 100, `customer-${index}`)))
    const stream = await open(LONG_ALERTS, { key, after })
    // Until the server waits for the client, a check ends nothing.
    await vi.waitFor(
      async () => {
        clock.advance({ seconds: 61 })
        await one.serving.check()
        expect(one.serving.operations.count()).toBe(0)
      },
      { timeout: 20_000 },
    )
    const got = await readToTheCut(stream)
    const expected = await raisedBehind(after, tenantId)
    expect(got.length).toBeLessThan(expected.length)
    const again = await open(ALERTS, { key, after: got.at(-1) ?? after })
    while (got.length < expected.length) got.push(alertIn(await again.next()).cursor)
    expect(got).toEqual(expected)
    again.drop()
  })

  it('when the database is lost, and does not end with an error', async () => {
    const tenantId = await newTenant()
    const { secret: key } = await keyOf(tenantId)
    const unreachable = Object.assign(new Error('no connection'), { code: 'ECONNREFUSED', syscall: 'connect' })
    const quotaAlerts = one.live.source(liveQuotaAlerts)
    const { follow } = quotaAlerts
    const following = vi
      .spyOn(quotaAlerts, 'follow')
      .mockImplementation(async (...request) => Object.assign(await follow(...request), { next: () => Promise.reject(unreachable) }))
    const stream = await open(ALERTS, { key })
    following.mockRestore()
    expect(await readToTheCut(stream)).toEqual([])
    expect(one.serving.operations.count()).toBe(0)
  })
})

/** Twelve megabytes for 400 alerts, which is more than the buffers between server and client hold. */
const LONG_ALERTS = ALERTS.replace('cursor', `cursor ${Array.from({ length: 190 }, (_, index) => `${'x'.repeat(140)}${index}: tenantId`).join(' ')}`)
