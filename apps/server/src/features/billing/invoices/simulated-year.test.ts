import { billingPlanOf, subscriptionOf } from '@tollgate/invoicing/testing'
import { postgresPlanStore, postgresSubscriptionStore } from '@tollgate/invoicing/postgres'
import type { BillingPlan, Subscription } from '@tollgate/invoicing'
import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

/** Enough for every combination that matters. SIMULATED_TENANTS sets more. */
// oxlint-disable-next-line node/no-process-env -- The size of a test is no setting of the server.
const TENANTS = Number(process.env['SIMULATED_TENANTS'] ?? 10)
const MARKUP_PERCENT = 25
const FEE = 30

/** Zones with clock changes in both halves of the year, one with half an hour, and one that is a day ahead. */
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati']
const ANCHORS = [1, 15, 28, 29, 31]

interface SimulatedTenant {
  readonly id: string
  readonly zone: string
  readonly anchor: number
  /** One currency, or two: then the second half of the year is another subscription. */
  readonly currencies: readonly [string, ...string[]]
  /** Without fees, and with a zone that changes in the middle of the year. */
  readonly moves: boolean
}

const tenants = Array.from({ length: TENANTS }, (_, i): SimulatedTenant => {
  const moves = i % 10 === 9
  const currencies: [string, ...string[]] = moves || i % 3 === 0 ? ['USD'] : i % 3 === 1 ? ['EUR'] : ['USD', 'JPY']
  return { id: `tenant-${i}`, zone: ZONES[i % ZONES.length] ?? 'UTC', anchor: ANCHORS[Math.floor(i / 2) % ANCHORS.length] ?? 1, currencies, moves }
})

/** Midnight of an anchor day, in the zone of a tenant. */
function boundary({ anchor, zone }: SimulatedTenant, month: number): Temporal.Instant {
  const first = Temporal.PlainYearMonth.from({ year: 2024, month: 1 }).add({ months: month })
  return first
    .toPlainDate({ day: Math.min(anchor, first.daysInMonth) })
    .toZonedDateTime(zone)
    .toInstant()
}

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
  server.clock.set('2024-01-01T00:00:00Z')
  const { billing, accounts, chargeRules } = server.tollgate
  const { database } = server.test
  const address = { line1: 'Main Street 1', line2: null, postalCode: null, city: 'Berlin', region: null, country: 'DE' }
  await billing.changeSettings({
    seller: { name: 'Tollgate', address, taxId: null, registration: null, email: null, phone: null, bankAccount: null },
    lookBackPeriods: 2,
  })
  await chargeRules.publish(OPERATOR_SCOPE, {
    name: 'usual',
    from: Temporal.Instant.from('2023-01-01T00:00:00Z'),
    terms: { kind: 'markup', percent: MARKUP_PERCENT },
  })
  const publish = (name: string, fee: number) => {
    const { version: _, key: __, ...draft } = billingPlanOf({ name, recurringFee: new Decimal(fee), publishedAt: server.clock.now() })
    return postgresPlanStore(database).add(draft, async () => {})
  }
  const [withFee, usageOnly] = [await publish('simulated', FEE), await publish('simulated-usage', 0)]
  for (const [position, tenant] of tenants.entries()) {
    await accounts.createTenant({ id: tenant.id, name: tenant.id })
    await billing.setProfile({
      tenantId: tenant.id,
      name: tenant.id,
      address,
      taxId: null,
      taxExemption: null,
      email: null,
      locale: 'en',
      reference: null,
      paymentTermDays: 30,
    })
    for (const [half, currency] of tenant.currencies.entries()) await subscribe(tenant, { position, half, currency, plan: tenant.moves ? usageOnly : withFee })
  }
  // Fridays only, as central banks publish them.
  const fridays = Array.from({ length: 60 }, (_, week) => Temporal.PlainDate.from('2023-12-29').add({ weeks: week }))
  const rates = fridays.flatMap((day, i) => [
    `${day.toString()},USD,EUR,${(0.9 + (i % 7) / 1_000).toFixed(4)}`,
    `${day.toString()},USD,JPY,${(140 + (i % 11) / 10).toFixed(2)}`,
  ])
  await billing.importRates({ text: ['date,base,quote,rate', ...rates].join('\n'), source: 'test' })
})
afterAll(() => server.stop())

