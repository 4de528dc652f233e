import { verifyExplanation } from '@tollgate/charges'
import { type Decimal, OPERATOR_SCOPE, Temporal, ZERO } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

const RANGE = `{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }`
const range = { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }
let server: GraphQLTestServer
let acme: string
let globex: string
const events: Record<string, string> = {}

/** Sends a request as the operator. Fails on any error, including those in unions. */
async function operate(query: string, variables?: Record<string, unknown>, key = server.operatorKey): Promise<any> {
  const { data, errors } = await server.send(key, query, variables)
  expect(errors).toEqual([])
  expect(JSON.stringify(data)).not.toContain('"code"')
  return data
}

const publish = async (mutation: string, input: string) =>
  (
    await operate(
      `mutation { ${mutation}(input: ${input}) { ... on Error { code message } ... on ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Payload { chargeRule { id label kind from to withdrawn terms plan tenant { id } } } } }`,
    )
  )[mutation].chargeRule

beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme', ['usage:read', 'usage:write', 'prices:read', 'costs:read'])
  globex = await server.keyOf('globex', ['usage:read', 'usage:write'])
  const price = (model: string, input: string, output: string) =>
    operate(
      `mutation { publishPrice(input: { provider: "acme-ai", model: "${model}", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "${input}", output: "${output}" } }) { ... on Error { code message } } }`,
    )
  await price('large', '3', '15')
  await price('small', '0.5', '1')
  const calls = [
    { name: 'large', model: 'large', tokens: { input: 1_000_000, output: 1_000_000 }, feature: 'chat' },
    { name: 'dated', model: 'large-2026-05-05', tokens: { input: 1_000_000 }, feature: 'search' },
    { name: 'small', model: 'small', tokens: { input: 2_000_000 }, feature: 'chat' },
    { name: 'new', model: 'brand-new', tokens: { input: 10 }, feature: 'chat' },
  ]
  const track = (key: string, drafts: object[]) =>
    operate(
      `mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) { ... on TrackUsagePayload { results { outcome event { id } } } } }`,
      { events: drafts },
      key,
    )
  const toDraft = ({ model, tokens, feature }: (typeof calls)[number]) => ({
    operation: 'chat',
    provider: 'acme-ai',
    model,
    tokens,
    occurredAt: '2026-11-10T09:00:00Z',
    metadata: { featureId: feature },
  })
  const extra = [
    { operation: 'reported', provider: 'acme-ai', model: 'house-model', tokens: { input: 5 }, reportedCost: '0.25', occurredAt: '2026-11-10T09:00:00Z' },
    { operation: 'job', quantity: '3', occurredAt: '2026-11-10T09:00:00Z' },
  ]
  const { trackUsage } = await track(acme, [...calls.map(toDraft), ...extra])
  const names = [...calls.map(({ name }) => name), 'reported', 'job']
  for (const [i, name] of names.entries()) events[name] = trackUsage.results[i].event.id
  events['foreign'] = (await track(globex, [toDraft(calls[0] as (typeof calls)[number])])).trackUsage.results[0].event.id
})
afterAll(() => server.stop())

const EXPLANATION = `state cost charge reason notes text at
  steps { __typename rule before after applied reason
    ... on CostStep { effectiveFrom effectiveTo lines { label quantity units unitPrice amount } }
    ... on PriceStep { kind metered lines { label amount } }
    ... on MarkupStep { percent } ... on DiscountStep { priority effect amountBeforeLimits floor } ... on RoundingStep { scale mode } }`
const explain = async (name: string, key = acme) =>
  (await operate(`query ($id: ID!) { explainCharge(eventId: $id) { event { id } explanation { ${EXPLANATION} } } }`, { id: events[name] }, key)).explainCharge
const explainFor = async (args = '', key = acme) =>
  (
    await operate(
      `{ explainPeriodCharge(range: ${RANGE} ${args}) { calls unpricedCalls models { provider model calls unpricedCalls cost tokens { input } explanation { ${EXPLANATION} } } total { ${EXPLANATION} } } }`,
      {},
      key,
    )
  ).explainPeriodCharge

