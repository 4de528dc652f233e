import { type ChargeRuleTerms, type ChargeScenario, type DiscountDraft, type PriceModelDraft, verifyExplanation } from '@tollgate/charges'
import { Decimal, OPERATOR_SCOPE, Temporal, ZERO } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

const range = { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }
const RANGE = `{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }`
const JANUARY = Temporal.Instant.from('2026-01-01T00:00:00Z')
let server: GraphQLTestServer
let count = 0

beforeAll(async () => {
  server = await startGraphQLTestServer()
  server.clock.set('2026-12-01T00:00:00Z')
  const price = { provider: 'acme-ai', from: JANUARY }
  const { pricing } = server.tollgate
  await pricing.publishPrice(OPERATOR_SCOPE, { ...price, model: 'large', perMillionTokens: { input: new Decimal(10) } })
  await pricing.publishPrice(OPERATOR_SCOPE, { ...price, model: 'nightly', serviceTier: 'batch', perMillionTokens: { input: new Decimal(1) } })
})
afterAll(() => server.stop())

/** Each test has its own tenant and its own rule names, because a version replaces others with its name. */
async function tenant(traits: { tier?: string; timeZone?: string; currency?: string } = {}): Promise<string> {
  count += 1
  const id = `tenant-${count}`
  await server.tollgate.accounts.createTenant({ id, name: id, ...traits })
  return id
}
const publish = (tenantId: string, name: string, terms: ChargeRuleTerms, from: string | Temporal.Instant = JANUARY) =>
  server.tollgate.chargeRules.publish(OPERATOR_SCOPE, { name: `${name} of ${tenantId}`, tenantId, from: Temporal.Instant.from(from), terms })
const off = (tenantId: string, name: string, discount: Omit<DiscountDraft, 'id' | 'promotion'>, from?: string) =>
  publish(tenantId, name, { kind: 'discount', discount }, from)
const list = (tenantId: string, priceModel: PriceModelDraft, counts?: 'tokens' | 'quantity' | 'requests', from?: string) =>
  publish(tenantId, 'list', { kind: 'price-model', priceModel, counts }, from)

interface Used {
  readonly at: string
  readonly tokens?: number
  readonly quantity?: string
  readonly operation?: string
  readonly customer?: string
  readonly model?: string
  readonly serviceTier?: string
}
async function use(tenantId: string, uses: readonly Used[]): Promise<readonly string[]> {
  const events = uses.map(({ at, tokens, quantity, operation = 'chat', customer, model = 'large', serviceTier }) => ({
    operation,
    ...(tokens !== undefined && { provider: 'acme-ai', model, tokens: { input: tokens } }),
    quantity: quantity === undefined ? null : new Decimal(quantity),
    serviceTier,
    occurredAt: Temporal.Instant.from(at),
    metadata: customer === undefined ? {} : { customerId: customer },
  }))
  const tracked = await server.tollgate.usage.track({ tenantId, events })
  return tracked.map(one => (one.outcome === 'rejected' ? one.reason : one.eventId))
}
const group = (tenantId: string, more: object = {}) => server.tollgate.charges.explainPeriod({ tenantId, range, ...more })
const chargeOf = async (tenantId: string, more: object = {}) => (await group(tenantId, more)).total.charge?.toFixed()
const explain = async (eventId: string) => {
  const explained = await server.tollgate.charges.explainEvent(OPERATOR_SCOPE, eventId)
  if (explained === undefined) throw new Error('there is no such event')
  return explained.charge
}
const reasons = (steps: readonly { readonly step: string; readonly reason: string }[] = []) =>
  steps.filter(({ step }) => step === 'discount').map(({ reason }) => reason)