async function subscribe(
  tenant: SimulatedTenant,
  { position, half, currency, plan }: { readonly position: number; readonly half: number; readonly currency: string; readonly plan: BillingPlan },
): Promise<void> {
  const ends = half + 1 < tenant.currencies.length ? boundary(tenant, 6) : null
  const changes: Partial<Subscription> = {
    tenantId: tenant.id,
    id: `01900000-0000-7000-8000-0000000${half}${String(position).padStart(4, '0')}`,
    currency,
    anchorDay: tenant.anchor,
    timeZone: tenant.zone,
    endedAt: ends,
  }
  await postgresSubscriptionStore(server.test.database).add(subscriptionOf([{ from: boundary(tenant, half * 6).toString(), plan }], changes), async () => {})
}

/** Records three calls of a tenant in a month: one near its start, one near its end, and one that arrives late, of the month before. */
async function use(tenant: SimulatedTenant, month: number, position: number): Promise<void> {
  const at = (instant: Temporal.Instant, cost: number) => ({
    occurredAt: instant,
    operation: 'chat',
    provider: 'openai',
    model: position % 2 === 0 ? 'gpt-5' : 'gpt-5-mini',
    reportedCost: new Decimal(cost).div(10_000_000),
  })
  const [from, to] = [boundary(tenant, month), boundary(tenant, month + 1)]
  const events = [at(from, 123_456_7 + position * 1_013), at(to.subtract({ milliseconds: 1 }), 31_415_9 + month * 977)]
  const late = month === 0 ? [] : [at(from.subtract({ hours: 30 }), 27_182_8 + month * 31 + position)]
  const tracked = await server.tollgate.usage.track({ tenantId: tenant.id, events: [...events, ...late] })
  expect(tracked.map(({ outcome }) => outcome)).toEqual(tracked.map(() => 'accepted'))
}

/** What every subscription owes, from its events and the calendar of PostgreSQL alone. */
const EXPECTED = `
  with months as (select generate_series(0, 15) as month),
  boundaries as (
    select id, tenant_id, currency, time_zone, month,
      ((date '2024-01-01' + month * interval '1 month')
        + (least(anchor_day, extract(day from date '2024-01-01' + (month + 1) * interval '1 month' - interval '1 day')) - 1) * interval '1 day') at time zone time_zone as at
    from invoicing.subscriptions, months where tenant_id = any ($1)
  ),
  periods as (
    select boundaries.*, lead(at) over (partition by id order by month) as until from boundaries
    join (select id as subscription, started_at, ended_at from invoicing.subscriptions) as terms
      on subscription = id and at >= started_at and at <= coalesce(ended_at, 'infinity')
  ),
  rates as (
    select periods.*, case when currency = 'USD' then 1 else (
        select rate from invoicing.exchange_rates where quote = currency and rate_date <= ((until - interval '1 microsecond') at time zone time_zone)::date order by rate_date desc limit 1
      ) end as usage_rate,
      case when currency = 'USD' then 1 else (
        select rate from invoicing.exchange_rates where quote = currency and rate_date <= (at at time zone time_zone)::date order by rate_date desc limit 1
      ) end as fee_rate
    from periods
  ),
  usage as (
    select rates.id, sum(reported_cost * (1 + $2::numeric / 100) * usage_rate) as amount from rates
    join usage.events on events.tenant_id = rates.tenant_id and occurred_at >= at and occurred_at < until group by rates.id
  ),
  fees as (
    select rates.id, sum($3::numeric * fee_rate) as amount from rates join invoicing.subscriptions on subscriptions.id = rates.id
    where at < coalesce(ended_at, 'infinity') and at <= $4 group by rates.id
  )
  select rates.tenant_id, rates.id::text, max(usage.amount) as usage, max(fees.amount) as fees from rates
  join usage on usage.id = rates.id join fees on fees.id = rates.id group by 1, 2`