describe('without rules', () => {
  it('the charge of an event is its cost, by pool, at the price of its time', async () => {
    const { event, explanation } = await explain('large')
    expect(event.id).toBe(events['large'])
    expect(explanation).toMatchObject({ state: 'CHARGED', cost: '18', charge: '18', at: '2026-11-10T09:00:00Z', notes: [] })
    expect(explanation.steps).toMatchObject([
      {
        __typename: 'CostStep',
        effectiveFrom: '2026-01-01T00:00:00Z',
        effectiveTo: null,
        before: '0',
        after: '18',
        lines: [
          { label: 'input', quantity: '1000000', unitPrice: '0.000003', amount: '3' },
          { label: 'output', quantity: '1000000', unitPrice: '0.000015', amount: '15' },
        ],
      },
      { __typename: 'MarkupStep', percent: null, applied: false, reason: 'no markup matches' },
      { __typename: 'RoundingStep', scale: null },
    ])
    expect(explanation.text).toContain('  output: 1000000 × 0.000015 = 15\n')
  })
  it('an event without a price is unpriced, not 0, and has a reason', async () => {
    expect((await explain('new')).explanation).toMatchObject({
      state: 'UNPRICED',
      cost: null,
      charge: null,
      reason: 'there is no price for the model "brand-new" of acme-ai at 2026-11-10T09:00:00Z',
      steps: [],
    })
  })
  it('an event has its reported cost, and no charge without a model', async () => {
    expect((await explain('reported')).explanation).toMatchObject({
      state: 'CHARGED',
      charge: '0.25',
      steps: [{ reason: 'as reported by the provider' }, {}, {}],
    })
    expect((await explain('job')).explanation).toMatchObject({ state: 'NOT_APPLICABLE', charge: null })
  })
})

