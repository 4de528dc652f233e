import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Decimal, OPERATOR_SCOPE, type SettableClock, settableClock, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type EventStream, openEventStream } from '../../graphql/testing/event-stream.ts'
import { type LiveTestServer, OPERATOR_KEY, startLiveTestServer } from '../../graphql/testing/live-test-server.ts'
import { creditAlertNotifications } from './credit-alert-notifications.ts'
import { creditJobs } from './jobs.ts'
import { waitFor } from '../../../../../test/kit/wait-for.ts'

let test: TestDatabase
let server: LiveTestServer
let clock: SettableClock
beforeAll(async () => {
  test = await createTestDatabase()
  clock = settableClock('2026-11-20T12:00:00Z')
  server = await startLiveTestServer({ access: test.access, clock })
  for (const id of ['acme', 'globex']) await server.tollgate.accounts.createTenant({ id, name: id })
})
afterAll(async () => {
  await server.stop()
  await test.drop()
})

const ALERTS =
  'subscription ($tenantId: ID, $after: String) { creditAlerts(tenantId: $tenantId, after: $after) { cursor kind tenantId customerId threshold balance grantId } }'
const follow = (variables: object, key: string = OPERATOR_KEY) => openEventStream({ url: server.url, key, query: ALERTS, variables: { ...variables } })
const next = async (stream: EventStream) => (await stream.next())?.data.creditAlerts
const spend = (tenantId: string, credits: string, customerId?: string) =>
  server.tollgate.usage.track({
    tenantId,
    events: [{ operation: 'chat', credits: new Decimal(credits), ...(customerId !== undefined && { metadata: { customerId } }) }],
  })

it('credit alerts arrive as usage raises them, at operators, the tenant and the customer that they concern, and resume after a cursor', async () => {
  const { credits, accessTokens } = server.tollgate
  for (const owner of [{ tenantId: 'acme' }, { tenantId: 'globex' }, { tenantId: 'acme', customerId: 'ana' }]) {
    await credits.grant({ ...owner, amount: '10', idempotencyKey: `order ${JSON.stringify(owner)}` })
    await credits.setTerms({ ...owner, alertBelow: ['5'] })
  }
  const operator = { kind: 'operator' as const, keyId: null, scopes: new Set(['credits:read']) }
  const { token } = await accessTokens.create({ tenantId: 'acme', customerId: 'ana', scopes: ['credits:read'] }, operator)
  const [all, ofTenant, ofCustomer] = await Promise.all([follow({}), follow({ tenantId: 'acme' }), follow({}, token)])
  await waitFor(() => expect(server.serving.operations.count()).toBe(3))
  await spend('globex', '10')
  await spend('acme', '6')
  await spend('acme', '7', 'ana')
  const globexLow = { kind: 'LOW_BALANCE', tenantId: 'globex', balance: '0' }
  const acmeLow = { kind: 'LOW_BALANCE', tenantId: 'acme', customerId: null, threshold: '5', balance: '4', grantId: null }
  const anaLow = { kind: 'LOW_BALANCE', tenantId: 'acme', customerId: 'ana', threshold: '5', balance: '3' }
  for (const expected of [globexLow, { kind: 'EXHAUSTED', tenantId: 'globex', threshold: null }, acmeLow, anaLow])
    expect(await next(all)).toMatchObject(expected)
  const low = await next(ofTenant)
  expect(low).toMatchObject(acmeLow)
  expect(await next(ofTenant)).toMatchObject(anaLow)
  expect(await next(ofCustomer)).toMatchObject(anaLow)
  const [again, ofCustomerAgain] = await Promise.all([follow({ tenantId: 'acme', after: low.cursor }), follow({ after: low.cursor }, token)])
  expect(await next(again)).toMatchObject(anaLow)
  expect(await next(ofCustomerAgain)).toMatchObject(anaLow)
  for (const stream of [all, ofTenant, ofCustomer, again, ofCustomerAgain]) stream.drop()
})

