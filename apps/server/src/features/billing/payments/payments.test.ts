import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Decimal, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'
import { InvoiceId } from '../ids.ts'
import { paymentWebhooks } from './payment-webhooks.ts'
import { pino } from 'pino'

const ADDRESS = '{ line1: "Main Street 1", postalCode: "10115", city: "Berlin", country: "DE" }'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
  await operator(`setBillingSettings(input: { seller: { name: "Tollgate GmbH", address: ${ADDRESS} }, taxRegistrations: ["DE"] })`)
  await operator(`setBillingProfile(input: { tenantId: "acme", name: "Acme Inc", address: ${ADDRESS} })`)
})
afterAll(() => server.stop())

/** Sends a mutation with the operator key, and returns its payload or error. */
async function operator(mutation: string, selection = '__typename'): Promise<any> {
  const { data, errors } = await server.send(server.operatorKey, `mutation { result: ${mutation} { __typename ... on Error { code message } ${selection} } }`)
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return data.result
}

let invoices = 0
/** Issues an invoice of acme. Returns its id and total. */
async function issue(amount: string): Promise<{ readonly id: string; readonly total: Decimal }> {
  invoices += 1
  const from = Temporal.Instant.from('2026-11-01T00:00:00Z')
  const invoice = await server.tollgate.billing.issueInvoice({
    id: `01900000-0000-7000-8000-00000000100${invoices}`,
    tenantId: 'acme',
    currency: 'EUR',
    period: { from, to: from },
    timeZone: 'UTC',
    lines: [{ kind: 'other', description: 'Setup', amount: new Decimal(amount) }],
  })
  return { id: InvoiceId.encode(`acme:${invoice.id}`), total: invoice.total }
}

const statusOf = async (id: string) => (await server.send(server.operatorKey, `{ invoice(id: "${id}") { status amountPaid amountDue } }`)).data.invoice

it('a bank transfer pays the invoice that it names, then the others, and a refund makes it due again', async () => {
  const [named, other] = [await issue('100'), await issue('10')]
  const amount = named.total.plus(5)
  const record = `recordPayment(input: { invoiceId: "${named.id}", amount: ${amount.toFixed()}, reference: "thanks", idempotencyKey: "t1" })`
  const first = await operator(record, '... on RecordPaymentPayload { isRepeat payment { id status allocations { invoiceId } } }')
  expect(first).toMatchObject({ isRepeat: false, payment: { status: 'SUCCEEDED', allocations: [{ invoiceId: named.id }, { invoiceId: other.id }] } })
  expect((await operator(record, '... on RecordPaymentPayload { isRepeat }')).isRepeat).toBe(true)
  expect((await statusOf(named.id)).status).toBe('PAID')
  expect((await statusOf(other.id)).amountPaid).toBe('5')
  const refund = `refundPayment(input: { paymentId: "${first.payment.id}", amount: 6, idempotencyKey: "r1" })`
  expect((await operator(refund, '... on RefundPaymentPayload { payment { status refunded } }')).payment).toEqual({
    status: 'PARTIALLY_REFUNDED',
    refunded: '6',
  })
  const { data } = await server.send(
    await server.keyOf('acme'),
    `{ payments(invoiceId: "${named.id}") { edges { node { reference } } } paymentBalances { amount } }`,
  )
  expect(data).toEqual({ payments: { edges: [{ node: { reference: 'thanks' } }] }, paymentBalances: [] })
  await operator(`recordPayment(input: { invoiceId: "${other.id}", amount: 20, idempotencyKey: "t2" })`)
})

it('a payment of a void invoice, in another currency, or of less than nothing is refused', async () => {
  const { id } = await issue('7')
  expect((await operator(`recordPayment(input: { invoiceId: "${id}", amount: 1, currency: "USD", idempotencyKey: "x1" })`)).code).toBe('CURRENCY_MISMATCH')
  expect((await operator(`recordPayment(input: { invoiceId: "${id}", amount: -1, idempotencyKey: "x2" })`)).code).toBe('INVALID_INPUT')
})

