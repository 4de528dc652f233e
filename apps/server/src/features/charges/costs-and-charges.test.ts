import { Decimal } from '@tollgate/kernel'
import { getNamedType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NULL_WITHOUT_COSTS } from '../../graphql/plugins/cost-fields.ts'
import { schema } from '../../graphql/schema.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

const RANGE = `{ from: "2026-11-01T00:00:00Z", to: "2026-11-04T00:00:00Z" }`
const MEASURES = 'calls charge currency cost averageCostPerCall'
const USAGE = `query { usage(range: ${RANGE}) {
  totals { ${MEASURES} }
  series(granularity: DAY) { start measures { ${MEASURES} } }
  breakdown(by: [CUSTOMER]) { key { value } measures { ${MEASURES} } }
} }`

let server: GraphQLTestServer
let withCosts: string
let withoutCosts: string
let eventId: string

const ask = async (key: string, query: string): Promise<any> => {
  const { data, errors } = await server.send(key, query)
  expect(errors).toEqual([])
  return data
}

const tokenOf = async (input: string) =>
  (await ask(withCosts, `mutation { createAccessToken(input: ${input}) { ... on CreateAccessTokenPayload { token } ... on Error { message } } }`))
    .createAccessToken.token

beforeAll(async () => {
  server = await startGraphQLTestServer()
  await ask(
    server.operatorKey,
    `mutation { publishPrice(input: { provider: "acme-ai", model: "large", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "3" } }) { ... on Error { code } } }`,
  )
  withCosts = await server.keyOf('acme')
  withoutCosts = await server.keyOf('acme', ['usage:read', 'prices:read', 'tokens:write'])
  await ask(
    server.operatorKey,
    `mutation { publishMarkup(input: { name: "standard", percent: 40, from: "2026-01-01T00:00:00Z" }) { ... on Error { code message } } }`,
  )
  const calls = [
    { day: 1, customer: 'a', tokens: 1_000_000 },
    { day: 1, customer: 'b', tokens: 2_000_000 },
    { day: 3, customer: 'a', tokens: 7 },
  ]
  const events = calls.map(
    ({ day, customer, tokens }) =>
      `{ operation: "chat", provider: "acme-ai", model: "large", tokens: { input: ${tokens} }, occurredAt: "2026-11-0${day}T10:00:00Z", metadata: { customerId: "${customer}" } }`,
  )
  const { trackUsage } = await ask(
    withCosts,
    `mutation { trackUsage(input: { events: [${events.join(' ')}] }) { ... on TrackUsagePayload { results { event { id } } } } }`,
  )
  eventId = trackUsage.results[0].event.id
})
afterAll(() => server.stop())

const charges = (points: { measures: { charge: string } }[]) => points.map(({ measures }) => measures.charge)
const sum = (amounts: string[]) => amounts.reduce((all, amount) => all.plus(amount), new Decimal(0)).toFixed()

