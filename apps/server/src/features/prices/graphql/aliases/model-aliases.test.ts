import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
let acme: string
let globex: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  await server.tollgate.pricing.importBundledPrices()
  acme = await server.keyOf('acme')
  globex = await server.keyOf('globex')
})
afterAll(() => server.stop())

const SET = `mutation ($input: SetModelAliasInput!) { setModelAlias(input: $input) {
  ... on SetModelAliasPayload { unpricedCalls run { id state requestedBy reason selection { provider model unpricedOnly tenant { id } } }
    alias { tenant { id } provider name target { provider model } from to } }
  ... on InvalidInputError { message issues { path } }
  ... on Error { code message }
} }`
const set = async (key: string, input: object) => (await server.send(key, SET, { input })).data.setModelAlias
const alias = (name: string, fields: object = {}) => ({
  provider: 'azure',
  name,
  target: { provider: 'azure', model: 'gpt-5-mini' },
  from: '2026-11-01T00:00:00Z',
  ...fields,
})
const TRACK = `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { event { id pricingState cost } } } } }`
const track = async (key: string, model: string, occurredAt = '2026-11-20T11:00:00Z', provider = 'azure') => {
  const events = [{ operation: 'chat', provider, model, tokens: { input: 1_000_000 }, occurredAt }]
  return (await server.send(key, TRACK, { input: { events } })).data.trackUsage.results[0].event
}
const costs = async (tenantId: string) => {
  const query = `query ($t: ID) { usage(tenantId: $t, range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }) { totals { cost unpricedCalls } } }`
  return (await server.send(server.operatorKey, query, { t: tenantId })).data.usage.totals
}

it('prices calls of the tenant that set it, and never those of another', async () => {
  expect(await set(acme, alias('chat-prod'))).toMatchObject({ unpricedCalls: 0, run: null, alias: { tenant: { id: 'acme' }, to: null } })
  expect(await track(acme, 'Chat-Prod')).toMatchObject({ pricingState: 'PRICED', cost: '0.25' })
  expect(await track(globex, 'chat-prod')).toMatchObject({ pricingState: 'UNPRICED', cost: null })
  expect((await server.send(globex, '{ modelAliases { nodes { name } } }')).data.modelAliases.nodes).toEqual([])
})

it('counts unpriced calls of the name under any spelling, and rates them when asked to', async () => {
  const before = await costs('globex')
  for (const model of ['old-prod', 'azure/Old-Prod']) await track(globex, model)
  await track(globex, 'old-prod', '2026-10-31T23:59:59Z')
  expect(await set(globex, alias('old-prod', { from: '2026-11-02T00:00:00Z' }))).toMatchObject({ unpricedCalls: 2, run: null })
  expect((await costs('globex')).unpricedCalls).toBe(before.unpricedCalls + 2)

  const rated = await set(server.operatorKey, alias('old-prod', { tenantId: 'globex', rateUnpriced: true }))
  expect(rated).toMatchObject({
    unpricedCalls: 2,
    run: { reason: 'azure "old-prod" is an alias of azure "gpt-5-mini"', selection: { provider: null, unpricedOnly: true, tenant: { id: 'globex' } } },
  })
  await server.tollgate.rerating.stop()
  expect(await costs('globex')).toEqual({ cost: '0.5', unpricedCalls: before.unpricedCalls })
})

it('prices calls before a move as before, and those after it as the new model', async () => {
  await set(server.operatorKey, alias('moving', { tenantId: 'acme' }))
  server.clock.advance({ minutes: 1 })
  await set(acme, alias('moving', { target: { provider: 'azure', model: 'gpt-5' }, from: '2026-11-10T00:00:00Z' }))
  const found = [await track(acme, 'moving', '2026-11-09T23:59:59Z'), await track(acme, 'moving', '2026-11-10T00:00:00Z')]
  expect(found.map(({ cost }) => cost)).toEqual(['0.25', '1.25'])
})

it('applies one for all tenants, until a tenant ends it for itself', async () => {
  await set(server.operatorKey, alias('house-model', { provider: 'litellm_proxy' }))
  server.clock.advance({ minutes: 1 })
  const END = `mutation ($input: EndModelAliasInput!) { endModelAlias(input: $input) { ... on EndModelAliasPayload { alias { tenant { id } target { model } } } } }`
  const input = { provider: 'litellm_proxy', name: 'house-model', from: '2026-11-15T00:00:00Z' }
  expect((await server.send(acme, END, { input })).data.endModelAlias.alias).toEqual({ tenant: { id: 'acme' }, target: null })
  const found = await Promise.all([
    track(acme, 'house-model', '2026-11-14T00:00:00Z', 'litellm_proxy'),
    track(acme, 'house-model', '2026-11-16T00:00:00Z', 'litellm_proxy'),
    track(globex, 'house-model', '2026-11-16T00:00:00Z', 'litellm_proxy'),
  ])
  expect(found.map(({ cost }) => cost)).toEqual(['0.25', null, '0.25'])
  const LIST = `query ($t: ID) { modelAliases(tenantId: $t, name: "HOUSE-model") { nodes { tenant { id } provider target { model } from } } }`
  expect((await server.send(server.operatorKey, LIST, { t: 'acme' })).data.modelAliases.nodes).toEqual([
    { tenant: { id: 'acme' }, provider: 'litellm_proxy', target: null, from: '2026-11-15T00:00:00Z' },
    { tenant: null, provider: 'litellm_proxy', target: { model: 'gpt-5-mini' }, from: '2026-11-01T00:00:00Z' },
  ])
})

it('is applied by a simulation of other prices', async () => {
  const query = `{ simulateCharges(tenantId: "acme", range: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" }, filter: { models: ["Chat-Prod"] },
    scenario: { prices: [{ provider: "azure", model: "gpt-5-mini", from: "2026-11-01T00:00:00Z", perMillionTokens: { input: "3" } }] }) { total { current { cost } simulated { cost } } } }`
  const { data, errors } = await server.send(server.operatorKey, query)
  expect(errors).toEqual([])
  expect(data.simulateCharges.total).toEqual({ current: { cost: '0.25' }, simulated: { cost: '3' } })
})

it.each([
  ['another tenant', { tenantId: 'globex' }, 'FORBIDDEN'],
  ['a rating run', { rateUnpriced: true }, 'FORBIDDEN'],
  ['itself', { target: { provider: 'azure', model: 'azure/X' } }, 'INVALID_INPUT'],
])('rejects a tenant that names %s', async (_what, fields, code) => {
  expect(await set(acme, alias('x', fields))).toMatchObject({ code })
})

it('rejects an unknown tenant', async () => {
  expect(await set(server.operatorKey, alias('x', { tenantId: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' })
})