describe('a range in which rules change', () => {
  it('is charged in parts by the rules of each time, which add up to the total', async () => {
    const acme = await tenant()
    await publish(acme, 'm', { kind: 'markup', percent: 20 })
    await publish(acme, 'm', { kind: 'markup', percent: 50 }, '2026-11-11T00:00:00Z')
    await off(acme, 'ten', { effect: { kind: 'percentage', percent: 10 } }, '2026-11-21T00:00:00Z')
    await use(acme, [
      { at: '2026-11-10T23:59:59.999999Z', tokens: 1_000_000 },
      { at: '2026-11-11T00:00:00Z', tokens: 1_000_000 },
      { at: '2026-11-25T00:00:00Z', tokens: 1_000_000, model: 'large-2026-05-05' },
    ])
    const { parts, total, models } = await group(acme)
    expect(parts.map(part => [part.range.from.toString(), part.range.to.toString(), part.total.charge?.toFixed()])).toEqual([
      ['2026-11-01T00:00:00Z', '2026-11-11T00:00:00Z', '12'],
      ['2026-11-11T00:00:00Z', '2026-11-21T00:00:00Z', '15'],
      ['2026-11-21T00:00:00Z', '2026-12-01T00:00:00Z', '13.5'],
    ])
    expect(total).toMatchObject({ state: 'charged', cost: new Decimal(30), charge: new Decimal('40.5') })
    expect(models.map(({ model, cost, charge }) => [model, cost?.toFixed(), charge?.charge?.toFixed()])).toEqual([
      ['large', '20', '27'],
      ['large-2026-05-05', '10', '15'],
    ])
    for (const { explanation } of [total, ...parts.flatMap(part => [part.total, ...part.models.flatMap(({ charge }) => charge ?? [])])]) {
      expect(explanation && verifyExplanation(explanation)).toEqual([])
    }
    expect(await chargeOf(acme, { at: range.from })).toBe('36')
    expect(await chargeOf(acme, { rounding: { scale: 0, mode: 'half-up' } })).toBe('41')
    // A simulation without changes equals the current charge.
    const simulated = await server.tollgate.charges.simulate({ tenantId: acme, range, scenario: {}, by: ['model'], maxEvents: 10 })
    expect(simulated.total.simulated.charge?.toFixed()).toBe('40.5')
    expect(simulated.groups.reduce((sum, { current }) => sum.plus(current.charge ?? 0), ZERO).toFixed()).toBe('40.5')
    // Also event by event, each in its part.
    const price = { provider: 'acme-ai', model: 'large', from: JANUARY, perMillionTokens: { input: new Decimal(10) } }
    const rerated = await server.tollgate.charges.simulate({ tenantId: acme, range, scenario: { prices: [price] }, maxEvents: 10 })
    expect([rerated.method, rerated.total.simulated.charge?.toFixed()]).toEqual(['events', '40.5'])
  })
  it('shows its parts over GraphQL, with a note on a currency that is not converted', async () => {
    const euro = await tenant({ currency: 'EUR' })
    await publish(euro, 'm', { kind: 'markup', percent: 20 }, '2026-11-11T00:00:00Z')
    const [id] = await use(euro, [{ at: '2026-11-12T00:00:00Z', tokens: 1_000_000 }])
    const { data } = await server.send(
      server.operatorKey,
      `{ explainPeriodCharge(tenantId: "${euro}", range: ${RANGE}) { partSums { parts from to discounts calls unpricedCalls cost charge } parts { from to models { model } total { charge } } total { currency charge notes text } }
         explainCharge(eventId: "evt_${id}") { explanation { currency charge notes } } }`,
    )
    expect(data.explainPeriodCharge.parts).toEqual([
      { from: '2026-11-01T00:00:00Z', to: '2026-11-11T00:00:00Z', models: [], total: { charge: '0' } },
      { from: '2026-11-11T00:00:00Z', to: '2026-12-01T00:00:00Z', models: [{ model: 'large' }], total: { charge: '12' } },
    ])
    const sum = { parts: 1, discounts: [], unpricedCalls: 0 }
    expect(data.explainPeriodCharge.partSums).toEqual([
      { ...sum, from: '2026-11-01T00:00:00Z', to: '2026-11-11T00:00:00Z', calls: 0, cost: '0', charge: '0' },
      { ...sum, from: '2026-11-11T00:00:00Z', to: '2026-12-01T00:00:00Z', calls: 1, cost: '10', charge: '12' },
    ])
    const notes = ['all amounts are in USD, the currency of prices; they are not converted to EUR']
    expect(data.explainPeriodCharge.total).toMatchObject({ currency: 'USD', charge: '12', notes })
    expect(data.explainPeriodCharge.total.text).toContain('part 2, 2026-11-11T00:00:00Z to 2026-12-01T00:00:00Z: 12\n')
    expect(data.explainCharge.explanation).toEqual({ currency: 'USD', charge: '12', notes })
  })
  it('carries over tiers, included units, minimums and fixed discounts', async () => {
    const acme = await tenant()
    const tiers = (high: string): PriceModelDraft => ({
      kind: 'graduated',
      includedUnits: 100,
      minimum: 5,
      tiers: [
        { from: 0, unitPrice: '0.01' },
        { from: 1_000, unitPrice: high },
      ],
    })
    await list(acme, tiers('0.005'))
    await off(acme, 'welcome', { effect: { kind: 'fixed', amount: 6 } })
    await use(acme, [
      { at: '2026-11-02T00:00:00Z', tokens: 600 },
      { at: '2026-11-20T00:00:00Z', tokens: 1_400 },
    ])
    // 100 free, 1,000 at 0.01, 900 at 0.005, less 6.
    expect(await chargeOf(acme)).toBe('8.5')
    await publish(acme, 'other', { kind: 'markup', percent: 3, model: 'large' }, '2026-11-10T00:00:00Z')
    const cut = await group(acme)
    expect(cut.parts.map(part => part.total.charge?.toFixed())).toEqual(['0', '8.5'])
    expect(cut.total.charge?.toFixed()).toBe('8.5')
    // A new version continues counting, with its own price in the second tier.
    await list(acme, tiers('0.001'), 'tokens', '2026-11-10T00:00:00Z')
    expect(await chargeOf(acme)).toBe('4.9')
  })
})

