import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { features } from '../../features/index.ts'
import { globalIds } from './global-ids.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'

const codecs = features.flatMap(({ ids }) => ids ?? [])
const ids = globalIds(codecs)
const codecOf = (type: string) => codecs.find(codec => codec.type === type)

const UUID = '01900000-0000-7000-8000-000000000001'

describe('global ids', () => {
  it.each([
    ['UsageEvent', UUID, `evt_${UUID}`],
    ['ApiKey', UUID, `key_${UUID}`],
    ['RejectedEvent', UUID, `rej_${UUID}`],
    ['ChargeRule', UUID, `rule_${UUID}`],
    ['RatingRun', UUID, `run_${UUID}`],
    ['Alert', UUID, `alr_${UUID}`],
    ['Reservation', UUID, `rsv_${UUID}`],
    ['Price', 'bundled:openai/gpt-5', 'price_bundled:openai/gpt-5'],
    ['Tenant', 'acme', 'acme'],
    ['Tenant', 'event', 'event'],
  ] as const)('of %s encode %s as %s', (type, id, text) => {
    expect(ids.encode(type, id)).toBe(text)
    expect(ids.decode(text)).toEqual({ type, id })
    expect(codecOf(type)?.decode(text)).toBe(id)
  })
  it.each(['', 'evt_', 'evt_acme', `key_${UUID}0`, 'price_', 'two words', 'a'.repeat(65), 'evt_01900000-0000-7000-8000-00000000000A', "x'; drop table"])(
    'reject %j',
    text => {
      expect(() => ids.decode(text)).toThrow('is not an id')
    },
  )
  it('of one type are rejected for another', () => {
    expect(() => codecOf('ApiKey')?.decode(`evt_${UUID}`, 'input.id')).toThrow(`input.id: "evt_${UUID}" is not a valid id; ids of API keys start with "key_"`)
  })
})

describe('node', () => {
  let server: GraphQLTestServer
  let nodeIds: Record<string, string>
  beforeAll(async () => {
    server = await startGraphQLTestServer()
    const { data } = await server.send(
      server.operatorKey,
      `mutation {
         publishPrice(input: { provider: "p", model: "m", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: 1 } }) { ... on PublishPricePayload { price { id } } }
         createApiKey(input: { tenantId: "acme", name: "k" }) { ... on CreateApiKeyPayload { apiKey { id } } }
         trackUsage(input: { tenantId: "acme", events: [{ operation: "o" }, { operation: "" }] }) { ... on TrackUsagePayload { results { event { id } } } }
       }`,
    )
    const rejected = await server.send(server.operatorKey, `query { rejectedEvents { nodes { id } } }`)
    nodeIds = {
      Tenant: 'acme',
      Price: data.publishPrice.price.id,
      ApiKey: data.createApiKey.apiKey.id,
      UsageEvent: data.trackUsage.results[0].event.id,
      RejectedEvent: rejected.data.rejectedEvents.nodes[0].id,
    }
  })
  afterAll(() => server.stop())

  it.each(['Tenant', 'Price', 'ApiKey', 'UsageEvent', 'RejectedEvent'])('fetches a %s by its id and returns the same id', async type => {
    const { data, errors } = await server.send(server.operatorKey, `query ($id: ID!) { node(id: $id) { __typename id } }`, { id: nodeIds[type] })
    expect({ data, errors }).toEqual({ data: { node: { __typename: type, id: nodeIds[type] } }, errors: [] })
  })
  it('fetches several ids in order, with null for unknown ones', async () => {
    const wanted = [nodeIds['UsageEvent'], 'nobody', 'acme', `evt_${UUID}`, `rej_${UUID}`, nodeIds['Price']]
    const { data, errors } = await server.send(server.operatorKey, `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: wanted })
    expect(errors).toEqual([])
    expect(data.nodes.map((node: { id: string } | null) => node?.id ?? null)).toEqual([wanted[0], null, 'acme', null, null, wanted[5]])
  })
  it('rejects an id that has the form of no type', async () => {
    const { data, errors } = await server.send(server.operatorKey, `query { node(id: "evt_garbage") { id } }`)
    expect({ data, errors }).toMatchObject({
      data: { node: null },
      errors: [{ extensions: { code: 'INVALID_INPUT', issues: [{ path: 'id', message: '"evt_garbage" is not an id' }] } }],
    })
  })
  it('returns tenant ids as their operator typed them', async () => {
    const { data } = await server.send(
      server.operatorKey,
      `mutation { createTenant(input: { id: "Übermut", name: "x" }) { __typename } other: createTenant(input: { id: "North-1.eu_west", name: "x" }) { ... on CreateTenantPayload { tenant { id } } } }`,
    )
    expect(data).toMatchObject({ createTenant: { __typename: 'InvalidInputError' }, other: { tenant: { id: 'North-1.eu_west' } } })
  })
})
