import type { DatabaseAccess } from '@tollgate/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY_SCOPES } from '../../accounts/key-scopes.ts'
import { type LiveResult, openEventStream } from '../../../graphql/testing/event-stream.ts'
import { type LiveTestServer, OPERATOR_KEY, startLiveTestServer } from '../../../graphql/testing/live-test-server.ts'
import { liveUsage } from '../live/live-usage.ts'
import { waitFor } from '../../../../../../test/kit/wait-for.ts'

const TOTALS =
  'subscription ($tenantId: ID) { usageUpdates(tenantId: $tenantId) { tenant { id } at timeZone todayFrom today { calls cost } monthFrom month { calls } } }'

const clock = settableClock('2026-11-20T12:00:00Z')
let test: TestDatabase
let one: LiveTestServer
let two: LiveTestServer

beforeAll(async () => {
  test = await createTestDatabase()
  one = await startLiveTestServer({ access: test.access, clock })
  two = await startLiveTestServer({ access: test.access, clock })
  await one.tollgate.accounts.createTenant({ id: 'acme', name: 'Acme', timeZone: 'Asia/Kolkata' })
  await one.tollgate.accounts.createTenant({ id: 'globex', name: 'Globex' })
})
afterAll(async () => {
  await one.stop()
  await two.stop()
  await test.drop()
})

const track = (tenantId: string, calls: number, server = one) =>
  server.tollgate.usage.track({ tenantId, events: Array.from({ length: calls }, () => ({ operation: 'chat' })) })

const open = (key: string, variables: { tenantId?: string } = {}, server = one) => openEventStream({ url: server.url, key, query: TOTALS, variables })

const totalsIn = (result: LiveResult | undefined) => result?.data.usageUpdates
const keyOf = async (tenantId: string) => (await one.tollgate.accounts.createApiKey({ tenantId, name: 'test' }, new Set(KEY_SCOPES))).secret

/** Reads until the day has this many calls. Returns the number of updates that took. */
async function readUntil(stream: { next(): Promise<LiveResult | undefined> }, calls: number): Promise<number> {
  for (let updates = 1; ; updates++) if (totalsIn(await stream.next()).today.calls === calls) return updates
}