describe('charge rules', () => {
  it('can be published, listed and found by id', async () => {
    const standard = await publish('publishMarkup', `{ name: "standard", percent: "20", from: "2026-01-01T00:00:00Z" }`)
    expect(standard).toMatchObject({
      label: 'standard v1',
      kind: 'MARKUP',
      withdrawn: false,
      terms: { kind: 'markup', percent: '20' },
      plan: null,
      tenant: null,
    })
    await publish('publishMarkup', `{ name: "large", percent: 50, model: "large", tenantId: "acme", from: "2026-01-01T00:00:00Z" }`)
    const launch = await publish(
      'publishDiscount',
      `{ name: "launch", from: "2026-01-01T00:00:00Z", effect: { percentage: { percent: 10 } }, stacking: { bestOf: "g" }, maximum: "1000",
         conditions: [{ dimension: { dimension: "feature", anyOf: ["chat"] } }, { validity: { to: "2027-01-01T00:00:00Z" } }] }`,
    )
    expect(launch.terms).toEqual({
      kind: 'discount',
      discount: {
        effect: { kind: 'percentage', percent: '10' },
        conditions: [
          { kind: 'dimension', dimension: 'feature', anyOf: ['chat'] },
          { kind: 'validity', to: '2027-01-01T00:00:00Z' },
        ],
        stacking: { kind: 'best-of', group: 'g' },
        maximum: '1000',
      },
    })
    await publish('publishDiscount', `{ name: "welcome", from: "2026-01-01T00:00:00Z", effect: { fixed: { amount: 2 } } }`)
    await publish('publishDiscount', `{ name: "pro", from: "2026-01-01T00:00:00Z", plan: "pro", effect: { percentage: { percent: 90 } } }`)
    const { chargeRules, node } = await operate(
      `query ($id: ID!) { chargeRules(first: 2) { nodes { label } pageInfo { hasNextPage endCursor } } node(id: $id) { ... on ChargeRule { label } } }`,
      { id: standard.id },
    )
    expect(chargeRules).toMatchObject({ nodes: [{ label: 'pro v1' }, { label: 'welcome v1' }], pageInfo: { hasNextPage: true } })
    expect(node).toEqual({ label: 'standard v1' })
    const next = await operate(`query ($after: String) { chargeRules(first: 2, after: $after, kind: MARKUP) { nodes { label tenant { id } } } }`, {
      after: chargeRules.pageInfo.endCursor,
    })
    expect(next.chargeRules.nodes).toEqual([
      { label: 'large v1', tenant: { id: 'acme' } },
      { label: 'standard v1', tenant: null },
    ])
  })
  it.each([
    [`publishMarkup(input: { name: "x", percent: "-1" })`, 'INVALID_INPUT', /percent: must be/],
    [`publishMarkup(input: { name: "x", percent: "1", tenantId: "nobody" })`, 'NOT_FOUND', /no tenant "nobody"/],
    [
      `publishDiscount(input: { name: "x", effect: { tiered: { measure: QUANTITY, tiers: [{ from: 5, percent: 1 }] } } })`,
      'INVALID_INPUT',
      /^effect\.tiered\.tiers\.0\.from: must be 0/,
    ],
    [
      `publishDiscount(input: { name: "x", effect: { fixed: { amount: 1 } }, conditions: [{ weekdays: { days: [SATURDAY], timeZone: "Mars/Olympus" } }] })`,
      'INVALID_INPUT',
      /^conditions\.0\.weekdays\.timeZone: /,
    ],
    [
      `publishPriceModel(input: { name: "x", priceModel: { matrix: { dimensions: ["pool"], cells: [{ of: [], price: { perUnit: { unitPrice: 1, per: 7 } } }] } } })`,
      'INVALID_INPUT',
      /^priceModel\.matrix\.cells\.0\.price\.perUnit\.per: must be 1, 1000 or 1000000/,
    ],
    [
      `publishPriceModel(input: { name: "x", priceModel: { matrix: { dimensions: ["pool"], cells: [{ of: [{ dimension: "pool", value: "input" }, { dimension: "pool", value: "output" }], price: { flatFee: { fee: 1 } } }] } } })`,
      'INVALID_INPUT',
      /^priceModel\.matrix\.cells\.0\.of\.1\.dimension: must not be named twice in a cell/,
    ],
    [
      `publishPriceModel(input: { name: "x", priceModel: { graduated: { tiers: [{ from: 1, unitPrice: 1 }] } } })`,
      'INVALID_INPUT',
      /^priceModel\.graduated\.tiers\.0\.from/,
    ],
    [`withdrawChargeRule(input: { id: "rule_01900000-0000-7000-8000-000000000000" })`, 'NOT_FOUND', /no charge rule/],
  ])('are rejected with a reason: %s', async (mutation, code, message) => {
    const { data } = await server.send(server.operatorKey, `mutation { result: ${mutation} { ... on Error { code message } } }`)
    expect(data.result).toMatchObject({ code, message: expect.stringMatching(message) })
  })
})