describe('time-based discounts', () => {
  const night = { kind: 'hours-of-day' as const, from: '22:00', to: '06:00', timeZone: 'Asia/Kolkata' }
  const weekend = { kind: 'weekdays' as const, days: ['saturday', 'sunday'] as const, timeZone: 'Asia/Kolkata' }
  const percentOff = (percent: number, ...conditions: NonNullable<DiscountDraft['conditions']>) => ({
    effect: { kind: 'percentage' as const, percent },
    conditions,
  })
  /** One million tokens each, which cost 10 USD. */
  const [byDay, byNight, atWeekends, weekendNights] = [
    ['2026-11-02T00:30:00Z', '2026-11-03T16:29:59.999999Z'], // Monday 06:00, and just before Tuesday 22:00
    ['2026-11-03T16:30:00Z', '2026-11-04T00:29:59.999999Z', '2026-11-29T18:30:00Z'], // 22:00, 05:59, and midnight after the last Sunday
    ['2026-11-07T00:30:00Z', '2026-11-15T16:29:59Z'],
    ['2026-11-06T18:30:00Z', '2026-11-08T17:00:00Z', '2026-11-01T00:00:00Z'], // Saturday's 00:00, Sunday's 22:30, Sunday's 05:30
  ].map(times => times.map(at => ({ at, tokens: 1_000_000 }))) as [Used[], Used[], Used[], Used[]]

  it('apply only to usage in their hours and on their days', async () => {
    const discounted = async (uses: readonly Used[]) => {
      const id = await tenant({ timeZone: 'Asia/Kolkata' })
      await off(id, 'night', percentOff(50, night))
      await off(id, 'weekend', percentOff(10, weekend))
      return { id, events: await use(id, uses) }
    }
    const acme = await discounted([...byDay, ...byNight, ...atWeekends, ...weekendNights])
    const { parts, partSums, total, models, calls } = await group(acme.id)
    // 20 by day, 50 % of 30 by night, 20 less 10 % at weekends, 30 less both.
    expect([calls, total.charge?.toFixed()]).toEqual([10, '66.5'])
    expect(parts).toHaveLength(70)
    // Four weekends and a Sunday have nine days and fourteen parts of nights.
    expect(partSums.map(({ parts: some, discounts, calls: of, charge }) => [some, ...discounts, of, charge?.toFixed()])).toEqual([
      [14, `night of ${acme.id} v1`, `weekend of ${acme.id} v1`, 3, '13.5'],
      [9, `weekend of ${acme.id} v1`, 2, '18'],
      [26, `night of ${acme.id} v1`, 3, '15'],
      [21, 2, '20'],
    ])
    expect(parts.reduce((sum, part) => sum.plus(part.total.charge ?? 0), ZERO).toFixed()).toBe('66.5')
    expect(models.map(({ model, calls: of, cost }) => [model, of, cost?.toFixed()])).toEqual([['large', 10, '100']])
    expect(total.explanation && verifyExplanation(total.explanation)).toEqual([])
    for (const part of parts) expect(part.total.explanation && verifyExplanation(part.total.explanation)).toEqual([])
    // Each set alone adds up to the same, and so does each event.
    const sets = await Promise.all([byDay, byNight, atWeekends, weekendNights].map(async uses => chargeOf((await discounted(uses)).id)))
    expect(sets).toEqual(['20', '15', '18', '13.5'])
    const events = await Promise.all(acme.events.map(explain))
    expect(events.reduce((sum, { charge }) => sum.plus(charge ?? 0), ZERO).toFixed()).toBe('66.5')
    // With the rules of one time, all usage counts as of that time.
    expect(await chargeOf(acme.id, { at: Temporal.Instant.from('2026-11-07T18:30:00Z') })).toBe('45')
    expect(await chargeOf(acme.id, { at: Temporal.Instant.from('2026-11-10T12:00:00Z') })).toBe('100')
    // A simulation without changes equals the current charge, from sums and event by event.
    const simulate = (scenario: ChargeScenario) => server.tollgate.charges.simulate({ tenantId: acme.id, range, scenario, by: ['model'], maxEvents: 10 })
    const price = { provider: 'acme-ai', model: 'large', from: JANUARY, perMillionTokens: { input: new Decimal(10) } }
    for (const { total: simulated, groups } of [await simulate({}), await simulate({ prices: [price] })]) {
      expect([simulated.current.charge, simulated.simulated.charge].map(charge => charge?.toFixed())).toEqual(['66.5', '66.5'])
      expect(groups.map(({ simulated: { charge } }) => charge?.toFixed())).toEqual(['66.5'])
    }
  })
  it('are time-based in simulations too', async () => {
    const acme = await tenant()
    await use(acme, [...byDay, ...byNight])
    const simulate = (scenario: ChargeScenario) => server.tollgate.charges.simulate({ tenantId: acme, range, scenario, maxEvents: 10 })
    const nightly = { id: 'night', ...percentOff(50, night) }
    const soon = { id: 'soon', ...percentOff(100, { kind: 'validity', from: '2026-11-20T00:00:00Z' }) }
    const charges = [
      await simulate({ discounts: [nightly] }),
      await simulate({ discounts: [nightly], markups: [{ percent: 100 }] }),
      await simulate({ discounts: [nightly, soon] }),
      await simulate({ discounts: [{ ...nightly, conditions: [night, { kind: 'billing-tier', anyOf: ['gold'] }] }] }),
    ].map(({ total }) => total.simulated.charge?.toFixed())
    expect(charges).toEqual(['35', '70', '30', '50'])
  })
  it('carry over tiers, fixed amounts, maximums and budgets from night to night', async () => {
    const acme = await tenant()
    await list(acme, {
      kind: 'graduated',
      includedUnits: 1_000_000,
      tiers: [
        { from: 0, unitPrice: '0.00001' },
        { from: 3_000_000, unitPrice: '0.000001' },
      ],
    })
    await use(acme, [...byDay, ...byNight])
    // Of five million tokens the first million is free, three cost 10 each, and the last, at night, costs 1.
    expect(await chargeOf(acme)).toBe('31')
    await off(acme, 'night', percentOff(50, night))
    expect(await chargeOf(acme)).toBe('20.5')
    await off(acme, 'night', { ...percentOff(50, night), maximum: '7' })
    expect(await chargeOf(acme)).toBe('24')
    await off(acme, 'night', { ...percentOff(50, night), budget: '6' })
    expect(await chargeOf(acme)).toBe('25')
    await off(acme, 'night', { effect: { kind: 'fixed', amount: 12 }, conditions: [night] })
    expect(await chargeOf(acme)).toBe('19')
  })
  it('cut a range only if they can apply', async () => {
    const acme = await tenant({ tier: 'pro' })
    const code = `NIGHTS OF ${acme}`
    await off(acme, 'gold', percentOff(50, night, { kind: 'billing-tier', anyOf: ['gold'] }))
    await off(acme, 'coupon', percentOff(50, night, { kind: 'coupon', code }))
    await use(acme, byNight)
    const without = await group(acme)
    expect([without.parts.length, without.total.charge?.toFixed()]).toEqual([1, '30'])
    const given = await group(acme, { couponCodes: [code] })
    expect([given.parts.length, given.total.charge?.toFixed()]).toEqual([61, '15'])
  })
  it('are limited to 1,000 parts, with advice beyond', async () => {
    const acme = await tenant()
    await off(acme, 'night', percentOff(50, night))
    const { data, errors } = await server.send(
      server.operatorKey,
      `{ explainPeriodCharge(tenantId: "${acme}", range: { from: "2026-01-01T00:00:00Z", to: "2028-01-01T00:00:00Z" }) { calls } }`,
    )
    expect([data, errors?.[0]?.message]).toEqual([
      { explainPeriodCharge: null },
      expect.stringMatching(/^range: has more than 1,000 parts .*; choose a shorter range$/),
    ])
    const year = { range: { from: JANUARY, to: Temporal.Instant.from('2027-01-01T00:00:00Z') } }
    await use(acme, byNight)
    expect(await chargeOf(acme, year)).toBe('15')
  })
})

