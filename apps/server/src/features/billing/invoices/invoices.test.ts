import { Decimal, OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { postgresBillingSettings, postgresPlanStore, postgresSubscriptionStore } from '@tollgate/invoicing/postgres'
import { billingPlanOf, subscriptionOf } from '@tollgate/invoicing/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeCursor } from '../../../graphql/relay/cursor.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

const ADDRESS = '{ line1: "Main Street 1", postalCode: "10115", city: "Berlin", country: "DE" }'

const SELLER = `{ name: "Tollgate GmbH", address: ${ADDRESS}, taxId: { kind: "eu_vat", value: "DE136695976" } }`

let server: GraphQLTestServer
let acme: string
let globex: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  server.clock.set('2026-09-01T00:00:00Z')
  ;[acme, globex] = [await server.keyOf('acme'), await server.keyOf('globex')]
  const plan = billingPlanOf({ name: 'metered', key: 'metered', recurringFee: new Decimal(20), title: 'Metered' })
  const { version: _, key: __, ...draft } = plan
  const published = await postgresPlanStore(server.test.database).add(draft, async () => {})
  for (const [i, tenantId] of ['acme', 'globex'].entries()) {
    const subscription = subscriptionOf([{ from: '2026-09-01T00:00:00Z', plan: published }], { tenantId, id: `01900000-0000-7000-8000-00000000000${i}` })
    await postgresSubscriptionStore(server.test.database).add(subscription, async () => {})
  }
  await operator(`setBillingSettings(input: { seller: ${SELLER}, taxRegistrations: ["DE"] })`)
  await operator(`setBillingProfile(input: { tenantId: "acme", name: "Acme Inc", address: ${ADDRESS} })`)
  await operator('publishMarkup(input: { name: "usual", percent: 20, from: "2026-01-01T00:00:00Z" })')
  await operator('publishDiscount(input: { name: "launch", from: "2026-01-01T00:00:00Z", effect: { percentage: { percent: 10 } }, budget: 3 })')
})
afterAll(() => server.stop())

/** Sends a mutation with the operator key, and returns its payload. */
async function operator(mutation: string, selection = '__typename'): Promise<any> {
  const { data, errors } = await server.send(server.operatorKey, `mutation { result: ${mutation} { __typename ... on Error { code message } ${selection} } }`)
  if ((errors?.length ?? 0) > 0 || data.result.code !== undefined) throw new Error(JSON.stringify(errors ?? data.result))
  return data.result
}

async function refused(mutation: string, key = server.operatorKey): Promise<string> {
  const { data, errors } = await server.send(key, `mutation { result: ${mutation} { __typename ... on Error { code message } } }`)
  return data?.result.code ?? errors[0]?.extensions.code
}

async function ask(query: string, key = acme): Promise<any> {
  const { data, errors } = await server.send(key, query)
  if ((errors?.length ?? 0) > 0) throw new Error(JSON.stringify(errors))
  return data
}

let events = 0
/** Records calls of acme. What providers charge for them is reported. */
async function use(...used: readonly { at: string; cost: string; model?: string; organization?: string }[]): Promise<void> {
  const last = used.at(-1)?.at ?? ''
  if (Temporal.Instant.compare(server.clock.now(), Temporal.Instant.from(last)) < 0) server.clock.set(last)
  const drafts = used.map(({ at, cost, model = 'gpt-5', organization }) => ({
    idempotencyKey: `event-${(events += 1)}`,
    occurredAt: Temporal.Instant.from(at),
    operation: 'chat',
    status: 'success' as const,
    provider: 'openai',
    model,
    tokens: { input: 1_000 },
    reportedCost: new Decimal(cost),
    metadata: organization === undefined ? {} : { organizationId: organization },
  }))
  const tracked = await server.tollgate.usage.track({ tenantId: 'acme', events: drafts })
  expect(tracked.map(({ outcome }) => outcome)).toEqual(tracked.map(() => 'accepted'))
}

