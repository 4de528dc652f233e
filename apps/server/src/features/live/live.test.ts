import { randomUUID } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Decimal, settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodeCursor } from '../../graphql/relay/cursor.ts'
import { type EventStream, openEventStream } from '../../graphql/testing/event-stream.ts'
import { type LiveTestServer, startLiveTestServer } from '../../graphql/testing/live-test-server.ts'
import { KEY_SCOPES, type KeyScope } from '../accounts/key-scopes.ts'

const ADDRESS = { line1: 'Main Street 1', line2: null, postalCode: '10115', city: 'Berlin', region: null, country: 'DE' }
const BUYER = { address: ADDRESS, taxId: null, taxExemption: null, email: null, locale: 'en', reference: null, paymentTermDays: 14 }
const clock = settableClock('2026-11-20T12:00:00Z')
let test: TestDatabase
let server: LiveTestServer
beforeAll(async () => {
  test = await createTestDatabase()
  server = await startLiveTestServer({ access: test.access, clock })
  await server.tollgate.billing.changeSettings({
    seller: { name: 'Seller', address: ADDRESS, taxId: null, registration: null, email: null, phone: null, bankAccount: null },
  })
  for (const id of ['acme', 'globex']) {
    await server.tollgate.accounts.createTenant({ id, name: id })
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'requests', window: 'day', limit: '100', alertAt: ['10', '20', '30', '40'] })
    await server.tollgate.credits.grant({ tenantId: id, amount: '100', idempotencyKey: 'order' })
    await server.tollgate.credits.setTerms({ tenantId: id, alertBelow: ['90', '80'] })
    await server.tollgate.billing.setProfile({ ...BUYER, tenantId: id, name: id })
  }
})
afterAll(async () => {
  await server.stop()
  await test.drop()
})

const keyOf = async (tenantId: string, scopes?: readonly KeyScope[]) =>
  (await server.tollgate.accounts.createApiKey({ tenantId, name: 'live', scopes }, new Set(KEY_SCOPES))).secret

const ALL = 'cursor usage { today { calls } } quotaAlert { threshold } alert { cursor } creditAlert { balance } invoiceUpdate { kind number }'
const query = (fields = ALL) =>
  `subscription ($tenantId: ID, $customerId: ID, $after: String) { live(tenantId: $tenantId, customerId: $customerId, after: $after) { ${fields} } }`
const open = (key: string, variables: Readonly<Record<string, unknown>> = {}, fields?: string) =>
  openEventStream({ url: server.url, key, query: query(fields), variables })
const next = async (stream: EventStream) => (await stream.next())?.data.live
const codeOf = async (stream: EventStream) => {
  const [error] = (await stream.next())?.errors ?? []
  return [error?.extensions.code, error?.message]
}

const use = (tenantId: string, percent: number) => server.tollgate.quotas.consume({ tenantId, requests: [{ metric: 'requests', amount: String(percent) }] })
const spend = (tenantId: string, credits: string) => server.tollgate.usage.track({ tenantId, events: [{ operation: 'chat', credits: new Decimal(credits) }] })

const PERIOD = { from: clock.now(), to: clock.now() }
const issue = (tenantId: string, amount: string) =>
  server.tollgate.billing.issueInvoice({
    id: randomUUID(),
    tenantId,
    currency: 'EUR',
    period: PERIOD,
    timeZone: 'UTC',
    lines: [{ kind: 'other', description: 'Setup', amount: new Decimal(amount) }],
  })

/** Reads updates until there are these. Usage may come in between, as often as it is read. */
async function until(stream: EventStream, isEnd: (updates: readonly any[]) => boolean): Promise<any[]> {
  const updates: any[] = []
  while (!isEnd(updates)) updates.push(await next(stream))
  return updates
}

const alertsIn = (updates: readonly any[]): string[] =>
  updates.flatMap(({ quotaAlert, creditAlert, invoiceUpdate }) => (quotaAlert?.threshold ?? creditAlert?.balance ?? invoiceUpdate?.number ?? []) as string | [])

