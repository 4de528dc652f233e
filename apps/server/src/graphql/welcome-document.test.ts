import { parse } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from './testing/graphql-test-server.ts'
import { WELCOME_DOCUMENT } from './welcome-document.ts'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
  await server.tollgate.pricing.importBundledPrices()
})
afterAll(() => server.stop())

const operations = parse(WELCOME_DOCUMENT).definitions.map(definition => ('name' in definition ? definition.name?.value : undefined) ?? '')

it('is shown in GraphiQL', async () => {
  const page = await server.fetch(new Request('http://localhost/graphql', { headers: { accept: 'text/html' } }))
  expect(page.headers.get('content-type')).toContain('text/html')
  const html = await page.text()
  expect(html).toContain('Tollgate meters what AI products use')
  expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:[^"]+\.(js|css)"/)
})

it('works from top to bottom on a new server', async () => {
  const answers: Record<string, unknown> = {}
  for (const operationName of operations) {
    const response = await server.fetch(
      new Request('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${server.operatorKey}` },
        body: JSON.stringify({ query: WELCOME_DOCUMENT.replace('id: "acme"', 'id: "newcomer"'), operationName }),
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
    Cost: { usage: { totals: { calls: 2, unpricedCalls: 0 }, breakdown: [{ measures: { calls: 1 } }, { measures: { calls: 1 } }] } },
    Events: { usageEvents: { nodes: [{ tenant: { id: 'acme' } }, { tenant: { id: 'acme' } }] } },
    Prices: {
      prices: {
        nodes: expect.arrayContaining([
          expect.objectContaining({ model: 'gpt-5-mini', serviceTier: 'STANDARD', region: null, perMillionTokens: expect.objectContaining({ input: '0.25' }) }),
        ]),
      },
    },
    PublishPrice: { publishPrice: { __typename: 'PublishPricePayload' } },
  })
})
