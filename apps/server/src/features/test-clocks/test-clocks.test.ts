import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

const ADDRESS = '{ line1: "Main Street 1", postalCode: "10115", city: "Berlin", country: "DE" }'

let server: GraphQLTestServer
let key: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  await operator(`setBillingSettings(input: { seller: { name: "Tollgate GmbH", address: ${ADDRESS} }, taxRegistrations: ["DE"] })`)
  await operator(`publishBillingPlan(input: { name: "simulated", title: "Simulated", recurringFee: 31, trialDays: 14, creditAllowance: { amount: 100 },
    usageCharges: [{ name: "markup", markup: { percent: 20 } }],
    quotas: { unlisted: ALLOW, policies: [{ metric: REQUESTS, window: MONTH, limit: 1 }] } })`)
  await operator('createTenant(input: { id: "sim", name: "Simulated" })')
  await operator(`setBillingProfile(input: { tenantId: "sim", name: "Sim", address: ${ADDRESS}, paymentTermDays: 14 })`)
  await operator('setCollectionPolicy(input: { tenantId: "sim", graceDays: 7, reminderDays: [1], lateFee: { kind: FIXED, value: 5 } })')
  key = await server.keyOf('sim')
})
afterAll(() => server.stop())

/** Sends a mutation with the operator key, and returns its payload. */
async function operator(mutation: string, selection = ''): Promise<any> {
  const { data, errors } = await server.send(server.operatorKey, `mutation { result: ${mutation} { __typename ... on Error { code message } ${selection} } }`)
  if ((errors?.length ?? 0) > 0 || data.result.code !== undefined) throw new Error(JSON.stringify(errors ?? data.result))
  return data.result
}

async function refused(mutation: string, as = server.operatorKey): Promise<string> {
  const { data, errors } = await server.send(as, `mutation { result: ${mutation} { __typename ... on Error { code } } }`)
  return data?.result?.code ?? errors[0]?.extensions.code
}

async function ask(query: string, as = key): Promise<any> {
  const { data, errors } = await server.send(as, query)
  if ((errors?.length ?? 0) > 0) throw new Error(JSON.stringify(errors))
  return data
}

const advance = (to: string, tenantId = 'sim') =>
  operator(
    `advanceTestClock(input: { tenantId: "${tenantId}", to: "${to}" })`,
    '... on AdvanceTestClockPayload { testClock { now target } invoices reminders lateFees failures { code } }',
  )
const invoices = async () =>
  (await ask('{ invoices(first: 100) { nodes { id number status issuedAt dueAt amountDue lines { description amount } } } }')).invoices.nodes.toReversed()

it('puts only tenants without data on a clock, and only for operators', async () => {
  const create = 'createTestClock(input: { tenantId: "acme", now: "2027-01-01T00:00:00Z" })'
  expect(await refused(create, key)).toBe('FORBIDDEN')
  await server.tollgate.usage.track({ tenantId: 'acme', events: [{ operation: 'chat' }] })
  expect(await refused(create)).toBe('TENANT_HAS_DATA')
  expect(await refused('createTestClock(input: { tenantId: "nobody", now: "2027-01-01T00:00:00Z" })')).toBe('NOT_FOUND')
  expect(await refused('advanceTestClock(input: { tenantId: "acme", to: "2027-01-01T00:00:00Z" })')).toBe('NOT_FOUND')
  expect((await ask('{ tenant(id: "acme") { testClock { now } } }', server.operatorKey)).tenant.testClock).toBeNull()
})

// Hundreds of transactions: beside other tests, they take longer than the limit of a test.
const YEAR_TIMEOUT_MS = 120_000

it(
  'bills a year of a tenant through the API: trial, renewals, usage, quotas, credits, reminders, late fees and payments at their times',
  { timeout: YEAR_TIMEOUT_MS },
  async () => {
    await operator('createTestClock(input: { tenantId: "sim", now: "2027-01-01T00:00:00Z" })')
    await operator('startTrial(input: { tenantId: "sim", plan: "simulated", converts: true })')
    const done = { invoices: 0, reminders: 0, lateFees: 0 }
    for (let month = 2; month <= 13; month++) {
      const { trackUsage } = await ask(
        'mutation { trackUsage(input: { events: [{ operation: "chat", reportedCost: "10" }] }) { ... on TrackUsagePayload { results { outcome } } } }',
      )
      expect(trackUsage.results).toEqual([{ outcome: 'ACCEPTED' }])
      // Half of the invoices are paid on time.
      if (month % 2 === 0)
        for (const { id, amountDue } of (await invoices()).filter((one: any) => one.amountDue !== '0'))
          await operator(`recordPayment(input: { tenantId: "sim", invoiceId: "${id}", amount: "${amountDue}", currency: "USD", idempotencyKey: "${id}" })`)
      const advanced = await advance(month === 13 ? '2028-01-01T12:00:00Z' : `2027-${String(month).padStart(2, '0')}-01T12:00:00Z`)
      expect(advanced.failures).toEqual([])
      for (const name of ['invoices', 'reminders', 'lateFees'] as const) done[name] += advanced[name]
    }
    expect(done).toEqual({ invoices: 13, reminders: 8, lateFees: 7 })
    const billed = await invoices()
    expect(billed.map(({ number }: any) => number)).toEqual(Array.from({ length: 20 }, (_, i) => `TEST-INV-sim-${String(i + 1).padStart(6, '0')}`))
    const sums = new Map<string, number>()
    for (const { description, amount } of billed.flatMap(({ lines }: any) => lines)) {
      const [kind] = String(description).split(' for invoice ')
      if (kind !== undefined) sums.set(kind, (sums.get(kind) ?? 0) + Number(amount))
    }
    // 17 of 31 days of January after the trial, and twelve months. Usage of eleven months: that of the trial is free.
    expect(Object.fromEntries(sums)).toEqual({ Simulated: 17 + 12 * 31, Usage: 11 * 12, 'Late fee': 7 * 5 })
    expect(billed.slice(0, 3).map(({ issuedAt, dueAt }: any) => [issuedAt, dueAt])).toEqual([
      ['2027-01-15T00:00:00Z', '2027-01-29T23:59:59.999Z'],
      ['2027-02-01T00:00:00Z', '2027-02-15T23:59:59.999Z'],
      // A week after the first invoice was due.
      ['2027-02-05T23:59:59.999Z', '2027-02-19T23:59:59.999Z'],
    ])
    expect(new Set(billed.map(({ status }: any) => status))).toEqual(new Set(['PAID', 'OVERDUE', 'FINALIZED']))
    const { collectionSteps } = await ask(`{ collectionSteps(invoiceId: "${billed[0].id}") { key takenAt } }`)
    expect(collectionSteps).toEqual([
      { key: 'reminder:1', takenAt: '2027-01-30T23:59:59.999Z' },
      { key: 'late_fee:1', takenAt: '2027-02-05T23:59:59.999Z' },
    ])
  },
)