describe('an event in its month', () => {
  it.each<{ kind: string; draft: PriceModelDraft }>([
    {
      kind: 'graduated',
      draft: {
        kind: 'graduated',
        minimum: 2,
        includedUnits: 50,
        tiers: [
          { from: 0, unitPrice: '0.01' },
          { from: 300, unitPrice: '0.002', flatFee: 1 },
        ],
      },
    },
    { kind: 'package', draft: { kind: 'package', size: 130, price: 2, partialBlock: 'charged' } },
    {
      kind: 'volume',
      draft: {
        kind: 'volume',
        tiers: [
          { from: 0, unitPrice: '0.01' },
          { from: 500, unitPrice: '0.003' },
        ],
      },
    },
    { kind: 'flat-fee', draft: { kind: 'flat-fee', fee: 9 } },
    { kind: 'percentage', draft: { kind: 'percentage', percent: 130, fixed: '0.5' } },
  ])('is charged what it adds by a price of the kind $kind, and events add up to the month', async ({ draft }) => {
    const acme = await tenant()
    await list(acme, draft)
    // Some at the same time, and one before the month.
    const ids = await use(acme, [
      { at: '2026-11-03T00:00:00Z', tokens: 120 },
      { at: '2026-11-05T10:00:00Z', tokens: 7 },
      { at: '2026-11-05T10:00:00Z', tokens: 230 },
      { at: '2026-11-05T10:00:00Z', tokens: 71 },
      { at: '2026-11-28T00:00:00Z', tokens: 390 },
    ])
    await use(acme, [{ at: '2026-10-31T23:59:59Z', tokens: 5_000 }])
    const charges = await Promise.all(ids.map(explain))
    for (const { explanation } of charges) expect(explanation && verifyExplanation(explanation)).toEqual([])
    expect(charges.reduce((sum, { charge }) => sum.plus(charge ?? 0), ZERO).toFixed()).toBe(await chargeOf(acme))
  })
  it('belongs to a month in the time zone of the tenant', async () => {
    const kolkata = await tenant({ timeZone: 'Asia/Kolkata' })
    await list(kolkata, { kind: 'flat-fee', fee: 9 })
    const [last, first] = await use(kolkata, [
      { at: '2026-10-31T18:29:59Z', tokens: 1 },
      { at: '2026-10-31T18:30:00Z', tokens: 1 },
    ])
    expect([(await explain(last ?? '')).charge?.toFixed(), (await explain(first ?? '')).charge?.toFixed()]).toEqual(['9', '9'])
  })
  it('has a discount by volume of the period once the volume is reached', async () => {
    const acme = await tenant()
    await off(acme, 'volume', {
      effect: { kind: 'percentage', percent: 50 },
      conditions: [{ kind: 'usage-threshold', measure: 'quantity', of: 'period', from: 1_000 }],
    })
    const ids = await use(acme, [
      { at: '2026-11-03T00:00:00Z', tokens: 900 },
      { at: '2026-11-04T00:00:00Z', tokens: 200 },
    ])
    const charges = await Promise.all(ids.map(explain))
    expect(charges.map(({ charge }) => charge?.toFixed())).toEqual(['0.009', '0.001'])
    expect(reasons(charges[0]?.explanation?.steps)).toEqual(["the period's quantity is 900, below 1000"])
  })
})

