import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
let acme: string
let globex: string

beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme', ['usage:read', 'usage:write', 'prices:read', 'tenants:read'])
  globex = await server.keyOf('globex', ['usage:read', 'usage:write', 'tenants:read'])
})
afterAll(() => server.stop())

const publish = (name: string, code: string, limits = '', rule = '') =>
  server.send(
    server.operatorKey,
    `mutation { publishDiscount(input: { name: "${name}", from: "2026-01-01T00:00:00Z", effect: { fixed: { amount: 3 } }, conditions: [{ coupon: { code: "${code}" ${limits} } }] ${rule} }) { ... on Error { message } } }`,
  )
async function redeem(key: string, input: string): Promise<any> {
  const { data, errors } = await server.send(
    key,
    `mutation { redeemCoupon(input: { ${input} }) { ... on Error { code message } ... on RedeemCouponPayload { redemptions { discount code customerId redeemedAt tenant { id } } } } }`,
  )
  expect(errors).toEqual([])
  return data.redeemCoupon
}

describe('a coupon', () => {
  it('is redeemed once per tenant, and applies from then on', async () => {
    await publish('welcome', 'Welcome-3')
    const first = await redeem(acme, 'code: " welcome-3"')
    expect(first.redemptions).toMatchObject([{ discount: 'welcome', code: 'Welcome-3', customerId: null, tenant: { id: 'acme' } }])
    expect(await redeem(acme, 'code: "WELCOME-3"')).toEqual(first)
    expect(await redeem(server.operatorKey, 'code: "welcome-3", tenantId: "acme"')).toEqual(first)
    // Applies to later usage of acme, and not to usage of globex.
    const at = Temporal.Instant.from(first.redemptions[0].redeemedAt)
    const price = { provider: 'acme-ai', model: 'large', from: at.subtract({ hours: 999 }), perMillionTokens: { input: new Decimal(10) } }
    await server.tollgate.pricing.publishPrice(OPERATOR_SCOPE, price)
    const range = { from: at.subtract({ hours: 24 }), to: at.add({ hours: 24 }) }
    const call = (occurredAt: Temporal.Instant) => ({ operation: 'chat', provider: 'acme-ai', model: 'large', tokens: { input: 1_000_000 }, occurredAt })
    for (const tenantId of ['acme', 'globex']) {
      const events = [call(at.subtract({ microseconds: 1 })), call(at)]
      expect((await server.tollgate.usage.track({ tenantId, events })).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    }
    const mine = await server.tollgate.charges.explainPeriod({ tenantId: 'acme', range })
    expect(mine.parts.map(part => part.total.charge?.toFixed())).toEqual(['10', '7'])
    expect((await server.tollgate.charges.explainPeriod({ tenantId: 'globex', range })).total.charge?.toFixed()).toBe('20')
  })
  it('is rejected with a reason if it is for another tenant, misspelled or used up', async () => {
    await publish('only', 'ONLY-ACME', '', ', tenantId: "acme"')
    expect(await redeem(globex, 'code: "only-acme"')).toMatchObject({
      code: 'UNKNOWN_COUPON',
      message: expect.stringMatching(/no coupon "only-acme" that this tenant can redeem now/),
    })
    expect(await redeem(acme, 'code: ""')).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(/^code: must not be empty/) })
    await publish('single', 'SINGLE', ', maximumRedemptions: 1')
    await redeem(acme, 'code: "single"')
    // A tenant is not told that the code of another exists.
    expect(await redeem(globex, 'code: "single"')).toMatchObject({ code: 'UNKNOWN_COUPON' })
    expect(await redeem(server.operatorKey, 'code: "single", tenantId: "globex"')).toMatchObject({
      code: 'COUPON_USED_UP',
      message: 'The coupon "SINGLE" has reached its limit of 1 redemption.',
    })
    expect(await redeem(acme, 'code: "single", tenantId: "globex"')).toMatchObject({ code: 'FORBIDDEN' })
    expect(await redeem(server.operatorKey, 'code: "single"')).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/^tenantId: is required/),
    })
  })
  it('has a limit per tenant, which its customers share', async () => {
    await publish('shared', 'SHARED', ', maximumRedemptionsPerCustomer: 2')
    expect(await redeem(acme, 'code: "shared", customerId: "u1"')).toMatchObject({ redemptions: [{ customerId: 'u1' }] })
    // In a later millisecond, because redemptions within one are in no order.
    server.clock.advance({ milliseconds: 1 })
    expect(await redeem(acme, 'code: "shared", customerId: "u2"')).toMatchObject({ redemptions: [{ customerId: 'u2' }] })
    expect(await redeem(acme, 'code: "shared", customerId: "u3"')).toMatchObject({ code: 'COUPON_USED_UP' })
  })
  it('is redeemed exactly up to its limit by 64 concurrent customers', async () => {
    await publish('rush', 'RUSH', ', maximumRedemptions: 10')
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => redeem(server.operatorKey, `tenantId: "${i % 2 === 0 ? 'acme' : 'globex'}", code: "rush", customerId: "c${i}"`)),
    )
    expect(answers.filter(({ redemptions }) => redemptions !== undefined)).toHaveLength(10)
    expect(answers.filter(({ code }) => code === 'COUPON_USED_UP')).toHaveLength(54)
  })
})