const run = (through: string, selection = 'invoices { id number total lines { description amount netAmount } }') => {
  server.clock.set(through)
  return operator(
    `runBilling(input: { through: "${through}" })`,
    `... on RunBillingPayload { invoiceCount failureCount failures { tenantId code } ${selection} }`,
  )
}

describe('billing through GraphQL', () => {
  let october: any

  it('bills fees, and usage with its markup and discount, and reports a tenant that cannot be billed', async () => {
    await use({ at: '2026-09-10T00:00:00Z', cost: '10' }, { at: '2026-09-11T00:00:00Z', cost: '5.005', model: 'gpt-5-mini' })
    october = await run('2026-10-01T00:00:00Z')
    expect(october.failures).toEqual([{ tenantId: 'globex', code: 'BILLING_PROFILE_MISSING' }])
    const [start, september] = october.invoices
    expect([start.number, start.total]).toEqual(['INV-acme-000001', '23.8'])
    // (10 + 5.005) × 1.2 is 18.006, less 10 % is 16.2054.
    expect(september.lines).toEqual([
      { description: 'Metered', amount: '20', netAmount: '20' },
      { description: 'openai gpt-5', amount: '12', netAmount: '10.8' },
      { description: 'openai gpt-5-mini', amount: '6', netAmount: '5.4' },
    ])
  })

  it('books the discounts of an invoice once', async () => {
    const totals = await server.tollgate.promotions.totals(['launch'])
    expect(totals.get('launch')?.discounted.toFixed()).toBe('1.8006')
  })

  it('bills nothing twice', async () => {
    expect((await run('2026-10-01T00:00:00Z')).invoiceCount).toBe(0)
  })

  it('bills late usage on the next invoice, and gives no more discount than the budget', async () => {
    await use({ at: '2026-09-12T00:00:00Z', cost: '1' }, { at: '2026-10-12T00:00:00Z', cost: '100' })
    const { invoices } = await run('2026-11-01T00:00:00Z')
    expect(invoices[0].lines.map(({ description, netAmount }: any) => [description, netAmount])).toEqual([
      ['Metered', '20'],
      ['openai gpt-5', '118.92'],
      ['openai gpt-5, late usage', '1.08'],
    ])
    expect((await server.tollgate.promotions.totals(['launch'])).get('launch')?.discounted.toFixed()).toBe('3')
  })

  it('summarises a period as its invoice, and any other range by its usage and share of fees', async () => {
    const summary = async (from: string, to: string, key = acme) =>
      (
        await ask(
          `{ billingSummary(${key === acme ? '' : 'tenantId: "acme", '}range: { from: "${from}", to: "${to}" }) { cost charges discounts subtotal tax total currency usage { calls } invoice { number } lines { description netAmount } } }`,
          key,
        )
      ).billingSummary
    const period = await summary('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z')
    expect(period).toMatchObject({ invoice: { number: 'INV-acme-000003' }, subtotal: '140', total: '166.6', cost: '100' })
    const week = await summary('2026-10-08T00:00:00Z', '2026-10-15T00:00:00Z', server.operatorKey)
    expect(week).toMatchObject({ invoice: null, usage: { calls: 1 }, cost: '100', currency: 'USD' })
    expect(week.lines[0]).toEqual({ description: 'Metered', netAmount: '4.51' })
  })

  it('explains a line down to its events', async () => {
    const { invoices } = await ask('{ invoices(first: 1) { nodes { number lines { id description provider model } } } }')
    const { lines } = invoices.nodes[0]
    const query = `{ explainInvoiceLine(id: "${lines[1].id}") { ranges { from to } details events(first: 10) { nodes { occurredAt model cost } } } }`
    const { explainInvoiceLine: explained } = await ask(query)
    expect(explained.events.nodes).toEqual([{ occurredAt: '2026-10-12T00:00:00Z', model: 'gpt-5', cost: '100' }])
    expect(explained.details).toMatchObject({ calls: 1, tokens: '1000', cost: '100' })
    expect(explained.details.explanations[0].explanation.steps.map(({ step }: any) => step)).toContain('markup')
    expect((await server.send(globex, query)).errors[0]?.extensions.code).toBe('NOT_FOUND')
  })

  it('shows a tenant its own invoices only, and lets it change nothing', async () => {
    const { id } = october.invoices[0]
    expect(await ask(`{ invoice(id: "${id}") { number } }`)).toEqual({ invoice: { number: 'INV-acme-000001' } })
    expect(await ask(`{ invoice(id: "${id}") { number } invoices { nodes { id } } }`, globex)).toEqual({ invoice: null, invoices: { nodes: [] } })
    expect(await refused(`voidInvoice(input: { id: "${id}" })`, acme)).toBe('FORBIDDEN')
  })

  it('credits an invoice, never more than it is, and refuses what its state does not allow', async () => {
    const { id } = october.invoices[1]
    const { creditNote } = await operator(
      `issueCreditNote(input: { invoiceId: "${id}", amount: "10", reason: "Outage", idempotencyKey: "one" })`,
      '... on IssueCreditNotePayload { creditNote { number total correctsInvoice { id } } }',
    )
    expect(creditNote).toEqual({ number: 'CN-acme-000001', total: '10', correctsInvoice: { id } })
    expect(await refused(`issueCreditNote(input: { invoiceId: "${id}", amount: "1000", reason: "Outage", idempotencyKey: "two" })`)).toBe(
      'CREDIT_NOTE_EXCEEDS_INVOICE',
    )
    expect(await refused(`finalizeInvoice(input: { id: "${id}" })`)).toBe('INVOICE_STATE_CONFLICT')
    await operator(`voidInvoice(input: { id: "${october.invoices[0].id}" })`)
    expect(await refused(`voidInvoice(input: { id: "${october.invoices[0].id}" })`)).toBe('INVOICE_STATE_CONFLICT')
    expect(await refused(`setBillingProfile(input: { tenantId: "acme", name: "Acme", address: { line1: "x", city: "y", country: "Germany" } })`)).toBe(
      'INVALID_INPUT',
    )
  })

  it('links to documents, each link to one document of one tenant', async () => {
    const { id } = october.invoices[1]
    const query = `{ invoice(id: "${id}") { htmlUrl pdfUrl xmlUrl } }`
    const { invoice } = await ask(query)
    const linked = await Promise.all(
      Object.values<string>(invoice).map(url => server.tollgate.documents.links.read(new URL(url, 'http://server').searchParams.get('link') ?? '')),
    )
    const invoiceId = id.split(':')[1]
    expect(linked).toEqual(['html', 'pdf', 'ubl'].map(format => ({ tenantId: 'acme', invoiceId, format })))
    expect(await ask(query, globex)).toEqual({ invoice: null })
    const { body } = await server.tollgate.documents.render({ scope: OPERATOR_SCOPE, invoiceId, format: 'html' })
    expect(body).toContain('openai gpt-5-mini')
    await expect(server.tollgate.documents.render({ scope: tenantScope('globex'), invoiceId, format: 'html' })).rejects.toThrow(/no invoice/i)
  })

  it('is audited in the transaction of each invoice', async () => {
    const { auditTrail } = await ask('{ auditTrail(tenantId: "acme", days: 365, first: 50) { nodes { eventType result } } }', server.operatorKey)
    const types = auditTrail.nodes.filter(({ result }: any) => result === 'SUCCESS').map(({ eventType }: any) => eventType)
    expect(types.filter((type: string) => type === 'billing.invoiceFinalized')).toHaveLength(3)
    expect(types).toEqual(expect.arrayContaining(['billing.profileSet', 'billing.creditNoteIssued', 'billing.invoiceVoided']))
  })

  it('bills each period once when several processes bill at the same time', async () => {
    await operator(`setBillingProfile(input: { tenantId: "globex", name: "Globex", address: ${ADDRESS} })`)
    const others = [server.tollgate, await server.another(), await server.another()]
    server.clock.set('2026-12-01T00:00:00Z')
    const runs = await Promise.all(others.map(one => one.billing.run({ through: Temporal.Instant.from('2026-12-01T00:00:00Z') })))
    // The voided start is billed again with November.
    expect(runs.reduce((sum, { invoices }) => sum + invoices, 0)).toBe(1 + 4)
    const rows = await server.test.asOwner<{ tenant_id: string; numbers: number[] }>(
      `select tenant_id, array_agg(sequence order by sequence) as numbers from invoicing.invoices where kind = 'invoice' group by tenant_id order by tenant_id`,
    )
    expect(rows).toEqual([
      { tenant_id: 'acme', numbers: [1, 2, 3, 4] },
      { tenant_id: 'globex', numbers: [1, 2, 3, 4] },
    ])
    expect((await server.tollgate.billing.invoices(OPERATOR_SCOPE, { first: 50 })).items).toHaveLength(9)
  })
})