describe('with rules', () => {
  it('an event has its markup and its discounts; a dated version has the markup of its model', async () => {
    const { explanation } = await explain('large')
    // 18 plus 50 %, less 10 %.
    expect(explanation.charge).toBe('24.3')
    expect(
      explanation.steps.map(({ __typename, rule, applied }: { __typename: string; rule: string; applied: boolean }) => `${__typename} ${rule} ${applied}`),
    ).toEqual([expect.stringMatching(/^CostStep .+ true$/), 'MarkupStep large v1 true', 'DiscountStep launch v1 true', 'RoundingStep null false'])
    expect(explanation.notes).toEqual(['the discount welcome v1 is a fixed amount off the charge of a period; it does not apply to single calls'])
    const dated = (await explain('dated')).explanation
    expect(dated.charge).toBe('4.5')
    expect(dated.steps[2]).toMatchObject({ rule: 'launch v1', applied: false, reason: 'it is for the feature chat, not search' })
  })
  it('a period is charged by model, then in total, with a fixed amount off once', async () => {
    const period = await explainFor()
    expect(period).toMatchObject({ calls: 6, unpricedCalls: 1 })
    expect(period.models.map((line: any) => [line.model, line.cost, line.explanation?.charge ?? null])).toEqual([
      ['large', '18', '27'],
      ['large-2026-05-05', '3', '4.5'],
      ['small', '1', '1.2'],
      ['house-model', '0.25', '0.3'],
      ['brand-new', null, null],
      [null, '0', '0'],
    ])
    expect(period.total).toMatchObject({ state: 'CHARGED', cost: '22.25', charge: '31', at: '2026-11-01T00:00:00Z' })
    expect(period.total.notes).toEqual(['1 of 6 calls have no price; their cost is unknown and not included'])
    expect(period.total.text).toContain('Discount welcome v1 (2 off): applied; 33 becomes 31')
    // The usage of all features is not of the feature "chat".
    expect(period.total.text).toContain('Discount launch v1 (10 % of the remaining amount): not applied')
  })
  it('a filter by one value meets conditions on that value', async () => {
    const { total } = await explainFor(`filter: { featureIds: ["chat"] } roundTo: 1`)
    // (27 + 1.2) less 10 %, less 2.
    expect(total).toMatchObject({
      charge: '23.4',
      steps: [{}, { rule: 'launch v1', applied: true }, { rule: 'welcome v1' }, { scale: 1, mode: 'half-even', before: '23.38' }],
    })
  })
  it('every explanation adds up, and its last amount is the charge', async () => {
    for (const scale of [undefined, 0, 2, 8]) {
      const group = await server.tollgate.charges.explainPeriod({
        tenantId: 'acme',
        range,
        ...(scale !== undefined && { rounding: { scale, mode: 'half-even' } }),
      })
      for (const charge of [group.total, ...group.models.map(line => line.charge)]) {
        if (charge?.explanation === null || charge === null || charge === undefined) continue
        expect(verifyExplanation(charge.explanation)).toEqual([])
        expect(charge.explanation.charge).toBe(charge.charge?.toFixed())
      }
    }
  })
  it('rules of a plan apply to its tenants', async () => {
    await server.test.asOwner(`update accounts.tenants set tier = 'pro' where id = 'globex'`)
    const { total } = await explainFor('', globex)
    // 18 plus 20 %, less 90 % of the plan, less 2.
    expect(total.charge).toBe('0.16')
  })
  it('rules and withdrawals apply from their own time on', async () => {
    const until = await publish('publishDiscount', `{ name: "late", from: "2026-11-15T00:00:00Z", effect: { percentage: { percent: 50 } } }`)
    expect((await explainFor()).total.charge).toBe('31')
    expect((await explainFor('at: "2026-11-15T00:00:00Z"')).total.charge).toBe('14.5')
    const withdrawn = await publish('withdrawChargeRule', `{ id: "${until.id}", from: "2026-11-16T00:00:00Z" }`)
    expect(withdrawn).toMatchObject({ label: 'late v2', withdrawn: true, terms: null })
    expect((await explainFor('at: "2026-11-15T12:00:00Z"')).total.charge).toBe('14.5')
    expect((await explainFor('at: "2026-11-16T00:00:00Z"')).total.charge).toBe('31')
  })
})