it('sends a cursor at once, the usage, and alerts of every kind, and goes on after any of its cursors without losing or repeating an alert or an update of an invoice', async () => {
  const key = await keyOf('acme')
  const stream = await open(key)
  const [start] = await until(stream, updates => updates.some(({ usage }) => usage !== null))
  expect(start).toEqual({ cursor: expect.any(String), usage: null, quotaAlert: null, alert: null, creditAlert: null, invoiceUpdate: null })
  await use('acme', 15)
  await spend('acme', '15')
  await issue('acme', '10')
  await use('globex', 15)
  await issue('globex', '10')
  const updates = await until(stream, all => alertsIn(all).length === 3 && all.some(({ usage }) => usage?.today.calls === 1))
  stream.drop()
  expect(alertsIn(updates).toSorted()).toEqual(['10', '85', 'INV-acme-000001'])
  for (const { cursor, ...kinds } of updates) {
    expect([typeof cursor, Object.values<object | null>(kinds).filter(kind => kind !== null)]).toMatchObject(['string', [{}]])
  }
  // While nobody follows.
  await use('acme', 15)
  await spend('acme', '10')
  await issue('acme', '20')
  for (const [at, { cursor }] of [start, ...updates].entries()) {
    const seen = alertsIn(updates.slice(0, at))
    const again = await open(key, { after: cursor })
    const missed = alertsIn(await until(again, all => alertsIn(all).length === 7 - seen.length))
    expect([...seen, ...missed].toSorted()).toEqual(['10', '20', '30', '75', '85', 'INV-acme-000001', 'INV-acme-000002'])
    again.drop()
  }
})

it('follows only what is selected, so that a key without a scope follows the rest', async () => {
  const key = await keyOf('acme', ['quotas:read'])
  const stream = await open(key, {}, 'cursor quotaAlert { threshold }')
  expect(await next(stream)).toEqual({ cursor: expect.any(String), quotaAlert: null })
  await spend('acme', '1')
  await use('acme', 10)
  expect(await next(stream)).toMatchObject({ quotaAlert: { threshold: '40' } })
  stream.drop()
  expect(await codeOf(await open(key))).toEqual(['FORBIDDEN', 'Your API key does not have the scope "usage:read".'])
  expect(await codeOf(await open(key, {}, 'cursor invoiceUpdate { kind }'))).toEqual(['FORBIDDEN', 'Your API key does not have the scope "billing:read".'])
})

it('follows one customer, also with an access token, and nothing of the whole tenant then', async () => {
  const key = await keyOf('acme')
  const fields = 'cursor usage { today { calls } } quotaAlert { threshold scopeValue } creditAlert { balance }'
  const { quotas } = server.tollgate
  await quotas.setQuota({ tenantId: 'acme', metric: 'tokens', window: 'day', scope: ['customer'], limit: '100', alertAt: ['50', '100'] })
  const { token } = await server.tollgate.accessTokens.create(
    { tenantId: 'acme', customerId: 'ana' },
    { kind: 'operator', keyId: null, scopes: new Set(KEY_SCOPES) },
  )
  for (const [threshold, sender, variables] of [
    ['50', token, {}],
    ['100', key, { customerId: 'ana' }],
  ] as const) {
    const stream = await open(sender, variables, fields)
    const [, { usage }] = await until(stream, updates => updates.length === 2)
    expect(usage).toEqual({ today: { calls: 0 } })
    for (const customer of ['bob', 'ana']) await quotas.consume({ tenantId: 'acme', requests: [{ metric: 'tokens', amount: '50' }], dimensions: { customer } })
    const [{ quotaAlert }] = await until(stream, updates => updates.length === 1)
    expect(quotaAlert).toEqual({ threshold, scopeValue: ['ana'] })
    stream.drop()
  }
  for (const stream of [await open(token), await open(key, { customerId: 'ana' })]) {
    expect(await codeOf(stream)).toEqual(['INVALID_INPUT', expect.stringContaining('"alert" and "invoiceUpdate" are about a whole tenant')])
  }
})

it.each([
  ['no cursor', 'not a cursor'],
  ['a cursor of another subscription', encodeCursor('1')],
  ['a position that no alert has yet', encodeCursor('live', 'quotaAlert:999999')],
  ['an unknown kind', encodeCursor('live', 'colour:1')],
])('rejects %s, and leaves nothing open', async (_, after) => {
  expect(await codeOf(await open(await keyOf('acme'), { after }))).toEqual(['INVALID_INPUT', expect.stringContaining('after')])
  expect(server.serving.operations.count()).toBe(0)
})