const BILLED = `
  select subscription_id::text as id, sum(subtotal - discount_total - credit_total) as billed, sum(rounding) as carried, count(*)::integer as invoices
  from invoicing.invoices where tenant_id = any ($1) and kind = 'invoice' group by 1`

const EXPECTED_OF_MOVED = `select tenant_id, sum(reported_cost * (1 + $2::numeric / 100)) as usage from usage.events where tenant_id = any ($1) group by 1`

it(
  'reconciles a year of billing to the last digit with sums of events: leap day, short months, clock changes, late usage, currencies and zones that change',
  { timeout: 60_000 },
  async () => {
    const { billing } = server.tollgate
    for (let month = 0; month < 12; month++) {
      // A day after the last tenant's period has ended.
      const now = Temporal.Instant.from('2024-01-01T00:00:00Z')

        .toZonedDateTimeISO('UTC')
        .add({ months: month + 2, days: 2 })
        .toInstant()
      server.clock.set(now)
      await Promise.all(tenants.map((tenant, position) => use(tenant, month, position)))
      // Runs can bill several periods at once.
      if (month % 3 !== 2) continue
      if (month === 6)
        await server.test.asOwner(`update invoicing.subscriptions set time_zone = 'Asia/Tokyo' where tenant_id = any ($1)`, [moved.map(({ id }) => id)])
      const { failures, firstFailures } = await billing.run({ through: now })
      expect([failures, firstFailures]).toEqual([0, []])
    }
    const stayed = tenants.filter(({ moves }) => !moves).map(({ id }) => id)
    const billed = new Map((await server.test.asOwner<BilledRow>(BILLED, [tenants.map(({ id }) => id)])).map(row => [row.id, row]))
    const expected = await server.test.asOwner<ExpectedRow>(EXPECTED, [stayed, MARKUP_PERCENT, FEE, server.clock.now().toString()])
    expect(expected).toHaveLength(stayed.length + tenants.filter(({ currencies }) => currencies.length > 1).length)
    for (const { id, tenant_id: tenantId, usage, fees } of expected) {
      const { billed: sum = '0', carried = '0' } = billed.get(id) ?? {}
      expect(new Decimal(sum).plus(carried).toFixed(12), `${tenantId} ${id}`).toBe(new Decimal(usage).plus(fees).toFixed(12))
    }
    const expectedOfMoved = await server.test.asOwner<ExpectedRow>(EXPECTED_OF_MOVED, [moved.map(({ id }) => id), MARKUP_PERCENT])
    for (const [position, tenant] of tenants.entries()) {
      if (!tenant.moves) continue
      const { billed: sum = '0', carried = '0' } = billed.get(`01900000-0000-7000-8000-00000000${String(position).padStart(4, '0')}`) ?? {}
      const usage = expectedOfMoved.find(row => row.tenant_id === tenant.id)?.usage ?? ''
      expect(new Decimal(sum).plus(carried).toFixed(12), tenant.id).toBe(new Decimal(usage).toFixed(12))
    }
    const gaps = await server.test.asOwner(`select tenant_id from invoicing.invoices group by tenant_id, series having max(sequence) <> count(*)`)
    expect(gaps).toEqual([])
  },
)

const moved = tenants.filter(({ moves }) => moves)

interface BilledRow {
  readonly id: string
  readonly billed: string
  readonly carried: string
}

interface ExpectedRow {
  readonly tenant_id: string
  readonly id: string
  readonly usage: string
  readonly fees: string
}