describe('usage shows what is charged', () => {
  it('in total, by day and by customer, and the parts add up', async () => {
    const { usage } = await ask(withCosts, USAGE)
    expect(usage.totals).toMatchObject({ charge: '12.6000294', currency: 'USD', cost: '9.000021' })
    expect(charges(usage.series)).toEqual(['12.6', '0', '0.0000294'])
    expect(usage.breakdown.map((group: any) => [group.key[0].value, group.measures.charge])).toEqual([
      ['b', '8.4'],
      ['a', '4.2000294'],
    ])
    expect([sum(charges(usage.series)), sum(charges(usage.breakdown))]).toEqual([usage.totals.charge, usage.totals.charge])
  })
  it('and no costs without the scope, and no error', async () => {
    const { usage } = await ask(withoutCosts, USAGE)
    expect(usage.totals).toEqual({ calls: 3, charge: '12.6000294', currency: 'USD', cost: null, averageCostPerCall: null })
    expect(JSON.stringify(usage)).not.toMatch(/"9\.000021"|"cost":"/)
  })
  it('to a customer: its own, and costs only if the token names the scope', async () => {
    const byDefault = await ask(await tokenOf('{ customerId: "a" }'), USAGE)
    expect(byDefault.usage.totals).toMatchObject({ charge: '4.2000294', cost: null })
    const named = await ask(await tokenOf('{ customerId: "a", scopes: ["usage:read", "costs:read"] }'), USAGE)
    expect(named.usage.totals).toMatchObject({ charge: '4.2000294', cost: '3.000021' })
  })
  it('of several tenants together, each by its own rules, and among the top consumers', async () => {
    const before = (await ask(server.operatorKey, `query { usage(range: ${RANGE}) { totals { charge cost } } }`)).usage.totals
    expect(before).toEqual({ charge: '12.6000294', cost: '9.000021' })
    await ask(
      await server.keyOf('globex'),
      `mutation { trackUsage(input: { events: [{ operation: "chat", provider: "acme-ai", model: "large", tokens: { input: 1000000 }, occurredAt: "2026-11-02T10:00:00Z" }, { operation: "chat", occurredAt: "2026-11-02T10:00:00Z" }] }) { ... on Error { code message } } }`,
    )
    await ask(
      server.operatorKey,
      `mutation { publishMarkup(input: { name: "globex", percent: 10, tenantId: "globex", from: "2026-01-01T00:00:00Z" }) { ... on Error { code message } } }`,
    )
    const { usage, topConsumers } = await ask(
      server.operatorKey,
      `query {
        usage(range: ${RANGE}) { totals { charge cost } breakdown(by: [TENANT]) { key { value } measures { charge } } series(granularity: DAY) { measures { charge } } }
        topConsumers(metric: CALLS, range: ${RANGE}) { tenant { id } measures { charge } }
      }`,
    )
    expect(usage.totals).toEqual({ charge: '15.9000294', cost: '12.000021' })
    expect(usage.breakdown.map((group: any) => [group.key[0].value, group.measures.charge])).toEqual([
      ['acme', '12.6000294'],
      ['globex', '3.3'],
    ])
    expect(charges(usage.series)).toEqual(['12.6', '3.3', '0.0000294'])
    expect(topConsumers[0]).toEqual({ tenant: { id: 'acme' }, measures: { charge: '12.6000294' } })
  })
})

describe('charts', () => {
  it('get the largest groups and all others, with what each is charged', async () => {
    const { usage } = await ask(
      withCosts,
      `query { usage(range: ${RANGE}) { groups(by: [CUSTOMER], first: 1) { groupCount groups { key { value } measures { charge calls } } other { charge calls } } } }`,
    )
    expect(usage.groups).toEqual({
      groupCount: 2,
      groups: [{ key: [{ value: 'b' }], measures: { charge: '8.4', calls: 1 } }],
      other: { charge: '4.2000294', calls: 2 },
    })
  })
  it('get a series for each of them, and the parts add up', async () => {
    const { usage } = await ask(
      withCosts,
      `query { usage(range: ${RANGE}) { groupedSeries(granularity: DAY, by: [CUSTOMER], first: 1) { series { key { value } points { start measures { charge } } } other { measures { charge } } } } }`,
    )
    const { series, other } = usage.groupedSeries
    expect([series.map((one: any) => [one.key[0].value, charges(one.points)]), charges(other)]).toEqual([[['b', ['8.4', '0', '0']]], ['4.2', '0', '0.0000294']])
  })
  it('tell the percentage of each group, and of all others', async () => {
    const query = `query { usage(range: ${RANGE}) {
      breakdown(by: [CUSTOMER], orderBy: CALLS) { percentage(of: CALLS) }
      groups(by: [CUSTOMER], first: 1) { otherPercentage groups { percentage calls: percentage(of: CALLS) tokens: percentage(of: TOKENS) errors: percentage(of: ERRORS) cost: percentage(of: COST) } }
    } }`
    const { usage } = await ask(withCosts, query)
    expect(usage).toEqual({
      breakdown: [{ percentage: 66.67 }, { percentage: 33.33 }],
      groups: { otherPercentage: 33.33, groups: [{ percentage: 66.67, calls: 33.33, tokens: 66.67, errors: null, cost: 66.67 }] },
    })
    expect((await ask(withoutCosts, query)).usage.groups.groups[0]).toMatchObject({ percentage: 66.67, cost: null })
  })
  it('get a long series as a list for each measure, in a tenth of the size', async () => {
    const lists = 'length starts end firstUnfinished calls errors tokens customers charge cost latencyP95Ms'
    const november = `{ from: "2026-11-01T00:00:00Z", to: "2026-11-22T00:00:00Z" }`
    const { usage } = await ask(
      withCosts,
      `query { usage(range: ${november}) { compactSeries(granularity: HOUR) { ${lists} } series(granularity: HOUR) { start measures { calls charge } } } }`,
    )
    const { compactSeries: compact, series } = usage
    expect([compact.length, compact.end, compact.firstUnfinished]).toEqual([504, '2026-11-22T00:00:00Z', 468])
    expect(compact.starts).toEqual(series.map(({ start }: { start: string }) => start))
    expect(compact.calls).toEqual(series.map(({ measures }: any) => measures.calls))
    expect(compact.charge).toEqual(charges(series))
    expect([compact.tokens[10], compact.customers[10], compact.errors[10], compact.cost[10], compact.latencyP95Ms[10]]).toEqual([3_000_000, 2, 0, '9', null])
    expect(JSON.stringify({ calls: compact.calls, charge: compact.charge }).length).toBeLessThan(JSON.stringify(series).length / 10)
    expect((await ask(withoutCosts, `query { usage(range: ${november}) { compactSeries(granularity: HOUR) { cost } } }`)).usage.compactSeries.cost).toBeNull()
    const year = `{ from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" }`
    expect((await ask(withCosts, `query { usage(range: ${year}) { compactSeries(granularity: HOUR) { length calls } } }`)).usage.compactSeries.length).toBe(
      8_760,
    )
  })
  it('select single events, by session, request, trace, pricing state and cost', async () => {
    const count = async (filter: string, key = withCosts) => {
      const { usage, usageEvents } = await ask(
        key,
        `query { usage(range: ${RANGE}, filter: ${filter}) { totals { calls charge } } usageEvents(range: ${RANGE}, filter: ${filter}) { nodes { id } } }`,
      )
      expect(usageEvents.nodes).toHaveLength(usage.totals.calls)
      return usage.totals
    }
    expect(await count('{ cost: { atLeast: "3" } }')).toEqual({ calls: 2, charge: null })
    expect(await count('{ cost: { atLeast: "3", atMost: "3.5" }, customerIds: ["a"] }')).toMatchObject({ calls: 1 })
    expect(await count('{ pricingStates: [PRICED], missing: [SESSION] }')).toMatchObject({ calls: 3 })
    expect(await count('{ pricingStates: [UNPRICED] }', withoutCosts)).toMatchObject({ calls: 0 })
    expect(await count('{ sessionIds: ["s"], requestIds: ["r"], traceIds: ["t"] }')).toMatchObject({ calls: 0 })
    expect(await count('{ identifiers: ["s"] }')).toMatchObject({ calls: 0 })
    const refused = await server.send(withoutCosts, `query { usage(range: ${RANGE}, filter: { cost: { atLeast: "3" } }) { totals { calls } } }`)
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    const long = await server.send(
      withCosts,
      `query { usage(range: { from: "2026-01-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }, filter: { sessionIds: ["s"] }) { totals { calls } } }`,
    )
    expect(long.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', issues: [{ path: 'range' }] } }])
    const charged = await server.send(withCosts, `query { explainPeriodCharge(range: ${RANGE}, filter: { sessionIds: ["s"] }) { total { text } } }`)
    expect(charged.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', issues: [{ path: 'filter' }] } }])
  })
  it('compare a range with the one before it, in percent', async () => {
    const later = RANGE.replace('11-01', '11-03').replace('11-04', '11-05')
    const { usage } = await ask(
      withoutCosts,
      `query { usage(range: ${later}) { from to timeZone totals { calls } previous { from to totals { calls charge } } change { calls charge cost customers errors tokens } } }`,
    )
    expect(usage).toEqual({
      from: '2026-11-03T00:00:00Z',
      to: '2026-11-05T00:00:00Z',
      timeZone: 'UTC',
      totals: { calls: 1 },
      previous: { from: '2026-11-01T00:00:00Z', to: '2026-11-03T00:00:00Z', totals: { calls: 2, charge: '12.6' } },
      change: { calls: -50, charge: -100, cost: null, customers: -50, errors: null, tokens: -100 },
    })
  })
  it('name a period, in the time zone of the tenant', async () => {
    await ask(server.operatorKey, `mutation { updateTenant(input: { id: "acme", timeZone: "Asia/Tokyo" }) { ... on Error { code message } } }`)
    const { usage } = await ask(withCosts, `query { usage(period: THIS_MONTH) { from to timeZone totals { calls } } }`)
    expect(usage.timeZone).toBe('Asia/Tokyo')
    expect(usage.from).toMatch(/T15:00:00Z$/)
    for (const named of ['', `range: ${RANGE}, period: TODAY`]) {
      const { errors } = await server.send(withCosts, `query { usage${named && `(${named})`} { totals { calls } } }`)
      expect(errors[0]).toMatchObject({ message: 'range: or period is required, and not both', extensions: { code: 'INVALID_INPUT' } })
    }
  })
  it('can show what has no customer', async () => {
    const { usage } = await ask(withCosts, `query { usage(range: ${RANGE}, filter: { missing: [CUSTOMER] }) { totals { calls charge } } }`)
    expect(usage.totals).toEqual({ calls: 0, charge: '0' })
  })
})

describe('without the scope', () => {
  it('an explanation has one price instead of cost and markup', async () => {
    const query = `query { explainCharge(eventId: "${eventId}") { explanation { cost charge text steps { __typename after } } } }`
    const [shown, hidden] = [await ask(withCosts, query), await ask(withoutCosts, query)]
    expect(shown.explainCharge.explanation.text).toMatch(/Markup standard v1: 3 plus 40 % is 4\.2/)
    expect(hidden.explainCharge.explanation).toMatchObject({ cost: null, charge: '4.2', steps: [{ after: '4.2' }, { after: '4.2' }] })
    expect(hidden.explainCharge.explanation.text).not.toMatch(/markup|cost|40/i)
  })
  it('a period, a simulation and an event have no costs', async () => {
    const data = await ask(
      withoutCosts,
      `query {
        explainPeriodCharge(range: ${RANGE}) { models { cost explanation { cost text } } partSums { cost charge } total { cost charge text } }
        simulateCharges(range: ${RANGE}, scenario: { discounts: [] }) { total { costDifference current { cost charge } } currentCharge { text } }
        usageEvents(range: ${RANGE}) { nodes { cost recordedCost reportedCost price { id } } }
      }`,
    )
    expect(data.explainPeriodCharge.total.charge).toBe('12.6000294')
    expect(data.usageEvents.nodes[0]).toEqual({ cost: null, recordedCost: null, reportedCost: null, price: null })
    expect(JSON.stringify(data)).not.toMatch(/markup|9\.000021|3\.000021|40 %/i)
  })
  it('prices are forbidden, also by their id', async () => {
    const { prices } = await ask(withCosts, `query { prices(provider: "acme-ai") { nodes { id } } }`)
    for (const query of [`query { prices { nodes { id } } }`, `query { node(id: "${prices.nodes[0].id}") { id } }`]) {
      const { errors } = await server.send(withoutCosts, query)
      expect(errors[0]).toMatchObject({ message: 'Your API key does not have the scope "costs:read".', extensions: { code: 'FORBIDDEN' } })
    }
  })
})

/** Types that only operators read. */
const FOR_OPERATORS = /^(EventRating|RatingRun|RatingChange|RatedGroup|CostCorrection|PriceCatalog|SetCreditCost|CreditCost)/

it('every field named after costs is hidden without the scope', () => {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap(type =>
      Object.values(type.getFields())
        .filter(field => getNamedType(field.type).name === 'Decimal')
        .map(field => ({ name: `${type.name}.${field.name}`, description: field.description ?? '' })),
    )
    .filter(({ name }) => /\.\w*cost/i.test(name) && !/credit/i.test(name) && !FOR_OPERATORS.test(name))
  expect(fields.filter(({ description }) => !description.includes(NULL_WITHOUT_COSTS)).map(({ name }) => name)).toEqual([])
  expect(fields.length).toBeGreaterThan(8)
})
