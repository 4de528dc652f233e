import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadTemplates, smtpSender, templateRenderer } from '@tollgate/invoicing/smtp'
import { Decimal, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'
import type { Tollgate } from '../../../tollgate.ts'
import { InvoiceId } from '../ids.ts'
import { invoicePage } from '../pages/invoice-page.ts'
import { filesOf, headerOf, type MailServer, startMailServer, textOf } from '../testing/mail-server.ts'
import { MAIL_JOB } from './mail-attempts.ts'

const ADDRESS = '{ line1: "Main Street 1", postalCode: "10115", city: "Berlin", country: "DE" }'

let smtp: MailServer
let server: GraphQLTestServer
let pages: Server
beforeAll(async () => {
  smtp = await startMailServer()
  const sending = { sender: smtpSender({ url: smtp.url, from: 'Tollgate <billing@tollgate.example>' }), renderer: templateRenderer(await loadTemplates()) }
  const links = { key: new Uint8Array(32).fill(7), publicUrl: 'https://tollgate.example' }
  server = await startGraphQLTestServer({ mail: { ...sending, ...links, domain: 'tollgate.example', sendsInvoices: true, operatorAddresses: [] } })
  const seller = `{ name: "Tollgate GmbH", address: ${ADDRESS}, taxId: { kind: "eu_vat", value: "DE136695976" }, email: "billing@tollgate.example" }`
  await operator(`setBillingSettings(input: { seller: ${seller}, taxRegistrations: ["DE"] })`)
  await operator(`setBillingProfile(input: { tenantId: "acme", name: "Acme Inc", email: "ap@acme.example", locale: "de", address: ${ADDRESS} })`)
  await operator(`setBillingProfile(input: { tenantId: "globex", name: "Globex", email: "ap@globex.example", address: ${ADDRESS} })`)
  const show = invoicePage({ tollgate: server.tollgate, links: server.tollgate.mail?.invoiceLinks, stripeKey: undefined })
  pages = createServer((request, response) => void show(request, response))
  pages.listen(0, '127.0.0.1')
  await once(pages, 'listening')
})
afterAll(async () => {
  pages.close()
  await server.stop()
  await smtp.stop()
})
beforeEach(() => void smtp.received.splice(0))

/** Sends a mutation with the operator key, and returns its payload or error. */
async function operator(mutation: string, selection = '__typename'): Promise<any> {
  const { data, errors } = await server.send(server.operatorKey, `mutation { result: ${mutation} { __typename ... on Error { code message } ${selection} } }`)
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return data.result
}

let invoices = 0
async function issue(amount: string, tenantId = 'acme'): Promise<{ readonly id: string; readonly total: Decimal; readonly amountPaid: Decimal }> {
  invoices += 1
  const from = Temporal.Instant.from('2026-11-01T00:00:00Z')
  const { id, total, amountPaid } = await server.tollgate.billing.issueInvoice({
    id: `01900000-0000-7000-8000-00000000200${invoices}`,
    tenantId,
    currency: 'EUR',
    period: { from, to: from },
    timeZone: 'UTC',
    lines: [{ kind: 'other', description: 'Setup', amount: new Decimal(amount) }],
  })
  return { id: InvoiceId.encode(`${tenantId}:${id}`), total, amountPaid }
}

/** Makes every attempt that is scheduled, whether or not its time has come, as a server would that was started meanwhile. */
async function deliver({ mail }: Pick<Tollgate, 'mail'> = server.tollgate): Promise<void> {
  const jobs = await server.test.asOwner<{ id: string; payload: { tenantId: string; id: string; attempt: number } }>(
    `select jobs.id, jobs.payload from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = task_id
     where identifier = '${MAIL_JOB}' order by jobs.id`,
  )
  await server.test.asOwner('delete from graphile_worker._private_jobs where id = any ($1)', [jobs.map(({ id }) => id)])
  for (const { payload } of jobs) await mail?.mailbox.deliver(payload, new AbortController().signal)
}

const invoiceOf = async (id: string) =>
  (await server.send(server.operatorKey, `{ invoice(id: "${id}") { status number amountPaid amountDue sentAt } }`)).data.invoice
const linkIn = (mail = '') => /https:\/\/tollgate\.example(\/v1\/invoices\/view\?token=[\w.-]+)/.exec(textOf(mail))?.[1] ?? ''
const open = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${(pages.address() as AddressInfo).port}${path}`, { redirect: 'manual', ...init })

it('a finalised invoice is sent with its PDF and a link, once, by whichever server runs next, and after the mail server was away', async () => {
  const { id } = await issue('100')
  const { number } = await invoiceOf(id)
  smtp.refuse(1)
  await deliver()
  expect([smtp.received, (await invoiceOf(id)).status]).toEqual([[], 'FINALIZED'])
  const another = await server.another()
  await deliver(another)
  await deliver()
  expect(smtp.received).toHaveLength(1)
  const [mail = ''] = smtp.received
  expect([headerOf(mail, 'To'), headerOf(mail, 'Subject')]).toEqual(['ap@acme.example', `Rechnung ${number} von Tollgate GmbH`])
  const [pdf] = filesOf(mail)
  expect([pdf?.name, pdf?.type, pdf?.content.subarray(0, 8).toString()]).toEqual([`${number}.pdf`, 'application/pdf', '%PDF-1.7'])
  expect(pdf?.content.includes('factur-x.xml')).toBe(true)
  expect(headerOf(mail, 'List-Unsubscribe')).toBe('')
  expect(await invoiceOf(id)).toMatchObject({ status: 'SENT', sentAt: expect.any(String) as string })
  const { data } = await server.send(
    server.operatorKey,
    '{ auditTrail(tenantId: "acme", filter: { eventTypes: ["billing.invoiceSent"] }) { nodes { resource { id } } } }',
  )
  expect(data.auditTrail.nodes).toEqual([{ resource: { id } }])
})

it('the link leads to a page in the language of the buyer, whose button starts one payment and sends the payer to the provider', async () => {
  const { id, total } = await issue('10')
  await deliver()
  const path = linkIn(smtp.received[0])
  expect(textOf(smtp.received[0] ?? '')).toContain(`Online bezahlen: https://tollgate.example${path}#pay`)
  const page = await open(path)
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("default-src 'none'") as string])
  const html = await page.text()
  expect(html).toContain('11,90')
  expect(html).toContain('/v1/invoices/document?link=')
  const action = /action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  server.provider.redirectTo('https://provider.example/approve')
  const starts = [await open(`/v1/invoices/view${action}`, { method: 'POST' }), await open(`/v1/invoices/view${action}`, { method: 'POST' })]
  for (const { status, headers } of starts) expect([status, headers.get('location')]).toEqual([303, 'https://provider.example/approve'])
  expect(new Set(server.provider.calls.filter(call => call.startsWith('start'))).size).toBe(1)
  expect((await open(`/v1/invoices/view${action.replace('scripted', 'none')}`, { method: 'POST' })).status).toBe(400)
  expect((await open(path.slice(0, -3))).status).toBe(404)
  await operator(`recordPayment(input: { invoiceId: "${id}", amount: ${total.toFixed()}, idempotencyKey: "p1" })`)
  const paid = await (await open(path)).text()
  expect([paid.includes('Diese Rechnung ist bezahlt.'), paid.includes('<form')]).toEqual([true, false])
  server.clock.advance({ hours: 24 * 180 })
  expect((await open(path)).status).toBe(410)
})