it('uses the time of the clock for everything of the tenant, and that of the installation for all others', async () => {
  const state =
    '{ subscription { status currentPeriod { from } } wallet { balance } quotaStatus { quotas { used resetsAt } } usage(period: THIS_MONTH) { totals { calls } } }'
  const now = await ask(state)
  expect(now.subscription).toEqual({ status: 'ACTIVE', currentPeriod: { from: '2028-01-01T00:00:00Z' } })
  // The allowance of December has expired; that of January is there.
  expect(now.wallet.balance).toBe('100')
  expect(now.quotaStatus.quotas).toEqual([{ used: '0', resetsAt: '2028-02-01T00:00:00Z' }])
  expect(now.usage.totals.calls).toBe(0)
  const tracked = await ask(
    'mutation { trackUsage(input: { events: [{ operation: "chat", occurredAt: "2028-01-01T11:00:00Z" }] }) { ... on TrackUsagePayload { results { outcome } } } }',
  )
  expect(tracked.trackUsage.results).toEqual([{ outcome: 'ACCEPTED' }])
  const enforce = `mutation { result: enforceQuotas(input: { requests: [{ metric: REQUESTS, amount: 1 }] }) { ... on EnforceQuotasPayload { decision { allowed } } } }`
  expect((await ask(enforce)).result.decision.allowed).toBe(false)
  await advance('2028-02-01T00:00:00Z')
  expect((await ask(enforce)).result.decision.allowed).toBe(true)

  const acme = await server.keyOf('acme')
  const real = await ask(
    'mutation { trackUsage(input: { events: [{ operation: "chat", occurredAt: "2028-01-01T11:00:00Z" }] }) { ... on TrackUsagePayload { results { outcome } } } }',
    acme,
  )
  expect(real.trackUsage.results).toEqual([{ outcome: 'REJECTED' }])
  expect((await ask('{ recurringRevenue { mrr } }', server.operatorKey)).recurringRevenue.mrr).toBe('0')
  const other = await server.another()
  await other.testClocks.load()
  expect([other.clock.now('sim').toString(), other.clock.now('acme').toString()]).toEqual(['2028-02-01T00:00:00Z', '2026-11-20T12:00:00Z'])
})

it('leaves simulated tenants out of the work over all tenants', async () => {
  await operator('createTenant(input: { id: "past", name: "Past" })')
  await operator(`setBillingProfile(input: { tenantId: "past", name: "Past", address: ${ADDRESS} })`)
  await operator('createTestClock(input: { tenantId: "past", now: "2025-01-01T00:00:00Z" })')
  await operator('startTrial(input: { tenantId: "past", plan: "simulated", converts: true })')
  const past = await server.keyOf('past')
  const reserve = `mutation { result: enforceQuotas(input: { requests: [{ metric: REQUESTS, amount: 1 }], consume: true }) { ... on EnforceQuotasPayload { decision { allowed } } } }`
  expect((await ask(reserve, past)).result.decision.allowed).toBe(true)
  const { subscriptions, billing, collections, credits, quotas } = server.tollgate
  await subscriptions.advance({ first: 100 })
  await credits.advance()
  await billing.run({ through: server.clock.now() })
  await collections.run()
  await quotas.sweep()
  expect(await ask('{ subscription { status } wallet { balance } invoices { nodes { id } } }', past)).toEqual({
    subscription: { status: 'TRIALING' },
    wallet: { balance: '100' },
    invoices: { nodes: [] },
  })
  expect((await ask(reserve, past)).result.decision.allowed).toBe(false)
  expect(await refused('runBilling(input: { through: "2025-02-01T00:00:00Z", tenantIds: ["past"] })')).toBe('INVALID_INPUT')
  expect((await advance('2025-02-01T00:00:00Z', 'past')).invoices).toBe(2)
  expect((await ask('{ testClocks { tenant { id } now } }', server.operatorKey)).testClocks).toEqual([
    { tenant: { id: 'past' }, now: '2025-02-01T00:00:00Z' },
    { tenant: { id: 'sim' }, now: '2028-02-01T00:00:00Z' },
  ])
})
