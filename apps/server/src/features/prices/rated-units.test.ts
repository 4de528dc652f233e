import { Decimal, OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import type { UsageEventDraft } from '@tollgate/usage'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

const RANGE = { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }

let server: GraphQLTestServer
let tenants = 0

beforeAll(async () => {
  server = await startGraphQLTestServer()
  const price = { provider: 'acme-ai', model: 'painter', from: Temporal.Instant.from('2026-01-01T00:00:00Z') }
  const units = (image: string) => [
    { kind: 'image', price: new Decimal(image) },
    { kind: 'web_search', price: new Decimal(10), per: 1_000 },
  ]
  const { pricing } = server.tollgate
  await pricing.publishPrice(OPERATOR_SCOPE, { ...price, perMillionTokens: { input: new Decimal(1), videoInput: new Decimal(8) }, units: units('0.04') })
  await pricing.publishPrice(OPERATOR_SCOPE, { ...price, region: 'eu', perMillionTokens: { input: new Decimal(2) }, units: units('0.05') })
  await pricing.publishPrice(OPERATOR_SCOPE, { ...price, speed: 'fast', perMillionTokens: { input: new Decimal(6) }, units: units('0.06') })
})
afterAll(() => server.stop())

/** Records events of a new tenant, and returns them as they are stored, with the totals. */
async function record(...events: Partial<UsageEventDraft>[]) {
  tenants += 1
  const tenantId = `tenant-${tenants}`
  const { accounts, usage } = server.tollgate
  await accounts.createTenant({ id: tenantId, name: tenantId })
  const drafts = events.map((event, i) => ({
    operation: 'call',
    provider: 'acme-ai',
    model: 'painter',
    occurredAt: RANGE.from.add({ hours: i }),
    ...event,
  }))
  const tracked = await usage.track({ tenantId, events: drafts })
  expect(tracked.map(({ outcome }) => outcome)).toEqual(events.map(() => 'accepted'))
  const { items } = await usage.events(tenantScope(tenantId), { range: RANGE, first: 10 })
  const totals = await usage.report(tenantScope(tenantId), { range: RANGE }).totals()
  return { tenantId, ratings: items.toReversed().map(({ rating }) => [rating.state, rating.cost?.toFixed() ?? null, rating.unpricedReason]), totals }
}

describe('units of a recorded event', () => {
  it('are priced without tokens, by how the call was served', async () => {
    const units = [{ kind: 'image', quantity: '2' }]
    const { ratings, totals } = await record({ units }, { units, region: 'eu' }, { units, speed: 'fast' })
    expect(ratings).toEqual([
      ['priced', '0.08', null],
      ['priced', '0.1', null],
      ['priced', '0.12', null],
    ])
    expect(totals).toMatchObject({ calls: 3, unpricedCalls: 0, unpricedReasons: [] })
    expect([totals.cost.toFixed(), ...totals.units.map(({ kind, quantity }) => `${kind} ${quantity.toFixed()}`)]).toEqual(['0.3', 'image 6'])
  })

  it('are priced besides tokens, rare pools too', async () => {
    const { ratings, totals } = await record({ tokens: { input: 1_000_000, videoInput: 500_000 }, units: [{ kind: 'web_search', quantity: '3' }] })
    expect(ratings).toEqual([['priced', '5.03', null]])
    expect(totals.tokens).toMatchObject({ total: 1_500_000n, videoInput: 500_000n })
  })

  it('are never free because nobody knows their price', async () => {
    const units = [{ kind: 'hologram', quantity: '1' }]
    const { ratings, totals } = await record({ units }, { units, model: 'unheard-of' }, { units, model: null }, { units, provider: 'nobody' })
    expect(ratings).toEqual([
      ['unpriced', null, 'no_price_for_unit'],
      ['unpriced', null, 'unknown_model'],
      ['unpriced', null, 'no_model'],
      ['unpriced', null, 'unknown_model'],
    ])
    expect(totals).toMatchObject({ unpricedCalls: 4 })
    expect(totals.unpricedReasons).toEqual([
      { reason: 'unknown_model', calls: 2 },
      { reason: 'no_model', calls: 1 },
      { reason: 'no_price_for_unit', calls: 1 },
    ])
  })

  it('are rated again when they get a price, which clears the reason', async () => {
    const { tenantId, ratings } = await record({ model: 'sculptor', units: [{ kind: 'image', quantity: '3' }] }, { model: 'sculptor' })
    expect(ratings).toEqual([
      ['unpriced', null, 'unknown_model'],
      ['unpriced', null, 'unknown_model'],
    ])
    const { pricing, rerating, usage } = server.tollgate
    await pricing.publishPrice(OPERATOR_SCOPE, {
      provider: 'acme-ai',
      model: 'sculptor',
      from: Temporal.Instant.from('2026-01-01T00:00:00Z'),
      perMillionTokens: {},
      units: [{ kind: 'image', price: new Decimal('0.5') }],
    })
    const { done } = await rerating.start({ selection: { range: RANGE, tenantId, unpricedOnly: true }, requestedBy: 'tests', reason: 'a new price' })
    expect((await done).totals).toMatchObject({ events: 2, newlyPriced: 1 })
    const totals = await usage.report(tenantScope(tenantId), { range: RANGE }).totals()
    expect([totals.cost.toFixed(), totals.unpricedCalls, totals.unpricedReasons]).toEqual(['1.5', 1, [{ reason: 'no_usage', calls: 1 }]])
  })
})
