import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { startStripeServer, type StripeServer } from '@tollgate/invoicing/testing'
import { systemClock, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filesOf, headerOf, type MailServer, startMailServer, textOf } from '../../apps/server/src/features/billing/testing/mail-server.ts'
import { runCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

const ADDRESS = '{ line1: "Main Street 1", postalCode: "10115", city: "Berlin", country: "DE" }'
const PUBLIC_URL = 'https://tollgate.example'

let directory: TemporaryDirectory
let database: TestDatabase
let mails: MailServer
let stripe: StripeServer
let server: LocalServer
beforeAll(async () => {
  ;[directory, database, mails, stripe] = await Promise.all([temporaryDirectory(), createTestDatabase(), startMailServer(), startStripeServer(systemClock)])
  server = await startLocalServer({
    DATABASE_URL: database.url,
    TOLLGATE_SMTP_URL: mails.url,
    TOLLGATE_MAIL_FROM: 'Seller <billing@seller.example>',
    TOLLGATE_PUBLIC_URL: PUBLIC_URL,
    TOLLGATE_STRIPE_SECRET_KEY: stripe.secretKey,
    TOLLGATE_STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    TOLLGATE_STRIPE_URL: stripe.url,
    BILLING_AUTO_BILLING: '0',
  })
  const bank = '{ holder: "Seller GmbH", iban: "DE02120300000000202051" }'
  const seller = `{ name: "Seller GmbH", taxId: { kind: "eu_vat", value: "DE136695976" }, email: "billing@seller.example", address: ${ADDRESS}, bankAccount: ${bank} }`
  await operator(`setBillingSettings(input: { seller: ${seller}, taxRegistrations: ["DE"] })`)
  const charges = 'usageCharges: [{ name: "markup", markup: { percent: 20 } }]'
  await operator(`publishBillingPlan(input: { name: "team", title: "Team", recurringFee: 31, trialDays: 14, rank: 1, ${charges} })`)
  await operator(`publishBillingPlan(input: { name: "firm", title: "Firm", recurringFee: 62, rank: 2, ${charges} })`)
  await operator('publishDiscount(input: { name: "welcome", effect: { percentage: { percent: 50 } }, conditions: [{ coupon: { code: "WELCOME-2027" } }] })')
})
afterAll(async () => {
  await server?.stop()
  await mails?.stop()
  await stripe?.[Symbol.asyncDispose]()
  await database?.drop()
  await directory?.[Symbol.asyncDispose]()
})

/** Sends a mutation with the operator key, and returns its payload. Throws its error. */
async function operator(mutation: string, selection = ''): Promise<any> {
  const { result } = await server.api.ask(`mutation { result: ${mutation} { __typename ... on Error { code message } ${selection} } }`)
  if (result.code !== undefined) throw new Error(`${mutation}: ${result.code}: ${result.message}`)
  return result
}

interface PayableInvoice {
  readonly id: string
  readonly amountDue: string
}

/** A payment of a part of an invoice, or of all of it. */
type Pay = (tenantId: string, invoice: PayableInvoice, amount?: string) => Promise<void>

const byTransfer: Pay = async (tenantId, { id, amountDue }, amount = amountDue) => {
  await operator(`recordPayment(input: { invoiceId: "${id}", amount: "${amount}", idempotencyKey: "${tenantId} ${id} ${amount}" })`)
}

const postWebhook = async ({ headers, body }: { headers: Readonly<Record<string, string | undefined>>; body: Uint8Array }) =>
  (await fetch(`${server.url}/v1/payments/stripe`, { method: 'POST', headers: { ...headers } as Record<string, string>, body: Buffer.from(body) })).status

const withStripe: Pay = async (_tenantId, { id, amountDue }, amount = amountDue) => {
  const start = `startPayment(input: { invoiceId: "${id}", provider: "stripe", amount: "${amount}", idempotencyKey: "${id.slice(-12)} ${amount}" })`
  const { clientSecret, payment } = await operator(start, '... on StartPaymentPayload { clientSecret payment { id status } }')
  expect(payment.status).toBe('PENDING')
  const webhooks = stripe.pay(String(clientSecret).replace(/_secret_.*/, ''))
  const [paid] = webhooks.slice(-1)
  if (paid === undefined) throw new Error('Stripe reports nothing')
  const forged = { ...paid, headers: { 'stripe-signature': paid.headers['stripe-signature']?.replace(/v1=.{4}/, 'v1=0000') } }
  const changed = { ...paid, body: Buffer.from(Buffer.from(paid.body).toString().replace('"amount_received":', '"amount_received":9')) }
  for (const webhook of [forged, changed, { ...paid, headers: {} }]) expect(await postWebhook(webhook)).toBe(400)
  // Stripe sends each at least once, in any order.
  for (const webhook of [...webhooks.toReversed(), ...webhooks]) expect(await postWebhook(webhook)).toBe(200)
}

const invoicesOf = async (tenantId: string) =>
  (
    await server.api.ask(
      `{ invoices(tenantId: "${tenantId}", first: 50) { nodes { id kind number status total discountTotal amountPaid amountDue pdfUrl lines { description kind amount } } } }`,
    )
  ).invoices.nodes.toReversed()

const mailWith = (to: string, subject: RegExp) =>
  eventually(`an e-mail to ${to} about ${String(subject)}`, () =>
    mails.received.find(mail => headerOf(mail, 'To') === to && subject.test(headerOf(mail, 'Subject'))),
  )

it.each([
  ['a bank transfer', 'by-transfer', byTransfer],
  ['Stripe, whose forged webhooks are refused and whose repeated ones count once', 'with-stripe', withStripe],
])('a tenant goes from trial to paid invoice with %s', async (_name, tenantId, pay) => {
  const to = `ap@${tenantId}.example`
  const advance = (time: string) =>
    operator(
      `advanceTestClock(input: { tenantId: "${tenantId}", to: "2027-${time}:00Z" })`,
      '... on AdvanceTestClockPayload { invoices reminders lateFees failures { code message } }',
    )
  await operator(`createTenant(input: { id: "${tenantId}", name: "Buyer" })`)
  await operator(`setBillingProfile(input: { tenantId: "${tenantId}", name: "Buyer AG", email: "${to}", paymentTermDays: 14, address: ${ADDRESS} })`)
  await operator(`setCollectionPolicy(input: { tenantId: "${tenantId}", graceDays: 7, reminderDays: [1], lateFee: { kind: FIXED, value: 5 } })`)
  await operator(`createTestClock(input: { tenantId: "${tenantId}", now: "2027-01-01T00:00:00Z" })`)
  const track = (cost: string) =>
    operator(
      `trackUsage(input: { tenantId: "${tenantId}", events: [{ operation: "chat", reportedCost: "${cost}" }] })`,
      '... on TrackUsagePayload { results { outcome } }',
    )

  // A trial of ten days, whose usage is free.
  await operator(`startTrial(input: { tenantId: "${tenantId}", plan: "team" })`)
  await track('100')
  await advance('01-11T00:00')
  await operator(`convertTrial(input: { tenantId: "${tenantId}", at: NOW })`)

  // Usage, an upgrade in mid-month, and a coupon.
  await track('10')
  await advance('01-21T00:00')
  const [first] = await invoicesOf(tenantId)
  expect(first).toMatchObject({ total: '24.99', lines: [{ description: 'Team', amount: '21' }] })
  await pay(tenantId, first)
  await operator(`changePlan(input: { tenantId: "${tenantId}", plan: "firm", at: NOW })`)
  await operator(`redeemCoupon(input: { tenantId: "${tenantId}", code: "WELCOME-2027" })`)
  await track('20')

  // The invoice bills both plans by their days of January, and half of the usage since the coupon. It is sent with its PDF.
  expect((await advance('02-01T00:00')).failures).toEqual([])
  const invoices = await invoicesOf(tenantId)
  expect(invoices.map(({ status, amountDue }: any) => `${status} ${amountDue}`)).toEqual(['PAID 0', expect.stringMatching(/^(?:FINALIZED|SENT) 115\.43$/)])
  const invoice = invoices[1]
  expect(invoice.discountTotal).toBe('12')
  expect(invoice.lines.map(({ description, amount }: any) => `${description} ${amount}`)).toEqual(['Firm 62', 'Firm 22', 'Team, unused time -11', 'Usage 36'])
  const mail = await mailWith(to, new RegExp(`^Invoice ${invoice.number} from Seller GmbH$`))
  expect(filesOf(mail).map(({ name, content }) => [name, content.subarray(0, 5).toString(), content.includes('factur-x.xml')])).toEqual([
    [`${invoice.number}.pdf`, '%PDF-', true],
  ])
  const pdf = await fetch(invoice.pdfUrl.replace(PUBLIC_URL, server.url))
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const [, page = ''] = /(\/v1\/invoices\/view\?token=\S+)/.exec(textOf(mail)) ?? []
  expect(await (await fetch(`${server.url}${page.replace('#pay', '')}`)).text()).toContain('$115.43')
  await eventually('the invoice is sent', async () => (await invoicesOf(tenantId))[1].status === 'SENT')

  // It is not paid in time: a reminder, then a late fee on an invoice of its own.
  expect(await advance('02-17T00:00')).toMatchObject({ reminders: 1, lateFees: 0 })
  expect(textOf(await mailWith(to, /^Reminder: invoice/))).toContain('$115.43 of $115.43 is still to be paid')
  expect(await advance('02-23T00:00')).toMatchObject({ reminders: 0, lateFees: 1 })

  // A part is paid, a credit note takes off another, and the rest is paid.
  await pay(tenantId, invoice, '50')
  expect((await invoicesOf(tenantId))[1]).toMatchObject({ status: 'OVERDUE', amountPaid: '50' })
  await operator(`issueCreditNote(input: { invoiceId: "${invoice.id}", amount: "25.43", reason: "Outage", idempotencyKey: "outage" })`)
  for (const open of (await invoicesOf(tenantId)).filter(({ kind, amountDue }: any) => kind === 'INVOICE' && amountDue !== '0')) await pay(tenantId, open)
  const settled = (await invoicesOf(tenantId)).filter(({ kind }: any) => kind === 'INVOICE')
  expect(settled.map(({ status, total }: any) => `${status} ${total}`)).toEqual(['PAID 24.99', 'PAID 115.43', 'PAID 5.95'])
  expect(await advance('03-01T00:00')).toMatchObject({ reminders: 0, lateFees: 0 })
  const { payments, paymentBalances } = await server.api.ask(
    `{ payments(tenantId: "${tenantId}") { nodes { amount status } } paymentBalances(tenantId: "${tenantId}") { amount } }`,
  )
  expect(payments.nodes.map(({ amount, status }: any) => `${status} ${amount}`).toSorted()).toEqual(
    ['24.99', '25.43', '40', '5.95', '50'].map(amount => `SUCCEEDED ${amount}`),
  )
  expect(paymentBalances).toEqual([])
  await mailWith(to, /^Credit note/)
  expect(mails.received.filter(text => headerOf(text, 'Subject').startsWith(`Invoice ${invoice.number} `))).toHaveLength(1)
})

it('the commands of billing, invoices, payments, collections and emails do what they say', async () => {
  const environment = { DATABASE_URL: database.url, TOLLGATE_SMTP_URL: mails.url, TOLLGATE_MAIL_FROM: 'billing@seller.example' }
  const run = (...args: string[]) => runCommand(args, environment)
  // Commands use the time of the machine.
  const month = Temporal.Now.plainDateISO('UTC').with({ day: 1 })
  const from = month.subtract({ months: 2 }).toString()
  const plan = join(directory.path, 'plan.json')
  await writeFile(plan, JSON.stringify({ name: 'desk', title: 'Desk', recurringFee: '30', seats: { unitPrice: '5' }, trialDays: 7 }))
  await operator('createTenant(input: { id: "desks", name: "Desks" })')
  await operator(`setBillingProfile(input: { tenantId: "desks", name: "Desks", email: "ap@desks.example", address: ${ADDRESS} })`)
  expect(await run('billing', 'publish-plan', plan, '--yes')).toMatchObject({ exitCode: 0, stdout: 'desk\n' })
  const subscribed = await run('billing', 'subscribe', 'desks', 'desk', '--seats', '3', '--from', from, '--anchor-day', '1')
  expect(subscribed.stdout).toMatch(/^sub_desks:\S+\n$/)
  const [preview, billed] = await Promise.all([run('billing', 'preview', '--tenant', 'desks'), run('billing', 'run', '--through', from, '--tenant', 'desks')])
  const next = month.add({ months: 1 }).toString()
  expect(preview.stdout).toMatch(new RegExp(`^Draft, USD, [^]*^Desk, seats +${month.toString()} +${next} +3 +seat +15\\.00$`, 'm'))
  expect(billed).toMatchObject({ stdout: 'Billed 1 tenant: 1 new invoice, 0 drafts.\n', stderr: '1 of 1 tenant, 1 invoice, 0 drafts, 0 failures\n' })
  const list = await run('invoices', 'list', '--tenant', 'desks')
  expect(list.stdout).toMatch(/^inv_desks:\S+ +INV-desks-000001 .* 53\.55 USD +53\.55$/m)
  const [id = ''] = /inv_desks:\S+/.exec(list.stdout) ?? []
  const [paid, shown, mailed, nobody] = await Promise.all([
    run('payments', 'record', 'desks', '10', '--invoice', id, '--key', 'transfer-1'),
    run('invoices', 'show', id),
    run('emails', 'list', '--tenant', 'desks'),
    run('collections', 'run', '--tenant', 'nobody'),
  ])
  expect(paid).toMatchObject({ stdout: expect.stringMatching(/^pay_desks:/), stderr: 'It pays 1 invoice.\n' })
  expect(shown.stdout).toMatch(/^INV-desks-000001, [^]*^total +53\.55$/m)
  expect(mailed.stdout).toMatch(/^eml_desks:\S+ +invoice +ap@desks\.example +(?:pending|sent)/m)
  expect(nobody).toMatchObject({ exitCode: 1, stderr: 'There is no tenant "nobody".\n' })
})
