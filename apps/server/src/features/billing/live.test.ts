import { Decimal, OPERATOR_SCOPE, type SettableClock, settableClock, Temporal } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../../../../test/kit/eventually.ts'
import { type EventStream, openEventStream } from '../../graphql/testing/event-stream.ts'
import { type LiveTestServer, OPERATOR_KEY, startLiveTestServer } from '../../graphql/testing/live-test-server.ts'
import { invoiceNotifications } from './events/invoice-notifications.ts'

const ADDRESS = { line1: 'Main Street 1', line2: null, postalCode: '10115', city: 'Berlin', region: null, country: 'DE' }
const BUYER = { address: ADDRESS, taxId: null, taxExemption: null, email: null, locale: 'en', reference: null, paymentTermDays: 14 }

let test: TestDatabase
let server: LiveTestServer
let clock: SettableClock
beforeAll(async () => {
  test = await createTestDatabase()
  clock = settableClock('2026-11-20T12:00:00Z')
  server = await startLiveTestServer({ access: test.access, clock })
  const seller = { name: 'Seller', address: ADDRESS, taxId: null, registration: null, email: null, phone: null, bankAccount: null }
  await server.tollgate.billing.changeSettings({ seller })
  for (const tenantId of ['acme', 'globex']) {
    await server.tollgate.accounts.createTenant({ id: tenantId, name: tenantId, currency: 'EUR' })
    await server.tollgate.billing.setProfile({ ...BUYER, tenantId, name: tenantId })
  }
})
afterAll(async () => {
  await server.stop()
  await test.drop()
})

const UPDATES = `subscription ($tenantId: ID, $after: String) {
  invoiceUpdates(tenantId: $tenantId, after: $after) { cursor kind tenantId amountPaid amountDue amount invoice { number status } creditNote { number } }
}`
const follow = (variables: object, key: string = OPERATOR_KEY) => openEventStream({ url: server.url, key, query: UPDATES, variables: { ...variables } })
const next = async (stream: EventStream) => (await stream.next())?.data.invoiceUpdates
const kinds = async (stream: EventStream, count: number) => {
  const received: string[] = []
  while (received.length < count) {
    const { kind, tenantId } = await next(stream)
    received.push(`${tenantId} ${kind}`)
  }
  return received
}

let invoices = 0
function issue(tenantId: string, amount: string) {
  invoices += 1
  const from = Temporal.Instant.from('2026-11-01T00:00:00Z')
  return server.tollgate.billing.issueInvoice({
    id: `01900000-0000-7000-8000-00000000300${invoices}`,
    tenantId,
    currency: 'EUR',
    period: { from, to: from },
    timeZone: 'UTC',
    lines: [{ kind: 'other', description: 'Setup', amount: new Decimal(amount) }],
  })
}