describe('authorization', () => {
  it('a tenant cannot see events of other tenants, or name another tenant', async () => {
    expect(await explain('foreign')).toBeNull()
    expect(await explain('foreign', server.operatorKey)).not.toBeNull()
    for (const query of [
      `explainPeriodCharge(tenantId: "globex", range: ${RANGE}) { calls }`,
      `simulateCharges(tenantId: "globex", range: ${RANGE}, scenario: {}) { method }`,
    ]) {
      expect((await server.send(acme, `{ ${query} }`)).errors[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })
  it('explanations show a tenant only rules for it and for all tenants', async () => {
    expect(JSON.stringify(await explainFor('', globex))).not.toContain('large v1')
    expect(JSON.stringify(await explainFor())).not.toContain('pro v1')
  })
  it('a tenant cannot read a rule by its id', async () => {
    const [rule] = (await operate('{ chargeRules(first: 1) { nodes { id } } }')).chargeRules.nodes
    expect((await server.send(acme, `{ node(id: "${rule.id}") { id } }`)).errors[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

const FIGURES = 'current { calls unpricedCalls cost charge } simulated { calls unpricedCalls cost charge } costDifference chargeDifference'
const simulate = async (scenario: string, args = '', key = acme) =>
  (
    await operate(
      `{ simulateCharges(range: ${RANGE}, scenario: ${scenario} ${args}) { method total { ${FIGURES} } groups { key { dimension value } ${FIGURES} } currentCharge { charge } simulatedCharge { charge text } } }`,
      {},
      key,
    )
  ).simulateCharges

describe('simulateCharges', () => {
  it('without changes equals the current charge', async () => {
    const { method, total } = await simulate('{}')
    expect(method).toBe('ROLLUPS')
    expect(total).toEqual({
      current: { calls: 6, unpricedCalls: 1, cost: '22.25', charge: '31' },
      simulated: { calls: 6, unpricedCalls: 1, cost: '22.25', charge: '31' },
      costDifference: '0',
      chargeDifference: '0',
    })
  })
  it('applies other prices to events, including events without a price', async () => {
    const price = (model: string, input: string) =>
      `{ provider: "acme-ai", model: "${model}", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "${input}", output: 0 } }`
    const { method, total } = await simulate(`{ prices: [${price('large', '1')}, ${price('brand-new', '100000')}] }`)
    expect(method).toBe('EVENTS')
    // large: 1 + 1; small: 1; reported: 0.25; new: 1.
    expect(total.simulated).toEqual({ calls: 6, unpricedCalls: 0, cost: '4.25', charge: '3.7' })
    expect(total).toMatchObject({ current: { cost: '22.25', charge: '31' }, costDifference: '-18', chargeDifference: '-27.3' })
  })
  it('replaces a model and its dated versions, with the markup of the new model', async () => {
    const { total, groups } = await simulate(
      `{ models: [{ from: { provider: "acme-ai", model: "large" }, to: { provider: "acme-ai", model: "small" } }] }`,
      'by: [MODEL]',
    )
    // 1.5 + 0.5 + 1 at 20 %, reported 0.25 at 20 %, less 2.
    expect(total.simulated).toEqual({ calls: 6, unpricedCalls: 1, cost: '3.25', charge: '1.9' })
    const large = groups.find(({ key }: any) => key[0].value === 'large')
    expect([large.current.cost, large.simulated.cost]).toEqual(['18', '1.5'])
  })
  it('counts events that another model leaves without a price', async () => {
    const { total } = await simulate(`{ models: [{ from: { provider: "acme-ai", model: "small" }, to: { provider: "acme-ai", model: "unknown-model" } }] }`)
    expect(total.simulated).toMatchObject({ calls: 6, unpricedCalls: 2, cost: '21.25' })
  })
  it('applies other rules to sums', async () => {
    expect((await simulate(`{ markups: [{ percent: 100 }], discounts: [] }`)).total.simulated.charge).toBe('44.5')
    expect((await simulate(`{ markups: [], discounts: [{ name: "half", effect: { percentage: { percent: 50 } } }] }`)).total.simulated.charge).toBe('11.125')
    expect((await simulate(`{ plan: "pro" }`, ', tenantId: "acme"', server.operatorKey)).total.simulated.charge).toBe('1.3')
    const list = await simulate(`{ priceModel: { perUnit: { unitPrice: "2", per: 1000000 } }, discounts: [] }`)
    // 5,000,015 tokens at 2 per million.
    expect(list).toMatchObject({ method: 'ROLLUPS', total: { simulated: { cost: '22.25', charge: '10.00003' } } })
  })
  it('shows a tenant no plan that is neither its own nor public', async () => {
    for (const plan of ['pro', 'unknown-plan']) {
      const { data, errors } = await server.send(acme, `{ simulateCharges(range: ${RANGE}, scenario: { plan: "${plan}" }) { simulatedCharge { text } } }`)
      expect(data).toEqual({ simulateCharges: null })
      expect(errors[0]?.message).toBe('scenario.plan: must be your own plan or a public one, and no plan is public')
    }
  })
  it.each(['[FEATURE]', '[MODEL]', '[FEATURE, MODEL]', '[PROVIDER, FEATURE, STATUS]'])('has shares that add up exactly, by %s', async by => {
    const scenario = `{ prices: [{ provider: "acme-ai", model: "large", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "0.7", output: "1.1" } }], discounts: [{ name: "third", effect: { percentage: { percent: "33.333333" } } }] }`
    const { total, groups } = await simulate(scenario, `by: ${by}`)
    const sum = (side: 'current' | 'simulated', figure: 'cost' | 'charge') =>
      groups.reduce((all: Decimal, group: any) => all.plus(group[side][figure]), ZERO).toFixed()
    for (const side of ['current', 'simulated'] as const) {
      expect(sum(side, 'cost')).toBe(total[side].cost)
      expect(sum(side, 'charge')).toBe(total[side].charge)
    }
  })
  it('rejects invalid scenarios and too many events', async () => {
    const refused = async (scenario: string) =>
      (await server.send(acme, `{ simulateCharges(range: ${RANGE}, scenario: ${scenario}) { method } }`)).errors[0]?.message
    expect(await refused('{ markups: [], priceModel: { flatFee: { fee: 1 } } }')).toMatch(/^scenario\.priceModel: must not be combined with markups/)
    expect(await refused('{ discounts: [{ name: "x", effect: { percentage: { percent: 101 } } }] }')).toMatch(
      /^scenario\.discounts\.0\.effect\.percentage\.percent: must be/,
    )
    expect(await refused('{ prices: [{ provider: "p", model: " ", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: 1 } }] }')).toMatch(
      /^prices\.0\.model: must not be empty/,
    )
    const scenario = { models: [{ from: { provider: 'acme-ai', model: 'large' }, to: { provider: 'acme-ai', model: 'small' } }] }
    await expect(server.tollgate.charges.simulate({ tenantId: 'acme', range, scenario, maxEvents: 5 })).rejects.toThrow(
      'range: has 6 events, and other prices or models can be simulated for at most 5; choose a shorter range or a narrower filter',
    )
  })
  it('stores nothing', async () => {
    const count = () =>
      server.test.asOwner(
        `select (select count(*) from usage.events) as events, (select count(*) from pricing.prices) as prices, (select count(*) from pricing.charge_rules) as rules`,
      )
    const before = await count()
    await simulate(`{ prices: [{ provider: "acme-ai", model: "large", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "9" } }] }`)
    expect(await count()).toEqual(before)
  })
})

describe('a price list', () => {
  it('replaces cost and markup, and events add up to their month', async () => {
    const input = `{ name: "list", tenantId: "acme", from: "2026-01-01T00:00:00Z", priceModel: { graduated: { includedUnits: 1000000, tiers: [{ from: 0, unitPrice: "0.000002" }, { from: 3000000, unitPrice: "0.000001" }] } } }`
    const { id } = await publish('publishPriceModel', input)
    const { explanation } = await explain('large')
    expect(explanation).toMatchObject({
      state: 'CHARGED',
      cost: '18',
      steps: [{ __typename: 'PriceStep', rule: 'list v1', kind: 'graduated', metered: '2000000' }, { rule: 'launch v1' }, {}],
    })
    expect(explanation.notes.at(-1)).toBe('list v1 counts from the start of the month, 2026-11-01T00:00:00Z; this is what the call adds')
    // All at the same time, in the order of ids. Events without a price have tokens too.
    const prices = await Promise.all(
      ['large', 'dated', 'small', 'new', 'reported'].map(async name => (await explain(name)).explanation.steps[0].after as string),
    )
    expect(prices.reduce((sum, price) => sum.plus(price), ZERO).toFixed()).toBe('7.000015')
    expect((await explain('job')).explanation).toMatchObject({ state: 'NOT_APPLICABLE', charge: null })
    const { models, total } = await explainFor()
    expect(models.every((line: any) => line.explanation === null)).toBe(true)
    // 5,000,015 tokens: one million free, three at 2 per million, the rest at 1, less 2.
    expect(total).toMatchObject({ cost: '22.25', charge: '5.000015' })
    await publish('withdrawChargeRule', `{ id: "${id}", from: "2026-01-01T00:00:00Z" }`)
    expect((await explainFor()).total.charge).toBe('31')
  })
})

describe('after a correction', () => {
  it('events, periods and simulations use the corrected cost', async () => {
    const selection = { range, unpricedOnly: true }
    await operate(
      `mutation { publishPrice(input: { provider: "acme-ai", model: "brand-new", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: 100000 } }) { ... on Error { code } } }`,
    )
    expect((await explain('new')).explanation.reason).toBe('it had no price when it was rated; it has one now: rate it again')
    await (
      await server.tollgate.rerating.start({ selection, requestedBy: 'test', reason: 'a price' })
    ).done
    // 1 plus 20 %, less 10 % for the feature chat.
    expect((await explain('new')).explanation).toMatchObject({ state: 'CHARGED', cost: '1', charge: '1.08' })
    const { total, unpricedCalls } = await explainFor()
    expect({ unpricedCalls, ...total }).toMatchObject({ unpricedCalls: 0, cost: '23.25', charge: '32.2' })
    expect((await simulate('{}')).total.current).toEqual({ calls: 6, unpricedCalls: 0, cost: '23.25', charge: '32.2' })
  })
})

describe('values that are too long for rules', () => {
  it('do not prevent an explanation', async () => {
    await server.tollgate.accounts.createTenant({ id: 'long', name: 'Long' })
    const draft = {
      operation: 'x'.repeat(128),
      provider: 'p'.repeat(64),
      model: 'm'.repeat(256),
      tokens: { input: 1 },
      reportedCost: ZERO.plus('0.5'),
      occurredAt: Temporal.Instant.from('2026-11-10T09:00:00Z'),
      metadata: { featureId: 'f'.repeat(256), customerId: ' ' },
    }
    const [tracked] = await server.tollgate.usage.track({ tenantId: 'long', events: [draft] })
    if (tracked === undefined || tracked.outcome === 'rejected') throw new Error(tracked?.reason)
    const explained = await server.tollgate.charges.explainEvent(OPERATOR_SCOPE, tracked.eventId)
    expect(explained?.charge.charge?.toFixed()).toBe('0.6')
    const group = await server.tollgate.charges.explainPeriod({ tenantId: 'long', range, filter: { feature: [draft.metadata.featureId] } })
    expect(group.total.charge?.toFixed()).toBe('0')
    expect(group.models[0]?.charge?.charge?.toFixed()).toBe('0.6')
  })
})

describe('many events', () => {
  it('are read in pages, each event once', async () => {
    await server.tollgate.accounts.createTenant({ id: 'bulk', name: 'Bulk' })
    const draft = (i: number) => ({
      operation: 'chat',
      provider: 'acme-ai',
      model: 'large',
      tokens: { input: i },
      // Many at the same time, so that pages end between them.
      occurredAt: Temporal.Instant.from('2026-11-10T09:00:00Z').add({ seconds: Math.floor(i / 700) }),
    })
    for (let first = 0; first < 2_500; first += 500) {
      await server.tollgate.usage.track({ tenantId: 'bulk', events: Array.from({ length: 500 }, (_, i) => draft(first + i)) })
    }
    const read: number[] = []
    const { total } = await server.tollgate.charges.simulate({
      tenantId: 'bulk',
      range,
      scenario: { models: [{ from: { provider: 'acme-ai', model: 'large' }, to: { provider: 'acme-ai', model: 'small' } }] },
      maxEvents: 2_500,
      onProgress: done => read.push(done),
    })
    const tokens = (2_500 * 2_499) / 2
    expect(read).toEqual([1_000, 2_000, 2_500])
    expect(total.current.cost.toFixed()).toBe(ZERO.plus(tokens).times('0.000003').toFixed())
    expect(total.simulated).toMatchObject({ calls: 2_500, unpricedCalls: 0 })
    expect(total.simulated.cost.toFixed()).toBe(ZERO.plus(tokens).times('0.0000005').toFixed())
  })
})
