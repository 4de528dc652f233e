import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'
import { GRAPHIQL_TABS } from './graphiql-tabs.ts'
import { schema } from '../schema.ts'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
  await server.tollgate.pricing.importBundledPrices()
})
afterAll(() => server.stop())

const operations = GRAPHIQL_TABS.flatMap(({ query, variables = '{}' }) =>
  parse(query).definitions.flatMap(definition =>
    definition.kind === 'OperationDefinition' && definition.operation !== 'subscription'
      ? [{ query, variables: JSON.parse(variables) as object, operationName: definition.name?.value ?? '' }]
      : [],
  ),
)

describe('the tabs of GraphiQL', () => {
  it('work from top to bottom on a new server', async () => {
    const answers: Record<string, unknown> = {}
    for (const { query, variables, operationName } of operations) {
      const response = await server.fetch(
        new Request('http://localhost/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${server.operatorKey}` },
          body: JSON.stringify({ query: query.replaceAll('"acme"', '"newcomer"'), variables, operationName }),
        }),
      )
      const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown }
      expect({ operationName, errors }).toEqual({ operationName, errors: undefined })
      answers[operationName] = data
    }
    expect(answers).toMatchObject({
      CreateTenant: { createTenant: { __typename: 'CreateTenantPayload' } },
      CreateKey: { createApiKey: { __typename: 'CreateApiKeyPayload' } },
      Track: {
        trackUsage: {
          results: [
            { outcome: 'ACCEPTED', event: { pricingState: 'PRICED' } },
            { outcome: 'ACCEPTED', event: { pricingState: 'PRICED' } },
          ],
        },
      },
      Events: { usageEvents: { nodes: [{ tenant: { id: 'newcomer' } }, { tenant: { id: 'newcomer' } }] } },
      Last30Days: { usage: { totals: { calls: 2, unpricedCalls: 0 }, series: expect.any(Array) } },
      ByModelAndFeature: { usage: { groups: { groupCount: 2, groups: [{ measures: { calls: 1 } }, { measures: { calls: 1 } }] } } },
      Filtered: { usage: { totals: { calls: 2 } } },
      QuotasOfTenant: { quotaStatus: { plan: 'pro', quotas: expect.arrayContaining([expect.objectContaining({ metric: 'TOKENS', used: '6550' })]) } },
      SetQuota: { setQuota: { __typename: 'InvalidInputError', issues: [{ path: 'limit' }] } },
      Prices: {
        prices: {
          nodes: expect.arrayContaining([
            expect.objectContaining({
              model: 'gpt-5-mini',
              serviceTier: 'STANDARD',
              region: null,
              perMillionTokens: expect.objectContaining({ input: '0.25' }),
            }),
          ]),
        },
      },
      PublishPrice: { publishPrice: { __typename: 'PublishPricePayload' } },
    })
  })

  it('have lines that fit half of a small window', () => {
    const lines = GRAPHIQL_TABS.flatMap(({ query }) => query.split('\n'))
    expect(lines.filter(line => line.length > 49)).toEqual([])
  })

  it('name fields that exist, by domain', () => {
    const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    const roots = new Set(types.flatMap(type => Object.keys(type?.getFields() ?? {})))
    const [, contents = ''] = GRAPHIQL_TABS[0]?.query.split('Where to look in the documentation:') ?? []
    const named = contents.match(/\b[a-z]\w+/g) ?? []
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(name => !roots.has(name))).toEqual([])
  })
})
