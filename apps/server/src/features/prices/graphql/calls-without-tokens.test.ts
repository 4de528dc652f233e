import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

const TRACK = `mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) {
  ... on TrackUsagePayload { results { outcome event { pricingState cost } } } ... on Error { code message } } }`
const TOTALS = `{ usage(range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }) { totals { calls unpricedCalls cost averageCostPerCall } } }`

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
  await server.tollgate.pricing.importBundledPrices()
})
afterAll(() => server.stop())

/** Tracks events of a new tenant, and returns how each was rated and the totals of the month. */
async function track(tenant: string, events: readonly object[]) {
  await server.tollgate.accounts.createTenant({ id: tenant, name: tenant })
  const key = await server.keyOf(tenant)
  const tracked = await server.send(key, TRACK, { events: events.map(event => ({ operation: 'call', occurredAt: '2026-11-10T09:00:00Z', ...event })) })
  const { data } = await server.send(key, TOTALS)
  return {
    ratings: tracked.data.trackUsage.results.map(({ event }: { event: { pricingState: string; cost: string | null } }) => [event.pricingState, event.cost]),
    totals: data.usage.totals,
  }
}

describe('a call without tokens', () => {
  it.each([
    ['a transcription whose seconds are not given as a unit', { operation: 'transcription', provider: 'openai', model: 'whisper-1', quantity: '60' }],
    ['a stream whose usage never arrived', { provider: 'openai', model: 'gpt-5-mini', status: 'SUCCESS' }],
    ['a stream that broke off', { provider: 'openai', model: 'gpt-5-mini', status: 'FAILURE' }],
    ['a call that names no model', { provider: 'openai' }],
    ['a call that names no provider', { model: 'gpt-5-mini' }],
    ['a call of an unknown model', { provider: 'openai', model: 'gpt-99' }],
  ])('is unpriced and counted: %s', async (name, event) => {
    const { ratings, totals } = await track(name.replaceAll(' ', '-'), [event])
    expect(ratings).toEqual([['UNPRICED', null]])
    expect(totals).toMatchObject({ calls: 1, unpricedCalls: 1 })
  })

  it('costs nothing if the provider refused it', async () => {
    const refused = { provider: 'openai', model: 'gpt-5-mini' }
    const { ratings, totals } = await track('refused', [
      { ...refused, status: 'RATE_LIMITED', statusCode: 429 },
      { ...refused, status: 'FAILURE', statusCode: 503 },
    ])
    expect(ratings).toEqual([
      ['PRICED', '0'],
      ['PRICED', '0'],
    ])
    expect(totals).toMatchObject({ calls: 2, unpricedCalls: 0, cost: '0' })
  })

  it('is not applicable only if it names neither a provider nor a model', async () => {
    const { ratings, totals } = await track('job', [{ operation: 'job', quantity: '3' }])
    expect(ratings).toEqual([['NOT_APPLICABLE', null]])
    expect(totals).toMatchObject({ calls: 1, unpricedCalls: 0 })
  })

  it('has the cost that was reported, which for OpenRouter goes before the catalogue', async () => {
    const { ratings } = await track('reported', [
      { provider: 'openai', model: 'gpt-5-mini', reportedCost: '0.25' },
      { provider: 'openrouter', model: 'openai/gpt-5-mini', tokens: { input: 1000 }, reportedCost: '0.125' },
      { provider: 'openai', model: 'gpt-5-mini', tokens: { input: 1000 }, reportedCost: '0.125' },
    ])
    expect(ratings).toEqual([
      ['REPORTED', '0.25'],
      ['REPORTED', '0.125'],
      ['PRICED', '0.00025'],
    ])
  })
})
