import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

const RANGE = '{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'
const TRACK = `mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) {
  ... on TrackUsagePayload { results { outcome issues { path } event { id serviceTier pricingState cost price { serviceTier } } } } ... on Error { code message } } }`

let server: GraphQLTestServer
let acme: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
  await publish('STANDARD', '2')
  await publish('BATCH', '1')
})
afterAll(() => server.stop())

async function ask(query: string, variables: Record<string, unknown> = {}, key = acme): Promise<any> {
  const { data, errors } = await server.send(key, query, variables)
  expect(errors).toEqual([])
  expect(JSON.stringify(data)).not.toContain('"code"')
  return data
}

const publish = (serviceTier: string, input: string) =>
  ask(
    `mutation { publishPrice(input: { provider: "in-house", model: "our-llm", serviceTier: ${serviceTier}, from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "${input}" } }) { ... on Error { code message } } }`,
    {},
    server.operatorKey,
  )

const call = (idempotencyKey: string, serviceTier?: string) => ({
  idempotencyKey,
  operation: 'chat',
  provider: 'in-house',
  model: 'our-llm',
  tokens: { input: 1_000_000 },
  occurredAt: '2026-11-10T09:00:00Z',
  ...(serviceTier !== undefined && { serviceTier }),
})
const track = async (...events: object[]) => (await ask(TRACK, { events })).trackUsage.results

describe('the service tier of an event', () => {
  it('selects the price of the event, which is unpriced if its tier has none', async () => {
    expect(
      await track(call('standard'), call('batch', 'batch'), call('default', 'default'), call('priority', 'priority'), call('turbo', 'turbo-9')),
    ).toMatchObject([
      { outcome: 'ACCEPTED', event: { serviceTier: null, pricingState: 'PRICED', cost: '2', price: { serviceTier: 'STANDARD' } } },
      { outcome: 'ACCEPTED', event: { serviceTier: 'batch', pricingState: 'PRICED', cost: '1', price: { serviceTier: 'BATCH' } } },
      { outcome: 'ACCEPTED', event: { serviceTier: 'default', pricingState: 'PRICED', cost: '2', price: { serviceTier: 'STANDARD' } } },
      { outcome: 'ACCEPTED', event: { serviceTier: 'priority', pricingState: 'UNPRICED', cost: null, price: null } },
      { outcome: 'ACCEPTED', event: { serviceTier: 'turbo-9', pricingState: 'UNPRICED', cost: null, price: null } },
    ])
  })

  it('is part of the payload that decides between DUPLICATE and CONFLICT', async () => {
    await track(call('repeated', 'batch'))
    const repeats = await track(call('repeated', 'batch'), call('repeated'), call('repeated', 'standard'))
    expect(repeats.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['DUPLICATE', 'CONFLICT', 'CONFLICT'])
  })

  it('defaults to standard: an event that says standard duplicates one that says nothing', async () => {
    await track(call('said-later'), call('said-first', 'standard'))
    expect(await track(call('said-later', 'standard'), call('said-first'))).toMatchObject([
      { outcome: 'DUPLICATE', event: { serviceTier: null } },
      { outcome: 'DUPLICATE', event: { serviceTier: 'standard' } },
    ])
  })

  it('is rejected if it is not a valid name', async () => {
    expect(await track(call('shouted', 'BATCH'))).toMatchObject([{ outcome: 'REJECTED', issues: [{ path: 'serviceTier' }] }])
  })

  it('is named in the explanation of an unpriced event, and applies to rating runs and simulations', async () => {
    server.clock.advance({ seconds: 1 })
    await server.tollgate.accounts.createTenant({ id: 'globex-bulk', name: 'Globex' })
    const key = await server.keyOf('globex-bulk')
    const { trackUsage } = await ask(TRACK, { events: [call('flex', 'flex'), call('batch', 'batch'), call('standard')] }, key)
    const explain = async () =>
      (await ask(`query ($id: ID!) { explainCharge(eventId: $id) { explanation { state cost reason } } }`, { id: trackUsage.results[0].event.id }, key))
        .explainCharge.explanation
    expect(await explain()).toEqual({
      state: 'UNPRICED',
      cost: null,
      reason: 'there is no flex price for the model "our-llm" of in-house at 2026-11-10T09:00:00Z',
    })

    await publish('FLEX', '0.25')
    const range = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
    const { startRatingRun } = await ask(
      `mutation ($input: StartRatingRunInput!) { startRatingRun(input: $input) { ... on StartRatingRunPayload { run { id } } ... on Error { code message } } }`,
      { input: { selection: { range, tenantId: 'globex-bulk' }, reason: 'flex had no price' } },
      server.operatorKey,
    )
    const run = `query ($id: ID!) { ratingRun(id: $id) { state changes { totals { events newCost } } } }`
    const ended = () => ask(run, { id: startRatingRun.run.id }, server.operatorKey).then(({ ratingRun }) => ratingRun)
    await expect.poll(ended).toEqual({ state: 'COMPLETED', changes: { totals: { events: 1, newCost: '0.25' } } })
    expect(await explain()).toMatchObject({ state: 'CHARGED', cost: '0.25' })

    // A simulated price of one tier leaves the other tiers as they are.
    const simulated = async (price: string) => {
      const scenario = `{ prices: [{ provider: "in-house", model: "our-llm", from: "2026-01-01T00:00:00Z", ${price} }] }`
      const { simulateCharges } = await ask(
        `{ simulateCharges(range: ${RANGE}, scenario: ${scenario}) { total { current { cost } simulated { cost } } } }`,
        {},
        key,
      )
      return simulateCharges.total
    }
    expect(await simulated('perMillionTokens: { input: "10" }')).toEqual({ current: { cost: '3.25' }, simulated: { cost: '11.25' } })
    expect(await simulated('serviceTier: FLEX, perMillionTokens: { input: "10" }')).toMatchObject({ simulated: { cost: '13' } })
  })
})
