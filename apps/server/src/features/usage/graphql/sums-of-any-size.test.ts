import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { EVENT_LIMITS, MAX_BATCH_EVENTS } from '@tollgate/usage'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'
import { readUsageTotals } from '../live/usage-totals.ts'

const BATCHES = 10
const RANGE = '{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'
/** More than 2^53. */
const SUM = '10000000000000000'

let server: GraphQLTestServer
let key: string

/** The tenant "huge" has 10,000 events of the largest size, and "globex" has one small one. */
beforeAll(async () => {
  server = await startGraphQLTestServer()
  const { accounts, pricing, usage } = server.tollgate
  const occurredAt = Temporal.Instant.from('2026-11-20T10:30:00Z')
  await pricing.publishPrice(OPERATOR_SCOPE, {
    provider: 'acme-ai',
    model: 'large',
    from: Temporal.Instant.from('2026-01-01T00:00:00Z'),
    perMillionTokens: { input: new Decimal(1) },
  })
  await accounts.createTenant({ id: 'huge', name: 'Huge' })
  key = await server.keyOf('huge')
  const call = { operation: 'chat', provider: 'acme-ai', model: 'large', occurredAt }
  for (let batch = 0; batch < BATCHES; batch++) {
    const events = Array.from({ length: MAX_BATCH_EVENTS }, () => ({ ...call, tokens: { input: EVENT_LIMITS.tokens } }))
    const tracked = await usage.track({ tenantId: 'huge', events })
    expect(tracked.every(({ outcome }) => outcome === 'accepted')).toBe(true)
  }
  await usage.track({ tenantId: 'globex', events: [{ ...call, tokens: { input: 5 } }] })
})
afterAll(() => server.stop())

const ask = async (query: string, as = key) => {
  const { data, errors } = await server.send(as, query)
  expect(errors).toEqual([])
  return data
}
const TOKENS = 'calls tokens { total input output } cost'
const sums = { calls: 10_000, tokens: { total: SUM, input: SUM, output: 0 }, cost: '10000000000' }

describe('sums beyond 2^53', () => {
  it('are exact in totals, series and breakdowns', async () => {
    const { usage } = await ask(
      `{ usage(range: ${RANGE}) { totals { ${TOKENS} } series(granularity: DAY) { measures { ${TOKENS} } } breakdown(by: [MODEL], orderBy: TOKENS) { measures { ${TOKENS} } } } }`,
    )
    expect(usage.totals).toEqual(sums)
    expect(usage.series).toHaveLength(30)
    expect(usage.series[19]).toEqual({ measures: sums })
    expect(usage.breakdown).toEqual([{ measures: sums }])
  })

  it("do not break the reports of operators, and other tenants' sums stay numbers", async () => {
    const { topConsumers, usage } = await ask(
      `{ topConsumers(metric: TOKENS, range: ${RANGE}) { tenant { id } measures { tokens { total } } } usage(range: ${RANGE}) { totals { tokens { total } } } }`,
      server.operatorKey,
    )
    expect(topConsumers).toEqual([
      { tenant: { id: 'huge' }, measures: { tokens: { total: SUM } } },
      { tenant: { id: 'globex' }, measures: { tokens: { total: 5 } } },
    ])
    expect(usage.totals.tokens.total).toBe('10000000000000005')
  })

  it('are exact in live totals', async () => {
    const { today, thisMonth } = await readUsageTotals(
      { ...server.tollgate, clock: server.clock },
      { tenantId: 'huge', customerId: null, latency: false, details: false },
    )
    expect([today.tokens.total, thisMonth.tokens.input]).toEqual([BigInt(SUM), BigInt(SUM)])
  })

  it('are exact in the explanation of a charge', async () => {
    const { explainPeriodCharge } = await ask(`{ explainPeriodCharge(range: ${RANGE}) { models { tokens { total input } cost } } }`)
    expect(explainPeriodCharge.models).toEqual([{ tokens: { total: SUM, input: SUM }, cost: '10000000000' }])
  })

  it('are charged exactly by a price list', async () => {
    const from = Temporal.Instant.from('2026-01-01T00:00:00Z')
    const priceModel = { kind: 'per-unit', unitPrice: '1', per: 1_000_000 } as const
    await server.tollgate.chargeRules.publish(OPERATOR_SCOPE, {
      name: 'list of huge',
      tenantId: 'huge',
      from,
      terms: { kind: 'price-model', priceModel, counts: 'tokens' },
    })
    await server.tollgate.usage.track({
      tenantId: 'huge',
      events: [{ operation: 'chat', provider: 'acme-ai', model: 'large', occurredAt: Temporal.Instant.from('2026-11-20T11:00:00Z'), tokens: { input: 1 } }],
    })
    const { explainPeriodCharge } = await ask(`{ explainPeriodCharge(range: ${RANGE}) { total { charge } } }`)
    expect(explainPeriodCharge.total.charge).toBe('10000000000.000001')
  })
})