it('alerts of idle wallets are raised by the job, and reach webhooks and the history', async () => {
  const { credits } = server.tollgate
  const owner = { tenantId: 'globex', customerId: 'ben' }
  await credits.grant({ ...owner, amount: '10', idempotencyKey: 'trial', source: 'trial', expiresAt: Temporal.Instant.from('2026-12-20T12:00:00Z') })
  const log = { error: vi.fn() }
  const run = async (job = 'credits.advance') =>
    creditJobs({ credits, log })
      .find(({ name }) => name === job)
      ?.run(null, new AbortController().signal)
  await run()
  clock.advance({ hours: 24 * 23 })
  await run()
  await run()
  expect(log.error).not.toHaveBeenCalled()
  const expected = { customerId: 'ben', threshold: '7', balance: '10', daysLeft: null, expiresAt: '2026-12-20T12:00:00Z', expiring: '10' }
  const notifications = await creditAlertNotifications(credits).read({ first: 100 })
  const grantId = expect.stringMatching(/^cgr_globex:/) as string
  expect(notifications.filter(({ type }) => type === 'credits.expiring_soon')).toMatchObject([{ tenantId: 'globex', data: { ...expected, grantId } }])
  await run('credits.audit-alerts')
  await run('credits.audit-alerts')
  const audited = await server.tollgate.audit.trail({ tenantId: 'globex', days: 1, filter: { eventTypes: ['credit.alertRaised'] } })
  expect(audited.items.map(({ details }) => String(details?.['kind'])).toSorted((one, other) => one.localeCompare(other))).toEqual([
    'exhausted',
    'expiring_soon',
    'low_balance',
  ])
  const { items } = await credits.alertHistory(OPERATOR_SCOPE, { first: 1 })
  expect(items).toMatchObject([{ kind: 'expiring_soon', customerId: 'ben' }])
})

it('a low balance requests a top-up by webhook, which a grant with its key completes', async () => {
  const { credits } = server.tollgate
  const ask = async (query: string) => {
    const headers = { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' }
    return ((await (await fetch(server.url, { method: 'POST', headers, body: JSON.stringify({ query }) })).json()) as { data: Record<string, unknown> }).data
  }
  const terms = 'topUp: { threshold: "2", amount: "8", maxPerMonth: "16" }'
  await credits.grant({ tenantId: 'acme', customerId: 'zoe', amount: '5', idempotencyKey: 'zoe' })
  const set = `mutation { setWalletTerms(input: { tenantId: "acme", customerId: "zoe", ${terms} }) { ... on SetWalletTermsPayload { wallet { topUp { threshold amount maxPerMonth } } } } }`
  expect(await ask(set)).toEqual({ setWalletTerms: { wallet: { topUp: { threshold: '2', amount: '8', maxPerMonth: '16' } } } })
  await spend('acme', '3', 'zoe')
  const requested = (await creditAlertNotifications(credits).read({ first: 100 })).filter(({ type }) => type === 'credits.top_up_requested')
  expect(requested).toMatchObject([{ tenantId: 'acme', data: { customerId: 'zoe', balance: '2', threshold: '2', topUpAmount: '8' } }])
  const topUpKey = String(requested[0]?.data['topUpKey'])
  const history = 'query { creditAlertHistory(tenantId: "acme", customerId: "zoe", first: 1) { nodes { kind topUpAmount topUpKey reason } } }'
  expect(await ask(history)).toEqual({ creditAlertHistory: { nodes: [{ kind: 'TOP_UP_REQUESTED', topUpAmount: '8', topUpKey, reason: null }] } })
  await credits.grant({ tenantId: 'acme', customerId: 'zoe', amount: '8', idempotencyKey: topUpKey })
  clock.advance({ hours: 100 })
  const log = { error: vi.fn() }
  const job = creditJobs({ credits, log }).find(({ name }) => name === 'credits.top-ups')
  await job?.run(null, new AbortController().signal)
  const failed = (await creditAlertNotifications(credits).read({ first: 100 })).filter(({ type }) => type === 'credits.top_up_failed')
  expect([failed, log.error.mock.calls]).toEqual([[], []])
})

it('a ledger that something else has changed is logged by the job, with what to do', async () => {
  const log = { error: vi.fn() }
  await server.tollgate.credits.grant({ tenantId: 'globex', customerId: 'eve', amount: '1', idempotencyKey: 'eve' })
  await test.asOwner("update credits.entries set available = 2, granted = -2 where tenant_id = 'globex' and balance_after = 1")
  const job = creditJobs({ credits: server.tollgate.credits, log }).find(({ name }) => name === 'credits.verify')
  await job?.run(null, new AbortController().signal)
  const advice = expect.stringMatching(/does not add up.*entries add up to 2.*tollgate credits verify --tenant globex/) as string
  expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ tenantId: 'globex', customerId: 'eve' }), advice)
  expect(await server.tollgate.credits.differingWallets()).toBe(1)
})