describe('a price list', () => {
  it('can count requests', async () => {
    const acme = await tenant()
    await list(acme, { kind: 'per-unit', unitPrice: '0.1' }, 'requests')
    const [id] = await use(acme, [
      { at: '2026-11-03T00:00:00Z', tokens: 900 },
      { at: '2026-11-03T00:00:00Z', operation: 'job' },
    ])
    expect(await chargeOf(acme)).toBe('0.2')
    expect((await explain(id ?? '')).charge?.toFixed()).toBe('0.1')
  })
  it('can count quantities by operation', async () => {
    const acme = await tenant()
    const cell = (operation: string, unitPrice: string) => ({ of: { operation }, price: { kind: 'per-unit' as const, unitPrice } })
    await list(acme, { kind: 'matrix', dimensions: ['operation'], cells: [cell('gpu-seconds', '0.5'), cell('images', '2')] }, 'quantity')
    const [gpu, tokensOnly] = await use(acme, [
      { at: '2026-11-03T00:00:00Z', operation: 'gpu-seconds', quantity: '1.5' },
      { at: '2026-11-03T00:00:00Z', tokens: 10 },
      { at: '2026-11-04T00:00:00Z', operation: 'images', quantity: '3' },
    ])
    expect(await chargeOf(acme)).toBe('6.75')
    expect((await explain(gpu ?? '')).charge?.toFixed()).toBe('0.75')
    expect(await explain(tokensOnly ?? '')).toMatchObject({ state: 'not_applicable', reason: `list of ${acme} v1 counts quantities, and the event has none` })
    await use(acme, [{ at: '2026-11-05T00:00:00Z', operation: 'unknown', quantity: '1' }])
    expect((await group(acme)).total).toMatchObject({ state: 'unpriced', reason: 'the price has no cell for operation "unknown"' })
  })
})