describe('usageUpdates', () => {
  it("send the usage of the tenant's day and month, and again after usage was recorded on any server", async () => {
    const key = await keyOf('acme')
    await track('acme', 2)
    const stream = await open(key)
    expect(totalsIn(await stream.next())).toEqual({
      tenant: { id: 'acme' },
      at: '2026-11-20T12:00:00Z',
      timeZone: 'Asia/Kolkata',
      todayFrom: '2026-11-19T18:30:00Z',
      today: { calls: 2, cost: '0' },
      monthFrom: '2026-10-31T18:30:00Z',
      month: { calls: 2 },
    })
    await track('acme', 1)
    await readUntil(stream, 3)
    await track('acme', 4, two)
    await readUntil(stream, 7)
    stream.drop()
  })

  it('cover all tenants together for an operator that names none', async () => {
    const stream = await open(OPERATOR_KEY, {}, two)
    const { tenant, timeZone, today } = totalsIn(await stream.next())
    expect([tenant, timeZone]).toEqual([null, 'UTC'])
    await track('globex', 5)
    await readUntil(stream, today.calls + 5)
    const named = await open(OPERATOR_KEY, { tenantId: 'globex' }, two)
    expect(totalsIn(await named.next())).toMatchObject({ tenant: { id: 'globex' }, today: { calls: 5 } })
    stream.drop()
    named.drop()
  })

  it('include units and reasons of unpriced calls if they are selected', async () => {
    await one.tollgate.accounts.createTenant({ id: 'dreamer', name: 'Dreamer' })
    const measures = '{ units { kind quantity } unpricedReasons { reason calls } }'
    const query = `subscription { usageUpdates(tenantId: "dreamer") { today ${measures} month ${measures} } }`
    const stream = await openEventStream({ url: one.url, key: OPERATOR_KEY, query })
    const none = { units: [], unpricedReasons: [] }
    expect(totalsIn(await stream.next())).toEqual({ today: none, month: none })
    await one.tollgate.usage.track({
      tenantId: 'dreamer',
      events: [{ operation: 'sleep', provider: 'pillow', model: 'rem-1', units: [{ kind: 'dream', quantity: '2' }] }],
    })
    const some = { units: [{ kind: 'dream', quantity: '2' }], unpricedReasons: [{ reason: 'UNKNOWN_MODEL', calls: 1 }] }
    let totals = totalsIn(await stream.next())
    // The month is read after the day, and may have the event first.
    while (totals.today.units.length === 0) totals = totalsIn(await stream.next())
    expect(totals).toEqual({ today: some, month: some })
    stream.drop()
  })

  it('reject a tenant that follows another tenant', async () => {
    const stream = await open(await keyOf('acme'), { tenantId: 'globex' })
    expect((await stream.next())?.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  it("send only the usage of its customer to a customer's access token, which gets nothing of others", async () => {
    await one.tollgate.accounts.createTenant({ id: 'shop', name: 'Shop' })
    const { apiKey } = await one.tollgate.accounts.createApiKey({ tenantId: 'shop', name: 'backend' }, new Set(KEY_SCOPES))
    const creator = { kind: 'tenant', tenantId: 'shop', keyId: apiKey.id, scopes: new Set(apiKey.scopes) } as const
    const { token } = await one.tollgate.accessTokens.create({ tenantId: 'shop', customerId: 'ada', ttlSeconds: 600 }, creator)
    const trackFor = (customerId: string, calls: number) =>
      one.tollgate.usage.track({ tenantId: 'shop', events: Array.from({ length: calls }, () => ({ operation: 'chat', metadata: { customerId } })) })
    await trackFor('ada', 2)
    await trackFor('bob', 5)
    const query = 'subscription ($customerId: ID) { usageUpdates(customerId: $customerId) { today { calls customers } month { calls } } }'
    const stream = await openEventStream({ url: one.url, key: token, query })
    expect(totalsIn(await stream.next())).toEqual({ today: { calls: 2, customers: 1 }, month: { calls: 2 } })
    await trackFor('bob', 3)
    await trackFor('ada', 1)
    await readUntil(stream, 3)
    stream.drop()
    const codeOf = async (text: string, variables = {}) => {
      const refused = await openEventStream({ url: one.url, key: token, query: text, variables })
      const code = (await refused.next())?.errors?.[0]?.extensions.code
      refused.drop()
      return code
    }
    expect(await codeOf(query, { customerId: 'bob' })).toBe('FORBIDDEN')
    expect(await codeOf('subscription { usageUpdates(tenantId: "globex") { at } }')).toBe('FORBIDDEN')
    expect(await codeOf('subscription { usageUpdates { tenant { name } } }')).toBe('FORBIDDEN')
    for (const other of ['quotaAlerts(tenantId: "globex")', 'alerts']) expect(await codeOf(`subscription { ${other} { cursor } }`)).toBe('FORBIDDEN')
  })

  it('of a customer require a tenant', async () => {
    const stream = await openEventStream({ url: one.url, key: OPERATOR_KEY, query: 'subscription { usageUpdates(customerId: "ada") { at } }' })
    expect((await stream.next())?.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', issues: [{ path: 'tenantId' }] } }])
    const named = 'subscription { usageUpdates(tenantId: "shop", customerId: "bob") { today { calls } } }'
    const ofBob = await openEventStream({ url: one.url, key: OPERATOR_KEY, query: named })
    expect(totalsIn(await ofBob.next())).toEqual({ today: { calls: 8 } })
    ofBob.drop()
  })

  it('are combined when they are close together, and read once for all subscribers', async () => {
    const streams = await Promise.all(Array.from({ length: 10 }, () => open(OPERATOR_KEY, { tenantId: 'globex' })))
    const { today } = totalsIn((await Promise.all(streams.map(stream => stream.next())))[0])
    one.statements()
    const startedAt = performance.now()
    for (let call = 0; call < 40; call++) await track('globex', 1)
    const updates = await Promise.all(streams.map(stream => readUntil(stream, today.calls + 40)))
    // Twice a second, however long the calls take on a busy machine.
    const maxReads = 2 + (performance.now() - startedAt) / 500
    expect(Math.max(...updates)).toBeLessThanOrEqual(maxReads)
    const sent = one.statements()
    const reads = sent.filter(statement => statement.includes('rollups')).length
    expect(reads).toBeLessThanOrEqual(maxReads * 4) // For day and month, not per subscriber.
    // Its tenant is read for the totals and for the result, which is executed once for all of them.
    expect(sent.filter(statement => statement === 'entities').length).toBeLessThanOrEqual(2 * Math.max(...updates) + 2)
    for (const stream of streams) stream.drop()
  })

  it('start again when the day ends, without any usage', async () => {
    const stream = await open(OPERATOR_KEY, { tenantId: 'globex' })
    expect(totalsIn(await stream.next()).today.calls).toBeGreaterThan(0)
    clock.set('2026-11-21T00:00:00Z')
    one.live.source(liveUsage).startNewDays()
    expect(totalsIn(await stream.next())).toMatchObject({ todayFrom: '2026-11-21T00:00:00Z', today: { calls: 0 } })
    stream.drop()
  })

  it('cost nothing while nobody subscribes', async () => {
    await waitFor(() => expect([one.live.source(liveUsage).hasFollowers(), two.live.source(liveUsage).hasFollowers()]).toEqual([false, false]))
    const quiet = await startLiveTestServer({ access: await emptyDatabase(), clock })
    await quiet.tollgate.accounts.createTenant({ id: 'acme', name: 'Acme' })
    const notified: string[] = []
    await track('acme', 1, quiet)
    await new Promise(setImmediate)
    notified.push(...quiet.statements().filter(statement => statement.includes('pg_notify')))
    await track('acme', 1, quiet)
    expect(notified).toHaveLength(1) // At its start it asks whether other servers have subscribers.
    expect(quiet.statements().filter(statement => statement.includes('pg_notify'))).toEqual([])
    await quiet.stop()
  })
})

const others: TestDatabase[] = []
afterAll(async () => {
  for (const other of others) await other.drop()
})

async function emptyDatabase(): Promise<DatabaseAccess> {
  const other = await createTestDatabase()
  others.push(other)
  return other.access
}
