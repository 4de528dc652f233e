import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

const ADDRESS = '{ line1: "Main Street 1", postalCode: "10115", city: "Berlin", country: "DE" }'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
})
afterAll(() => server.stop())

async function operator(mutation: string, selection = ''): Promise<any> {
  const { data, errors } = await server.send(server.operatorKey, `mutation { result: ${mutation} { __typename ... on Error { code message } ${selection} } }`)
  if (errors.length > 0 || data.result.code !== undefined) throw new Error(JSON.stringify([errors, data?.result]))
  return data.result
}

it('a void invoice gives the budget of a promotion back, and the next invoice has the discount again', async () => {
  await operator(`setBillingSettings(input: { seller: { name: "Seller", address: ${ADDRESS} } })`)
  await operator(`setBillingProfile(input: { tenantId: "acme", name: "Acme", address: ${ADDRESS} })`)
  await operator('publishBillingPlan(input: { name: "usage", title: "Usage", usageCharges: [{ name: "markup", markup: { percent: 0 } }] })')
  await operator('publishDiscount(input: { name: "half", from: "2026-01-01T00:00:00Z", effect: { percentage: { percent: 50 } }, budget: 5 })')
  await operator('subscribe(input: { tenantId: "acme", plan: "usage", from: "2026-11-01T00:00:00Z" })')
  await server.send(
    server.operatorKey,
    'mutation { trackUsage(input: { tenantId: "acme", events: [{ operation: "chat", reportedCost: "10", occurredAt: "2026-11-10T00:00:00Z" }] }) { __typename } }',
  )
  const bill = async (through: string) => {
    server.clock.set(through)
    await operator(`runBilling(input: { through: "${through}" })`)
    const { data } = await server.send(server.operatorKey, '{ invoices(tenantId: "acme", first: 1) { nodes { id status discountTotal total } } }')
    return data.invoices.nodes[0]
  }
  const given = async () =>
    (await server.test.asOwner<{ given: string }>("select given::text from pricing.promotion_totals where promotion = 'half'"))[0]?.given
  const first = await bill('2026-12-01T00:00:00Z')
  expect([first.discountTotal, Number(await given())]).toEqual(['5', 5])
  await operator(`voidInvoice(input: { id: "${first.id}" })`)
  expect(Number(await given())).toBe(0)
  const next = await bill('2027-01-01T00:00:00Z')
  expect([next.id === first.id, next.discountTotal, next.total, Number(await given())]).toEqual([false, '5', '5', 5])
})