it('a model with a price for only one service tier has the canonical name of that price', async () => {
  const acme = await tenant()
  await publish(acme, 'm', { kind: 'markup', percent: 100, model: 'nightly' })
  const [id] = await use(acme, [{ at: '2026-11-03T00:00:00Z', tokens: 1_000_000, model: 'nightly-2026-05-05', serviceTier: 'batch' }])
  expect((await explain(id ?? '')).charge?.toFixed()).toBe('2')
  expect(await chargeOf(acme)).toBe('2')
})

describe('a first-time customer', () => {
  it('has no usage before the period, by customer or else by tenant', async () => {
    const acme = await tenant()
    await off(acme, 'new', { effect: { kind: 'percentage', percent: 50 }, conditions: [{ kind: 'first-time-customer' }] })
    const [, old, fresh] = await use(acme, [
      { at: '2026-10-30T00:00:00Z', tokens: 1, customer: 'old' },
      { at: '2026-11-02T00:00:00Z', tokens: 1_000_000, customer: 'old' },
      { at: '2026-11-02T00:00:00Z', tokens: 1_000_000, customer: 'fresh' },
    ])
    expect([(await explain(old ?? '')).charge?.toFixed(), (await explain(fresh ?? '')).charge?.toFixed()]).toEqual(['10', '5'])
    expect(await chargeOf(acme, { filter: { customer: ['fresh'] } })).toBe('5')
    expect(await chargeOf(acme, { filter: { customer: ['old'] } })).toBe('10')
    expect(await chargeOf(acme)).toBe('20')
    const october = { from: Temporal.Instant.from('2026-10-01T00:00:00Z'), to: Temporal.Instant.from('2026-11-01T00:00:00Z') }
    expect(await chargeOf(acme, { range: october })).toBe('0.000005')
  })
})

describe('a promotion’s budget', () => {
  it('is shown by explanations and rules, and only booking spends it', async () => {
    const acme = await tenant()
    const rule = await off(acme, 'budget', { effect: { kind: 'percentage', percent: 50 }, budget: 8 })
    await use(acme, [{ at: '2026-11-03T00:00:00Z', tokens: 1_000_000 }])
    const first = await group(acme)
    expect(first.total.charge?.toFixed()).toBe('5')
    expect(reasons(first.total.explanation?.steps)).toEqual(['all conditions are met; 3 of its budget of 8 is left'])
    expect(await chargeOf(acme)).toBe('5')
    const book = (chargeId: string, { discounts } = first) => server.tollgate.promotions.bookDiscounts({ tenantId: acme, chargeId, discounts })
    expect([await book('inv-1'), await book('inv-1')]).toEqual([true, false])
    await expect(book('inv-2')).rejects.toMatchObject({ code: 'BUDGET_USED_UP' })
    const second = await group(acme)
    expect(second.total.charge?.toFixed()).toBe('7')
    expect(await book('inv-2', second)).toBe(true)
    expect(reasons((await group(acme)).total.explanation?.steps)).toEqual(['its budget is used up'])
    const { data } = await server.send(
      server.operatorKey,
      `{ node(id: "rule_${rule.id}") { ... on ChargeRule { totals { budget discounted remaining redemptions } } } }`,
    )
    expect(data.node.totals).toEqual({ budget: '8', discounted: '8', remaining: '0', redemptions: 0 })
  })
})