it('with a publishable key of Stripe, the page has its fields, and nothing else may run on it', async () => {
  const { tollgate } = server
  await issue('3')
  await deliver()
  const path = linkIn(smtp.received[0])
  const payments = {
    ...tollgate.payments,
    providers: ['stripe'],
    start: async () => ({ providerPaymentId: 'pi_1', clientSecret: 'pi_1_secret_</script>', redirectUrl: null }) as never,
  }
  const show = invoicePage({ tollgate: { ...tollgate, payments }, links: tollgate.mail?.invoiceLinks, stripeKey: 'pk_test_1' })
  const http = createServer((request, response) => void show(request, response)).listen(0, '127.0.0.1')
  await once(http, 'listening')
  try {
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}${path}`
    expect(await (await fetch(url)).text()).toContain('Bezahlen mit Stripe')
    const page = await fetch(`${url}&provider=stripe`, { method: 'POST' })
    const html = await page.text()
    const nonce = /<script nonce="([^"]+)">/.exec(html)?.[1] ?? ''
    expect(page.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}' https://js.stripe.com;`)
    expect(html).toContain(String.raw`"clientSecret":"pi_1_secret_\u003c/script>"`)
    expect(html).toContain('"stripeKey":"pk_test_1"')
  } finally {
    http.close()
  }
})

it('a credit note is sent, and pays the invoice in the transaction that issues it; what is left pays the next invoice when it is issued', async () => {
  const { id, total } = await issue('50', 'globex')
  await operator(`recordPayment(input: { invoiceId: "${id}", amount: ${total.minus(1).toFixed()}, idempotencyKey: "n1" })`)
  const { number } = await invoiceOf(id)
  const note = `issueCreditNote(input: { invoiceId: "${id}", amount: "11.90", reason: "Outage", idempotencyKey: "n1" })`
  const selection = '... on IssueCreditNotePayload { creditNote { id number } invoice { status amountPaid } }'
  const { creditNote, invoice } = await operator(note, selection)
  expect(invoice).toEqual({ status: 'PAID', amountPaid: total.toFixed() })
  expect((await operator(note, selection)).creditNote).toEqual(creditNote)
  const balances = async () => (await server.send(server.operatorKey, '{ paymentBalances(tenantId: "globex") { amount } }')).data.paymentBalances
  await deliver()
  const mail = smtp.received.find(text => headerOf(text, 'Subject').includes(creditNote.number)) ?? ''
  expect(textOf(mail)).toContain(`for the invoice ${number}`)
  expect(filesOf(mail)).toHaveLength(1)
  const next = await issue('100', 'globex')
  expect(next.amountPaid.toFixed()).toBe('10.9')
  expect(await balances()).toEqual([])
  expect(await invoiceOf(next.id)).toMatchObject({ amountPaid: next.amountPaid.toFixed() })
  const { data } = await server.send(
    server.operatorKey,
    '{ auditTrail(tenantId: "globex", days: 1, filter: { eventTypes: ["billing.paymentAllocated"] }) { nodes { details } } }',
  )
  expect(data.auditTrail.nodes).toMatchObject([{ details: { currency: 'EUR', unallocated: '0' } }])
})

