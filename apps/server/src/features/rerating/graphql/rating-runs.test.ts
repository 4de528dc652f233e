import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

const RANGE = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
const RUN = `id state requestedBy reason eventsTotal eventsRead failure finishedAt selection { range { from to } tenant { id } provider model unpricedOnly }
  changes { totals { events newlyPriced newlyUnpriced oldCost newCost difference } periods { tenant { id } month totals { events } } sample { event { id } from { cost } to { cost } } }`
const ERRORS = `... on Error { code message } ... on InvalidInputError { issues { path } }`
const PREVIEW = `query ($input: RatingSelectionInput!) { previewRatingRun(input: $input) { eventsTotal eventsRead complete
  changes { totals { events newlyPriced newlyUnpriced oldCost newCost difference } periods { tenant { id } month totals { events newCost } }
    sample { event { id model } from { pricingState cost price { id } } to { pricingState cost price { perMillionTokens { input } } } } } } }`
const START = `mutation ($input: StartRatingRunInput!) { startRatingRun(input: $input) { __typename ... on StartRatingRunPayload { run { ${RUN} } } ${ERRORS} ... on RatingRunInProgressError { runId } } }`

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
})
afterAll(() => server.stop())

let tenants = 0
let tenantId: string
let tenantKey: string
/** Each test has a tenant of its own, with two calls to a model that no other tenant uses. */
let model: string
let eventIds: string[]
beforeEach(async () => {
  tenants += 1
  tenantId = `tenant-${tenants}`
  model = `unheard-of-${tenants}`
  await server.tollgate.accounts.createTenant({ id: tenantId, name: 'Tenant' })
  tenantKey = await server.keyOf(tenantId)
  const call = { operation: 'chat', provider: 'in-house', model, tokens: { input: 1_000_000 } }
  const { data } = await server.send(
    tenantKey,
    `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { event { id pricingState cost } } } } }`,
    {
      input: {
        events: [
          { ...call, occurredAt: '2026-11-03T10:00:00Z' },
          { ...call, occurredAt: '2026-11-20T11:59:00Z', status: 'FAILURE' },
        ],
      },
    },
  )
  expect(data.trackUsage.results).toMatchObject([{ event: { pricingState: 'UNPRICED', cost: null } }, { event: { pricingState: 'UNPRICED', cost: null } }])
  eventIds = data.trackUsage.results.map(({ event }: { event: { id: string } }) => event.id)
})

const ask = async (query: string, variables: Record<string, unknown> = {}, key = server.operatorKey) => {
  const { data, errors } = await server.send(key, query, variables)
  expect(errors).toEqual([])
  return data
}

const publish = (input: string, from = '2026-11-01T00:00:00Z') =>
  server.tollgate.pricing.publishPrice(OPERATOR_SCOPE, {
    provider: 'in-house',
    model,
    from: Temporal.Instant.from(from),
    perMillionTokens: { input: new Decimal(input) },
  })

const select = (more: Record<string, unknown> = {}) => ({ range: RANGE, tenantId, ...more })

/** Starts a run and polls until it ends, as a client does. */
async function rerate(selection = select()): Promise<any> {
  const { startRatingRun } = await ask(START, { input: { selection, reason: 'a price was missing' } })
  expect(startRatingRun).toMatchObject({ __typename: 'StartRatingRunPayload' })
  for (;;) {
    const { ratingRun } = await ask(`query ($id: ID!) { ratingRun(id: $id) { ${RUN} } }`, { id: startRatingRun.run.id })
    if (ratingRun.state !== 'RUNNING') return ratingRun
  }
}

const sums = (costBasis?: string, range = RANGE) =>
  ask(
    `query ($range: TimeRangeInput!, $costBasis: CostBasis) { usage(range: $range, costBasis: $costBasis) { totals { calls cost unpricedCalls averageCostPerCall } } }`,
    { range, costBasis: costBasis ?? 'CORRECTED' },
    tenantKey,
  ).then(data => data.usage.totals)