it('invoiceUpdates tells operators and the tenant everything that happens to an invoice, in order, over SSE and WebSocket', async () => {
  const { billing, payments, collections, accessTokens } = server.tollgate
  const operator = { kind: 'operator' as const, keyId: null, scopes: new Set(['billing:read', 'usage:read']) }
  const { token } = await accessTokens.create({ tenantId: 'acme', scopes: ['billing:read'] }, operator)
  const ofCustomer = (await accessTokens.create({ tenantId: 'acme', customerId: 'ana', scopes: ['usage:read'] }, operator)).token
  const overSocket: string[] = []
  const stopSocket = server
    .socketClient(token)
    .subscribe({ query: UPDATES }, { next: ({ data }: any) => void overSocket.push(data.invoiceUpdates.kind), error: () => {}, complete: () => {} })
  const [all, ofTenant] = await Promise.all([follow({}), follow({ tenantId: 'acme' })])
  await eventually('3 subscriptions run', () => server.serving.operations.count() === 3)
  expect((await (await follow({}, ofCustomer)).next())?.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  const globex = await issue('globex', '1')
  const { id, total } = await issue('acme', '100')
  await billing.markSent('acme', id)
  await collections.setPolicy('acme', { graceDays: 1, reminderDays: [1], lateFee: { kind: 'percent', value: '1', compound: false } })
  clock.advance({ hours: 24 * 17 })
  await collections.run({ tenantIds: ['acme'] })
  await collections.run({ tenantIds: ['acme'] })
  const paid = await payments.record({ tenantId: 'acme', invoiceId: id, amount: '50', idempotencyKey: 'p1' })
  await billing.issueCreditNote({
    tenantId: 'acme',
    invoiceId: id,
    contents: { kind: 'amount', amount: total.minus(50) },
    reason: 'Sorry',
    idempotencyKey: 'n1',
  })
  await payments.refund({ tenantId: 'acme', paymentId: paid.payment.id, amount: '10', idempotencyKey: 'r1' })
  clock.advance({ hours: 24 * 16 })
  await collections.run({ tenantIds: ['acme'] })
  await collections.run({ tenantIds: ['acme'] })
  await billing.void('globex', globex.id)
  const happened = [
    'FINALIZED',
    'SENT',
    'OVERDUE',
    'REMINDER_SENT',
    'LATE_FEE_ADDED',
    'FINALIZED', // The invoice of the late fee.
    'PARTIALLY_PAID',
    'CREDIT_NOTE_ISSUED',
    'PAID',
    'PAYMENT_REVERSED',
    'OVERDUE', // Again, because it is not paid any more.
    'OVERDUE', // The invoice of the late fee, for which no late fee is charged.
    'REMINDER_SENT',
  ]
  expect(await kinds(ofTenant, happened.length)).toEqual(happened.map(kind => `acme ${kind}`))
  const ofAll = await kinds(all, happened.length + 2)
  expect(ofAll.filter(text => text.startsWith('globex'))).toEqual(['globex FINALIZED', 'globex VOIDED'])
  await eventually('the socket has them all', () => overSocket.length >= happened.length)
  expect(overSocket).toEqual(happened)
  const unused =
    'select last - (select count(*) from invoicing.invoice_events where tenant_id = head.tenant_id) as unused from invoicing.invoice_event_heads as head'
  expect(await test.asOwner(unused)).toEqual([{ unused: '0' }, { unused: '0' }])
  stopSocket()
  for (const stream of [all, ofTenant]) stream.drop()
  await eventually('0 subscriptions run', () => server.serving.operations.count() === 0)
})

it('invoiceUpdates resumes after a cursor on another server, and misses nothing that happened while none ran', async () => {
  const following = await follow({ tenantId: 'acme' })
  await eventually('1 subscriptions run', () => server.serving.operations.count() === 1)
  await issue('acme', '10')
  const { cursor } = await next(following)
  following.drop()
  const { id } = await issue('acme', '20')
  await server.stop()
  server = await startLiveTestServer({ access: test.access, clock })
  await server.tollgate.payments.record({ tenantId: 'acme', invoiceId: id, amount: '5', idempotencyKey: 'p2' })
  const again = await follow({ tenantId: 'acme', after: cursor })
  expect(await next(again)).toMatchObject({ kind: 'FINALIZED', amountDue: '20', invoice: { status: 'PARTIALLY_PAID' } })
  expect(await next(again)).toMatchObject({ kind: 'PARTIALLY_PAID', amountPaid: '5', amountDue: '15', creditNote: null })
  again.drop()
})

it('webhooks get each event of an invoice once, with the ids and fields of the subscription', async () => {
  const { billing, invoiceEvents } = server.tollgate
  const { read } = invoiceNotifications(invoiceEvents)
  const before = await invoiceEvents.lastCursor()
  const { id, number } = await issue('globex', '100')
  await billing.issueCreditNote({
    tenantId: 'globex',
    invoiceId: id,
    contents: { kind: 'amount', amount: new Decimal(40) },
    reason: 'Sorry',
    idempotencyKey: 'n2',
  })
  const page = await read({ after: before, first: 10 })
  expect(page.map(({ type, tenantId }) => `${tenantId ?? ''} ${type}`)).toEqual([
    'globex invoice.finalized',
    'globex credit_note.issued',
    'globex invoice.partially_paid',
  ])
  const invoiceId = `inv_globex:${id}`
  expect(page[1]?.data).toEqual({
    invoiceId,
    number,
    currency: 'EUR',
    total: '100',
    amountPaid: '0',
    amountDue: '100',
    creditNoteId: expect.stringMatching(/^inv_globex:/) as string,
    amount: '40',
  })
  expect(page[2]?.data).toMatchObject({ invoiceId, amountPaid: '40', amountDue: '60', creditNoteId: null, amount: null })
  expect(await invoiceEvents.list(OPERATOR_SCOPE, { after: page.at(-1)?.cursor, first: 10 })).toEqual([])
})