it('changes other settings while a registration is stored that is rejected today', async () => {
  const settings = postgresBillingSettings(server.test.database)
  const stored = await server.tollgate.billing.settings()
  await settings.saveSettings({ ...stored, tax: { ...stored.tax, registrations: ['US-CA-XX'] } })
  await operator('setBillingSettings(input: { notes: "Thank you." })')
  expect(await server.tollgate.billing.settings()).toMatchObject({ notes: 'Thank you.', tax: { registrations: ['US-CA-XX'] } })
  await settings.saveSettings(stored)
})

it('makes an invoice of 10,000 lines, pages through them, and renders each of them once', async () => {
  const from = Temporal.Instant.from('2026-12-01T00:00:00Z')
  const count = 10_000
  const lines = Array.from({ length: count }, (_, i) => ({ kind: 'other' as const, description: `Department ${i + 1}.`, amount: new Decimal('1.25') }))
  const { id, subtotal } = await server.tollgate.billing.issueInvoice({
    id: '01900000-0000-7000-8000-000000009999',
    tenantId: 'acme',
    currency: 'EUR',
    period: { from, to: from },
    timeZone: 'UTC',
    lines,
  })
  expect(subtotal.toFixed()).toBe('12500')
  const positions = lines.map((_, i) => i + 1)
  const pageAfter = async (after: string) => {
    const page = `linePage(first: 1000 ${after}) { nodes { position } pageInfo { hasNextPage endCursor } }`
    const { nodes, pageInfo } = (await ask(`{ invoice(id: "inv_acme:${id}") { ${page} } }`)).invoice.linePage
    return { positions: nodes.map(({ position }: { position: number }) => position), ...pageInfo }
  }
  const first = await pageAfter('')
  expect(first).toMatchObject({ positions: positions.slice(0, 1_000), hasNextPage: true })
  expect(await pageAfter(`after: "${first.endCursor}"`)).toMatchObject({ positions: positions.slice(1_000, 2_000), hasNextPage: true })
  expect(await pageAfter(`after: "${encodeCursor('9000')}"`)).toMatchObject({ positions: positions.slice(9_000), hasNextPage: false })
  const documentOf = async (format: 'html' | 'ubl' | 'pdf') => {
    const { body } = await server.tollgate.documents.render({ scope: tenantScope('acme'), invoiceId: id, format })
    return typeof body === 'string' ? body : Buffer.from(body).toString('latin1')
  }
  for (const format of ['html', 'ubl'] as const) {
    expect((await documentOf(format)).match(/Department \d+\./g)?.map(text => Number(text.slice(11)))).toEqual(positions)
  }
  // Rows of one line on about 40 lines a page.
  const pdf = await documentOf('pdf')
  expect(Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(pdf)?.[1])).toBeGreaterThan(count / 50)
  expect(pdf.length).toBeLessThan(200 * count)
})