describe('a quantity with the most decimal places of an event', () => {
  it('does not break the explanation of a charge, which rounds it to 12 places', async () => {
    const tenantId = 'precise'
    await server.tollgate.accounts.createTenant({ id: tenantId, name: tenantId })
    const from = Temporal.Instant.from('2026-01-01T00:00:00Z')
    const priceModel = { kind: 'per-unit', unitPrice: '2' } as const
    await server.tollgate.chargeRules.publish(OPERATOR_SCOPE, {
      name: tenantId,
      tenantId,
      from,
      terms: { kind: 'price-model', priceModel, counts: 'quantity' },
    })
    const occurredAt = Temporal.Instant.from('2026-11-20T11:00:00Z')
    const [tracked] = await server.tollgate.usage.track({ tenantId, events: [{ operation: 'job', quantity: new Decimal('0.300000000000000001'), occurredAt }] })
    const { explainPeriodCharge, usageEvents } = await ask(
      `{ explainPeriodCharge(range: ${RANGE}) { models { quantity } total { charge } } usageEvents(range: ${RANGE}) { edges { node { quantity } } } }`,
      await server.keyOf(tenantId),
    )
    expect(explainPeriodCharge).toEqual({ models: [{ quantity: '0.300000000000000001' }], total: { charge: '0.6' } })
    expect(usageEvents.edges).toEqual([{ node: { quantity: '0.300000000000000001' } }])
    const eventId = tracked?.outcome === 'accepted' ? tracked.eventId : ''
    expect(await server.tollgate.charges.explainEvent(OPERATOR_SCOPE, eventId)).toMatchObject({ charge: { state: 'charged' } })
  })
})

describe('the largest reported cost and quantity of an event', () => {
  it.each([
    { name: 'no rules', terms: undefined },
    {
      name: 'a discount by the subtotal of the period',
      terms: {
        kind: 'discount',
        discount: { effect: { kind: 'fixed', amount: '5' }, conditions: [{ kind: 'usage-threshold', measure: 'subtotal', of: 'period', from: '50' }] },
      },
    },
  ] as const)('does not break the explanations of charges with $name', async ({ name, terms }) => {
    const { accounts, chargeRules, charges, usage } = server.tollgate
    const tenantId = name.replaceAll(' ', '-')
    await accounts.createTenant({ id: tenantId, name })
    const from = Temporal.Instant.from('2026-01-01T00:00:00Z')
    if (terms) await chargeRules.publish(OPERATOR_SCOPE, { name, tenantId, from, terms })
    const largest = new Decimal(`${'9'.repeat(EVENT_LIMITS.integerDigits)}.${'9'.repeat(EVENT_LIMITS.fractionDigits)}`)
    const events = [9, 10].map(hour => ({
      operation: 'chat',
      provider: 'nobody',
      model: 'unknown',
      reportedCost: largest,
      quantity: largest,
      occurredAt: Temporal.Instant.from('2026-11-20T00:00:00Z').add({ hours: hour }),
    }))
    for (const tracked of await usage.track({ tenantId, events })) {
      const explained = await charges.explainEvent(OPERATOR_SCOPE, tracked.outcome === 'accepted' ? tracked.eventId : '')
      expect(explained?.charge.state).toBe('charged')
    }
    const range = { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }
    const { total, models } = await charges.explainPeriod({ tenantId, range })
    expect([total.charge?.toFixed(), models[0]?.quantity.toFixed()]).toEqual([
      largest
        .times(2)
        .minus(terms ? 5 : 0)
        .toFixed(),
      largest.times(2).toFixed(),
    ])
  })
})