describe('codes', () => {
  const RANGE = 'range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'

  it('cannot be guessed with many codes or many fields in one request', async () => {
    const key = await server.keyOf('globex', ['usage:read', 'usage:write'])
    const codes = Array.from({ length: 60_000 }, (_, i) => `GUESS-${i}`)
    const { errors } = await server.send(key, `query ($codes: [String!]) { explainPeriodCharge(${RANGE}, couponCodes: $codes) { calls } }`, { codes })
    expect(errors[0]).toMatchObject({ message: expect.stringMatching(/^couponCodes: must have at most 10 codes/) })

    const fields = Array.from(
      { length: 40 },
      (_, i) => `r${i}: redeemCoupon(input: { code: "GUESS-${i}" }) { ... on Error { code } ... on TooManyCouponAttemptsError { retryAfterMs } }`,
    )
    const { data } = await server.send(key, `mutation { ${fields.join(' ')} }`)
    const answers: { code: string; retryAfterMs?: number }[] = Object.values(data)
    expect(answers.filter(({ code }) => code === 'UNKNOWN_COUPON')).toHaveLength(30)
    expect(answers.filter(({ code, retryAfterMs }) => code === 'TOO_MANY_ATTEMPTS' && Number(retryAfterMs) > 0)).toHaveLength(10)

    const tried = await server.send(key, `{ explainPeriodCharge(${RANGE}, couponCodes: ["GUESS"]) { calls } }`)
    expect(tried.errors[0]?.extensions).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
  })
})

describe('redemptions', () => {
  const LIST = 'nodes { discount customerId tenant { id } } pageInfo { hasNextPage endCursor }'
  it('are listed in pages, latest first, to operators and to their own tenant', async () => {
    const listed = async (key: string, args: string) => (await server.send(key, `{ couponRedemptions(${args}) { ${LIST} } }`)).data.couponRedemptions
    const page = await listed(server.operatorKey, 'discount: "shared", first: 1')
    expect(page).toMatchObject({ nodes: [{ discount: 'shared', customerId: 'u2', tenant: { id: 'acme' } }], pageInfo: { hasNextPage: true } })
    const next = await listed(server.operatorKey, `discount: "shared", first: 5, after: "${page.pageInfo.endCursor}"`)
    expect(next).toMatchObject({ nodes: [{ customerId: 'u1' }], pageInfo: { hasNextPage: false } })
    const own = (await listed(acme, 'first: 1000')).nodes as { tenant: { id: string } }[]
    expect(new Set(own.map(({ tenant }) => tenant.id))).toEqual(new Set(['acme']))
    const refused = await server.send(globex, `{ couponRedemptions { ${LIST} } }`)
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await server.send(acme, `{ couponRedemptions(tenantId: "globex") { ${LIST} } }`)).errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await server.send(server.operatorKey, `{ couponRedemptions(after: "x") { ${LIST} } }`)).errors[0]?.extensions.code).toBe('INVALID_INPUT')
  })
  it('are totaled on rules', async () => {
    const { data } = await server.send(
      server.operatorKey,
      '{ chargeRules(kind: DISCOUNT, name: "rush") { nodes { label totals { redemptions discounted budget remaining } } } }',
    )
    expect(data.chargeRules.nodes).toEqual([{ label: 'rush v1', totals: { redemptions: 10, discounted: '0', budget: null, remaining: null } }])
  })
})