it('a webhook of the provider reports the payment, and one of an unknown provider is not found', async () => {
  const { id, total } = await issue('50')
  const start = `startPayment(input: { invoiceId: "${id}", provider: "scripted", idempotencyKey: "s1" })`
  const { payment, clientSecret } = await operator(start, '... on StartPaymentPayload { clientSecret payment { id status } }')
  expect([payment.status, clientSecret]).toEqual(['PENDING', expect.stringMatching(/^secret_/)])
  server.provider.report([
    {
      id: 'evt_1',
      tenantId: 'acme',
      paymentId: payment.id.split(':')[1],
      providerPaymentId: 'p',
      occurredAt: server.clock.now(),
      change: { kind: 'succeeded', amount: total, currency: 'EUR' },
    },
  ])
  const handle = paymentWebhooks({ payments: server.tollgate.payments, clock: server.clock, log: pino({ level: 'silent' }) })
  const http = createServer((request, response) => {
    const provider = request.url?.slice(1) ?? ''
    const refuse = ({ status }: { readonly status: number }) => void response.writeHead(status).end()
    void handle(request, response, { provider, body: Buffer.from('{}'), requestId: 'r', refuse })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  try {
    const post = (provider: string) => fetch(`http://127.0.0.1:${(http.address() as AddressInfo).port}/${provider}`, { method: 'POST', body: '{}' })
    expect(await (await post('scripted')).json()).toEqual({ received: 1 })
    expect((await post('scripted')).status).toBe(200)
    expect((await post('stripe')).status).toBe(404)
  } finally {
    http.close()
  }
  expect(await statusOf(id)).toMatchObject({ status: 'PAID', amountDue: '0' })
})

it('collections remind, charge a late fee, stop in a dispute, and end at payment', async () => {
  const { id, total } = await issue('100')
  await operator('setCollectionPolicy(input: { tenantId: "acme", graceDays: 3, reminderDays: [1], lateFee: { kind: PERCENT, value: 1 } })')
  const steps = async () =>
    (await server.send(server.operatorKey, `{ collectionSteps(invoiceId: "${id}") { key isSkipped amount } }`)).data.collectionSteps.map(
      ({ key, amount }: { key: string; amount: string | null }) => (amount === null ? key : `${key} ${amount}`),
    )
  const { id: dispute } = (await operator(`openDispute(input: { invoiceId: "${id}", reason: "not ordered" })`, '... on OpenDisputePayload { hold { id } }'))
    .hold
  server.clock.advance({ hours: 24 * 60 })
  await server.tollgate.collections.run()
  expect(await steps()).toEqual([])
  await operator(`resolveDispute(input: { id: "${dispute}", resolution: REJECTED })`)
  server.clock.advance({ hours: 24 * 60 })
  const [one, two] = await Promise.all([
    server.tollgate.collections.run({ tenantIds: ['acme'] }),
    (await server.another()).collections.run({ tenantIds: ['acme'] }),
  ])
  expect(one.lateFees + two.lateFees).toBeGreaterThanOrEqual(1)
  const fee = total.div(100).toDecimalPlaces(2).toFixed()
  expect(await steps()).toEqual(['reminder:1', `late_fee:1 ${fee}`])
  const { data } = await server.send(
    server.operatorKey,
    '{ invoices(tenantId: "acme", first: 50) { edges { node { id subtotal lines { kind description } } } } }',
  )
  const late = data.invoices.edges.filter(({ node }: any) => node.lines.some(({ kind }: any) => kind === 'LATE_FEE'))
  expect(late.length).toBeGreaterThanOrEqual(1)
  expect(late[0].node.lines[0].description).toMatch(/^Late fee for invoice INV/)
  await operator(`recordPayment(input: { invoiceId: "${id}", amount: ${total.toFixed()}, idempotencyKey: "end" })`)
  expect((await operator(`sendReminder(input: { invoiceId: "${id}", idempotencyKey: "m1" })`)).code).toBe('NOTHING_TO_COLLECT')
})