it('operators see what became of each e-mail, and resend one, to another address if its own was wrong', async () => {
  await deliver()
  smtp.received.splice(0)
  const { id } = await issue('2', 'globex')
  const listed = async (selection: string, filter = '') => {
    const { data } = await server.send(server.operatorKey, `{ emails(tenantId: "globex" ${filter}) { nodes { ${selection} } } }`)
    return data.emails.nodes
  }
  expect(await listed('invoiceId attempts', 'state: PENDING')).toEqual([{ invoiceId: id, attempts: 0 }])
  smtp.refuse(1)
  await deliver()
  const [email] = await listed('id kind to attempts error', 'state: PENDING')
  expect(email).toMatchObject({ kind: 'INVOICE', to: 'ap@globex.example', attempts: 1, error: expect.stringContaining('try later') as string })
  await deliver()
  expect(await listed('id', 'state: FAILED')).toEqual([])
  const resend = (input: string) => operator(`resendEmail(input: ${input})`, '... on ResendEmailPayload { email { state to resends } }')
  expect(await resend(`{ id: "${email.id}", to: "nobody" }`)).toMatchObject({ code: 'INVALID_INPUT' })
  expect((await resend(`{ id: "${email.id}", to: "cfo@globex.example" }`)).email).toEqual({ state: 'PENDING', to: 'cfo@globex.example', resends: 1 })
  await deliver()
  const [first = '', second = ''] = smtp.received
  expect([headerOf(first, 'To'), headerOf(second, 'To')]).toEqual(['ap@globex.example', 'cfo@globex.example'])
  expect(headerOf(first, 'Message-ID')).not.toBe(headerOf(second, 'Message-ID'))
  const { errors } = await server.send(await server.keyOf('globex'), '{ emails(tenantId: "globex") { nodes { id } } }')
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
})

it('an invoice without an e-mail is sent when somebody asks for it, to the address of the profile or another one', async () => {
  await operator('createTenant(input: { id: "initech", name: "Initech" })')
  await operator(`setBillingProfile(input: { tenantId: "initech", name: "Initech", address: ${ADDRESS} })`)
  const { id } = await issue('4', 'initech')
  const send = (input: string) => operator(`emailInvoice(input: ${input})`, '... on EmailInvoicePayload { email { id state to resends invoiceId } }')
  expect(await send(`{ invoiceId: "${id}" }`)).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('to') as string })
  await operator(`setBillingProfile(input: { tenantId: "initech", name: "Initech", email: "ap@initech.example", address: ${ADDRESS} })`)
  const { email } = await send(`{ invoiceId: "${id}" }`)
  expect(email).toMatchObject({ state: 'PENDING', to: 'ap@initech.example', resends: 0, invoiceId: id })
  await deliver()
  expect((await invoiceOf(id)).status).toBe('SENT')
  expect((await send(`{ invoiceId: "${id}", to: "cfo@initech.example" }`)).email).toMatchObject({ id: email.id, to: 'cfo@initech.example', resends: 1 })
  await deliver()
  expect(smtp.received.map(mail => headerOf(mail, 'To')).slice(-2)).toEqual(['ap@initech.example', 'cfo@initech.example'])
  await operator(`voidInvoice(input: { id: "${(await issue('5', 'initech')).id}" })`)
  const voided = InvoiceId.encode(`initech:01900000-0000-7000-8000-00000000200${invoices}`)
  expect(await send(`{ invoiceId: "${voided}" }`)).toMatchObject({ code: 'INVOICE_STATE_CONFLICT' })
  expect(await send(`{ invoiceId: "${InvoiceId.encode('globex:01900000-0000-7000-8000-000000002999')}" }`)).toMatchObject({ code: 'NOT_FOUND' })
})

it('an invoice that is voided before the mail server comes back is not sent', async () => {
  const { id } = await issue('1')
  const { number } = await invoiceOf(id)
  expect(await operator(`voidInvoice(input: { id: "${id}" })`)).toMatchObject({ __typename: 'VoidInvoicePayload' })
  await deliver()
  expect(smtp.received.filter(mail => headerOf(mail, 'Subject').includes(number))).toEqual([])
})