describe('a missing price', () => {
  it('is published, previewed and applied, and corrects events and reports', async () => {
    await publish('2', '2026-11-01T00:00:00Z')
    const { previewRatingRun } = await ask(PREVIEW, { input: select({ unpricedOnly: true }) })
    expect(previewRatingRun).toMatchObject({
      eventsTotal: 2,
      eventsRead: 2,
      complete: true,
      changes: {
        totals: { events: 2, newlyPriced: 2, newlyUnpriced: 0, oldCost: '0', newCost: '4', difference: '4' },
        periods: [{ tenant: { id: tenantId }, month: '2026-11', totals: { events: 2, newCost: '4' } }],
        sample: [
          {
            from: { pricingState: 'UNPRICED', cost: null, price: null },
            to: { pricingState: 'PRICED', cost: '2', price: { perMillionTokens: { input: '2' } } },
          },
          { event: { model } },
        ],
      },
    })
    expect(await sums()).toMatchObject({ cost: '0', unpricedCalls: 2 })

    const run = await rerate(select({ unpricedOnly: true }))
    expect(run).toMatchObject({
      state: 'COMPLETED',
      requestedBy: 'configured operator key',
      reason: 'a price was missing',
      eventsTotal: 2,
      eventsRead: 2,
      failure: null,
      selection: { range: RANGE, tenant: { id: tenantId }, provider: null, model: null, unpricedOnly: true },
      changes: { totals: { events: 2, newlyPriced: 2, oldCost: '0', newCost: '4' } },
    })

    expect(await sums()).toEqual({ calls: 2, cost: '4', unpricedCalls: 0, averageCostPerCall: '2' })
    expect(await sums('CORRECTED')).toEqual(await sums())
    expect(await sums('RECORDED')).toEqual({ calls: 2, cost: '0', unpricedCalls: 2, averageCostPerCall: null })
    expect(await sums('CORRECTED', { from: '2026-11-03T09:59:30Z', to: '2026-11-03T10:00:00.000001Z' })).toMatchObject({ calls: 1, cost: '2' })
    const { unpricedUsage } = await ask(
      `query ($range: TimeRangeInput!) { unpricedUsage(range: $range) { measures { unpricedCalls } } }`,
      { range: RANGE },
      tenantKey,
    )
    expect(unpricedUsage).toEqual([])

    const explained = await ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on UsageEvent { cost pricingState recordedCost price { model } corrections { runId correctedAt from { cost pricingState price { id } } to { cost pricingState price { model } } } } } }`,
      { ids: eventIds },
      tenantKey,
    )
    const one = {
      cost: '2',
      pricingState: 'PRICED',
      recordedCost: null,
      price: { model },
      corrections: [
        {
          runId: run.id,
          correctedAt: '2026-11-20T12:00:00Z',
          from: { cost: null, pricingState: 'UNPRICED', price: null },
          to: { cost: '2', pricingState: 'PRICED', price: { model } },
        },
      ],
    }
    expect(explained.nodes).toEqual([one, one])
  })

  it('is corrected by a later price, and a second run finds nothing', async () => {
    await publish('2')
    await rerate()
    server.clock.advance({ seconds: 1 })
    await publish('3', '2026-11-10T00:00:00Z')
    expect((await rerate()).changes.totals).toMatchObject({ events: 1, newlyPriced: 0, oldCost: '2', newCost: '3', difference: '1' })
    expect((await rerate()).changes).toEqual({
      totals: { events: 0, newlyPriced: 0, newlyUnpriced: 0, oldCost: '0', newCost: '0', difference: '0' },
      periods: [],
      sample: [],
    })
    expect(await sums()).toMatchObject({ cost: '5' })
    const page = await ask(
      `query ($range: TimeRangeInput!) { usageEvents(range: $range) { nodes { cost recordedCost corrections { to { cost } } } } }`,
      { range: RANGE },
      tenantKey,
    )
    expect(page.usageEvents.nodes).toEqual([
      { cost: '3', recordedCost: null, corrections: [{ to: { cost: '2' } }, { to: { cost: '3' } }] },
      { cost: '2', recordedCost: null, corrections: [{ to: { cost: '2' } }] },
    ])
    expect(await server.tollgate.maintenance.verify({ from: Temporal.Instant.from(RANGE.from), to: Temporal.Instant.from(RANGE.to) })).toEqual([])
  })
})

describe('rating runs', () => {
  it('are listed newest first, and found by id', async () => {
    server.clock.advance({ seconds: 1 }) // Runs of the same millisecond have no order, and earlier tests started some.
    const first = await rerate()
    server.clock.advance({ seconds: 1 })
    const second = await rerate()
    const { ratingRuns } = await ask(`query { ratingRuns(first: 2) { nodes { id } pageInfo { hasNextPage endCursor } } }`)
    expect(ratingRuns.nodes).toEqual([{ id: second.id }, { id: first.id }])
    const rest = await ask(`query ($after: String) { ratingRuns(first: 100, after: $after) { nodes { id } } }`, { after: ratingRuns.pageInfo.endCursor })
    expect(rest.ratingRuns.nodes.map(({ id }: { id: string }) => id)).not.toContain(first.id)
    expect(await ask(`query ($id: ID!) { node(id: $id) { __typename id } }`, { id: first.id })).toEqual({ node: { __typename: 'RatingRun', id: first.id } })
    expect(await ask(`query { ratingRun(id: "run_01900000-0000-7000-8000-000000000000") { id } }`)).toEqual({ ratingRun: null })
  })

  it('can be resumed if they were interrupted, but not after they ended', async () => {
    await publish('2')
    const { id } = await rerate()
    await server.test.asOwner(`update usage.rating_runs set state = 'running', finished_at = null where id = $1`, [id.slice(4)])
    const blocked = await ask(START, { input: { selection: select(), reason: 'again' } })
    expect(blocked.startRatingRun).toMatchObject({ __typename: 'RatingRunInProgressError', code: 'RATING_RUN_IN_PROGRESS', runId: id })
    const resume = `mutation ($id: ID!) { resumeRatingRun(input: { id: $id }) { __typename ... on ResumeRatingRunPayload { run { id state } } ${ERRORS} } }`
    expect((await ask(resume, { id })).resumeRatingRun).toEqual({ __typename: 'ResumeRatingRunPayload', run: { id, state: 'RUNNING' } })
    await expect.poll(async () => (await ask(`query ($id: ID!) { ratingRun(id: $id) { state } }`, { id })).ratingRun.state).toBe('COMPLETED')
    expect((await ask(resume, { id })).resumeRatingRun).toMatchObject({ __typename: 'RatingRunEndedError', code: 'RATING_RUN_ENDED' })
    const cancel = `mutation ($id: ID!) { cancelRatingRun(input: { id: $id }) { __typename ${ERRORS} } }`
    expect((await ask(cancel, { id })).cancelRatingRun).toMatchObject({ __typename: 'RatingRunEndedError' })
    const unknown = 'run_01900000-0000-7000-8000-000000000000'
    expect((await ask(cancel, { id: unknown })).cancelRatingRun).toMatchObject({ __typename: 'NotFoundError', message: `There is no rating run "${unknown}".` })
    expect(await sums()).toMatchObject({ cost: '4' })
  })

  it.each([
    ['no reason', { reason: ' ' }, 'reason'],
    ['an empty model', { selection: { model: '' } }, 'model'],
    ['a range that ends before it begins', { selection: { range: { from: RANGE.to, to: RANGE.from } } }, 'range.to'],
  ])('are rejected with %s', async (_, { reason = 'why', selection = {} }: { reason?: string; selection?: object }, path) => {
    const { startRatingRun } = await ask(START, { input: { reason, selection: { ...select(), ...selection } } })
    expect(startRatingRun).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] })
  })

  it('are rejected for an unknown tenant', async () => {
    expect((await ask(START, { input: { reason: 'why', selection: select({ tenantId: 'nobody' }) } })).startRatingRun).toMatchObject({
      __typename: 'NotFoundError',
    })
  })
})

describe('a tenant key', () => {
  it('can neither start nor read rating runs', async () => {
    const { id } = await rerate()
    for (const [query, variables] of [
      [PREVIEW, { input: select() }],
      [`query ($id: ID!) { ratingRun(id: $id) { id } }`, { id }],
      [`query { ratingRuns { nodes { id } } }`, {}],
      [`query ($id: ID!) { node(id: $id) { id } }`, { id }],
    ] as const)
      expect((await server.send(tenantKey, query, variables)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect((await ask(START, { input: { selection: select(), reason: 'mine' } }, tenantKey)).startRatingRun).toMatchObject({ code: 'FORBIDDEN' })
  })
})
