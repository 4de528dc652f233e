import { Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
let acme: string

beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
  await server.send(
    server.operatorKey,
    'mutation { publishPrice(input: { provider: "anthropic", model: "claude-sonnet-4-5", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "3", output: "15" } }) { ... on Error { message } } }',
  )
})
afterAll(() => server.stop())

const answer = async (key: string, text: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await server.send(key, text, variables)
  return errors.length === 0 ? data.result : errors.map(({ extensions, message }) => `${extensions.code} ${message}`)
}
const GRANT =
  'mutation ($input: GrantCreditsInput!) { result: grantCredits(input: $input) { ... on GrantCreditsPayload { isRepeat grant { id remaining } wallet { balance } } ... on Error { code message } } }'
const grant = (input: object) => answer(server.operatorKey, GRANT, { input: { tenantId: 'acme', ...input } })
const track = async (...events: readonly object[]) => {
  const text =
    'mutation ($events: [UsageEventInput!]!) { result: trackUsage(input: { events: $events }) { ... on TrackUsagePayload { results { outcome reason credits { charged balance entryId } } } ... on Error { code message } } }'
  return (await answer(acme, text, { events })).results
}
const wallet = (customerId: string | null = null) =>
  answer(acme, 'query ($customerId: ID) { result: wallet(customerId: $customerId) { balance available reserved currentMonthConsumed } }', { customerId })

describe('the examples of an AI product', () => {
  it('debit what each operation costs from the wallet of its user', async () => {
    expect(await grant({ customerId: 'user-1', amount: '1', idempotencyKey: 'purchase-1' })).toMatchObject({ isRepeat: false, wallet: { balance: '1' } })
    const metadata = { customerId: 'user-1' }
    const results = await track(
      {
        operation: 'AI_CHAT_MESSAGE',
        provider: 'anthropic',
        model: 'claude-sonnet-4-5',
        tokens: { input: 1_000, output: 500 },
        description: 'AI chat message',
        resourceType: 'chat_session',
        resourceId: 's1',
        metadata,
      },
      { operation: 'WORKFLOW_EXECUTION', description: 'Automated workflow execution', resourceType: 'workflow', resourceId: 'w1', metadata },
      { operation: 'YOUTUBE_SYNC', metadata: { ...metadata, attributes: { videos_synced: 50 } } },
      { operation: 'ANALYTICS_GENERATION', credits: '0.002', metadata },
      { operation: 'BULK_OPERATION', metadata },
      { operation: 'TEMPLATE_RESPONSE', metadata },
      { operation: 'WORKFLOW_EXECUTION', status: 'RATE_LIMITED', metadata },
    )
    expect(results.map(({ credits }: { credits: { charged: string } | null }) => credits?.charged)).toEqual([
      '0.0105',
      '0.001',
      '0.005',
      '0.002',
      '0.01',
      undefined,
      undefined,
    ])
    expect(await wallet('user-1')).toEqual({ balance: '0.9715', available: '0.9715', reserved: '0', currentMonthConsumed: '0.0285' })
    expect(await wallet()).toBeNull()
  })

  it('list why each credit was spent', async () => {
    const entries = await answer(
      acme,
      '{ result: creditEntries(customerId: "user-1", first: 3) { edges { node { kind amount balanceAfter operation description resourceType resourceId eventId costId } } pageInfo { hasNextPage } } }',
    )
    expect(entries.edges).toHaveLength(3)
    expect(entries.edges[0].node).toMatchObject({
      kind: 'DEBIT',
      amount: '-0.01',
      balanceAfter: '0.9715',
      operation: 'BULK_OPERATION',
      eventId: expect.stringMatching(/^evt_/),
    })
    expect(entries.pageInfo.hasNextPage).toBe(true)
    const explain = async (key: string) => {
      const list = '{ result: creditEntries(customerId: "user-1") { nodes { operation parts { basis pool quantity rate amount } } } }'
      const { nodes } = await answer(key, list)
      return Object.fromEntries(nodes.map(({ operation, parts }: { operation: string | null; parts: unknown }) => [operation, parts]))
    }
    expect(await explain(acme)).toEqual({
      AI_CHAT_MESSAGE: [{ basis: 'USD_OF_COST', pool: null, quantity: '0.0105', rate: '1', amount: '0.0105' }],
      WORKFLOW_EXECUTION: [{ basis: 'CALL', pool: null, quantity: '1', rate: '0.001', amount: '0.001' }],
      YOUTUBE_SYNC: [{ basis: 'CALL', pool: null, quantity: '1', rate: '0.005', amount: '0.005' }],
      ANALYTICS_GENERATION: null,
      BULK_OPERATION: [{ basis: 'CALL', pool: null, quantity: '1', rate: '0.01', amount: '0.01' }],
      null: null,
    })
    const withoutCosts = await explain(await server.keyOf('acme', ['credits:read', 'usage:read']))
    expect([withoutCosts.AI_CHAT_MESSAGE, withoutCosts.BULK_OPERATION]).toEqual([null, expect.arrayContaining([expect.objectContaining({ amount: '0.01' })])])
    expect((await explain(await server.keyOf('acme', ['credits:read']))).BULK_OPERATION).toBeNull()
    // As when their month is no longer kept.
    await server.test.asOwner(`delete from usage.events where tenant_id = 'acme'`)
    expect(await explain(acme)).toMatchObject({ AI_CHAT_MESSAGE: null, BULK_OPERATION: null })
  })
})

describe('a tracked event', () => {
  it('is debited once, however often it is sent, and below zero if it must', async () => {
    await grant({ amount: '1', idempotencyKey: 'tenant' })
    const event = { idempotencyKey: 'k1', operation: 'import', credits: '1.5' }
    const [first, again] = await track(event, event)
    expect([first.credits, again.outcome]).toEqual([{ charged: '1.5', balance: '-0.5', entryId: expect.stringMatching(/^cre_acme:/) }, 'DUPLICATE'])
    expect((await track(event))[0].credits).toEqual(first.credits)
    expect(await wallet()).toMatchObject({ balance: '-0.5' })
  })

  it('with credits below zero is rejected by itself', async () => {
    const [bad, good] = await track({ operation: 'x', credits: '-1' }, { operation: 'x' })
    expect([bad.outcome, bad.reason, good.outcome]).toEqual(['REJECTED', expect.stringContaining('credits'), 'ACCEPTED'])
  })
})

describe('a corrected cost', () => {
  it('corrects the debit in the same transaction, as an entry of its own', async () => {
    await grant({ customerId: 'user-3', amount: '10', idempotencyKey: 'user-3' })
    const [tracked] = await track({
      operation: 'AI_CHAT_MESSAGE',
      provider: 'acme-ai',
      model: 'later',
      tokens: { input: 1_000_000 },
      metadata: { customerId: 'user-3' },
    })
    expect(tracked.credits).toMatchObject({ charged: '0', balance: '10' })
    await server.send(
      server.operatorKey,
      'mutation { publishPrice(input: { provider: "acme-ai", model: "later", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: "2" } }) { ... on Error { message } } }',
    )
    const { done } = await server.tollgate.rerating.start({
      selection: { tenantId: 'acme', range: { from: Temporal.Instant.from('2026-11-20T00:00:00Z'), to: Temporal.Instant.from('2026-11-21T00:00:00Z') } },
      requestedBy: 'test',
      reason: 'a price that was missing',
    })
    expect((await done).totals.events).toBe(1)
    expect(await wallet('user-3')).toMatchObject({ balance: '8' })
    const { edges } = await answer(acme, '{ result: creditEntries(customerId: "user-3", first: 1) { edges { node { kind amount } } } }')
    expect(edges[0].node).toEqual({ kind: 'CORRECTION', amount: '-2' })
    expect(await server.tollgate.credits.verify('acme')).toMatchObject({ valid: true })
  })
})

describe('grants', () => {
  it.each([
    { name: 'a negative amount', input: { amount: '-1' }, message: 'amount' },
    { name: 'an amount of zero', input: { amount: '0' }, message: 'amount' },
    { name: 'an expiry before the start', input: { effectiveAt: '2026-12-02T00:00:00Z', expiresAt: '2026-12-01T00:00:00Z' }, message: 'expiresAt' },
    { name: 'an unknown tenant', input: { tenantId: 'nobody' }, message: 'nobody' },
    { name: 'a source that only the ledger makes', input: { source: 'ROLLOVER' }, message: 'source' },
    { name: 'a key that was used for another amount', input: { idempotencyKey: 'purchase-1', amount: '2' }, message: 'purchase-1' },
  ])('with $name are refused, and change nothing', async ({ input, message }) => {
    const before = await wallet()
    const refused = await grant({ amount: '1', idempotencyKey: 'bad', ...input })
    expect(refused).toEqual({ code: expect.any(String), message: expect.stringContaining(message) })
    expect(await wallet()).toEqual(before)
  })

  it('are voided with a reason, which the ledger keeps', async () => {
    const { grant: given } = await grant({ customerId: 'user-2', amount: '5', idempotencyKey: 'mistake' })
    const voided = await answer(
      server.operatorKey,
      'mutation ($id: ID!) { result: voidCreditGrant(input: { id: $id, reason: "Sold twice" }) { ... on VoidCreditGrantPayload { grant { remaining } } ... on Error { code message } } }',
      { id: given.id },
    )
    expect(voided).toEqual({ grant: { remaining: '0' } })
    const { edges } = await answer(acme, '{ result: creditEntries(customerId: "user-2", first: 1) { edges { node { kind description } } } }')
    expect(edges[0].node).toEqual({ kind: 'VOID', description: 'Sold twice' })
  })
})

describe('access', () => {
  it('is limited to the own tenant, and changes need an operator', async () => {
    const globex = await server.keyOf('globex')
    expect(await answer(globex, '{ result: wallet(tenantId: "acme") { balance } }')).toEqual([expect.stringContaining('FORBIDDEN')])
    expect(await answer(globex, '{ result: wallet { balance } }')).toBeNull()
    expect(await answer(acme, GRANT, { input: { tenantId: 'acme', amount: '1', idempotencyKey: 'mine' } })).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('shows a customer with an access token its own wallet only', async () => {
    const { createAccessToken } = (
      await server.send(
        acme,
        'mutation { createAccessToken(input: { customerId: "user-1" }) { ... on CreateAccessTokenPayload { token } ... on Error { message } } }',
      )
    ).data
    expect(await answer(createAccessToken.token, '{ result: wallet { balance } }')).toEqual({ balance: '0.9715' })
    expect(await answer(createAccessToken.token, '{ result: wallet(customerId: "user-2") { balance } }')).toEqual([expect.stringContaining('FORBIDDEN')])
  })
})

describe('credit costs', () => {
  it('are set by an operator from a time on', async () => {
    const set =
      'mutation ($input: SetCreditCostInput!) { result: setCreditCost(input: $input) { ... on SetCreditCostPayload { cost { operation perCall perThousandTokens { pool rate } } } ... on Error { code message } } }'
    expect(
      await answer(server.operatorKey, set, {
        input: {
          operation: 'summary',
          perCall: '1',
          perThousandTokensByPool: [
            { pool: 'output', rate: '2' },
            { pool: 'input', rate: '-0' },
          ],
        },
      }),
    ).toEqual({
      cost: {
        operation: 'summary',
        perCall: '1',
        perThousandTokens: expect.arrayContaining([
          { pool: 'output', rate: '2' },
          { pool: 'input', rate: '0' },
        ]),
      },
    })
    expect(await answer(server.operatorKey, set, { input: { operation: 'summary' } })).toMatchObject({ code: 'INVALID_INPUT' })
    const byPool = [...['outputs', 'input', 'input'].map(pool => ({ pool, rate: '2' })), { pool: 'output', rate: '-1' }]
    const refused = await answer(server.operatorKey, set, { input: { operation: 'summary', perThousandTokens: '1', perThousandTokensByPool: byPool } })
    for (const path of ['ByPool: cannot', 'ByPool[0].pool: is not a pool', 'ByPool[2].pool: has a rate already', 'ByPool[3].rate: must be']) {
      expect(refused.message).toContain(`perThousandTokens${path}`)
    }
    const costs = await answer(acme, '{ result: creditCosts { operation perCall } }')
    expect(costs).toContainEqual({ operation: 'WORKFLOW_EXECUTION', perCall: '0.001' })
    expect(costs).toContainEqual({ operation: 'summary', perCall: '1' })
  })
})

describe('wallets', () => {
  const change = (mutation: string, input: string, selection: string) => {
    const payload = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Payload`
    return answer(
      server.operatorKey,
      `mutation { result: ${mutation}(input: { tenantId: "globex", ${input} }) { ... on ${payload} { ${selection} } ... on Error { code message } } }`,
    )
  }
  beforeAll(async () => {
    await server.keyOf('globex')
    await grant({ tenantId: 'globex', amount: '10', idempotencyKey: 'order' })
  })

  it('move credits to each other, once for each key', async () => {
    const move = () => change('transferCredits', 'toCustomerId: "ana", amount: 4, idempotencyKey: "move"', 'from { balance } to { customerId balance }')
    expect(await move()).toEqual({ from: { balance: '6' }, to: { customerId: 'ana', balance: '4' } })
    expect(await move()).toMatchObject({ from: { balance: '6' } })
    expect(await change('transferCredits', 'toCustomerId: "ana", amount: 7, idempotencyKey: "more"', '__typename')).toMatchObject({ code: 'CREDITS_EXCEEDED' })
    expect(await change('transferCredits', 'amount: 1, idempotencyKey: "self"', '__typename')).toMatchObject({ code: 'INVALID_INPUT' })
    const { edges } = await answer(server.operatorKey, '{ result: wallets(tenantId: "globex") { edges { node { customerId balance } } } }')
    expect(edges.map(({ node }: { node: object }) => node)).toEqual([
      { customerId: null, balance: '6' },
      { customerId: 'ana', balance: '4' },
    ])
  })

  it('have terms, of which a change keeps what it does not name', async () => {
    const terms = 'wallet { whenEmpty overdraftLimit alertBelow alertDaysLeft alertExpiresWithinDays }'
    await change('setWalletTerms', 'whenEmpty: OVERDRAFT, overdraftLimit: 2, alertBelow: [5, 1]', terms)
    expect(await change('setWalletTerms', 'alertDaysLeft: 3, alertExpiresWithinDays: null', terms)).toEqual({
      wallet: { whenEmpty: 'OVERDRAFT', overdraftLimit: '2', alertBelow: ['5', '1'], alertDaysLeft: 3, alertExpiresWithinDays: null },
    })
    const refused = { code: 'INVALID_INPUT', message: expect.stringContaining('overdraftLimit') }
    expect(await change('setWalletTerms', 'whenEmpty: OVERDRAFT', terms)).toEqual(refused)
    expect(await change('setWalletTerms', 'whenEmpty: BLOCK, overdraftLimit: 1', terms)).toEqual(refused)
    expect(await change('setWalletTerms', 'whenEmpty: OVERDRAFT, overdraftLimit: -1', terms)).toEqual(refused)
  })

  it('get an allowance, which is given once for each period', async () => {
    const set = (rollover: string) =>
      change(
        'setCreditAllowance',
        `customerId: "ben", name: "pro", amount: 5, rollover: ${rollover}`,
        'wallet { balance allowances { name rollover { kind max } } }',
      )
    const pro = { balance: '5', allowances: [{ name: 'pro', rollover: { kind: 'UP_TO_AMOUNT', max: '2' } }] }
    expect(await set('{ kind: UP_TO_AMOUNT, max: 2 }')).toEqual({ wallet: pro })
    expect(await set('{ kind: UP_TO_AMOUNT, max: 2 }')).toEqual({ wallet: pro })
    expect(await set('{ kind: UP_TO_AMOUNT }')).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('rollover.max') })
  })

  it('are debited by the rule of their tenant', async () => {
    const key = await server.keyOf('globex')
    const send = 'mutation { trackUsage(input: { events: [{ operation: "x", credits: 1, metadata: { customerId: "ana" } }] }) { __typename } }'
    expect(await change('setCreditDebitRule', 'rule: TENANT', 'rule')).toEqual({ rule: 'TENANT' })
    await server.send(key, send)
    expect(await answer(key, '{ result: creditDebitRule }')).toBe('TENANT')
    expect(await answer(key, '{ result: wallet { balance } }')).toEqual({ balance: '5' })
  })

  it('answer with the balance at any time, and the burn-down by day', async () => {
    const key = await server.keyOf('globex')
    const past = '{ result: creditBalance(at: "2020-01-01T00:00:00Z") now: creditBalance(at: "2100-01-01T00:00:00Z") }'
    expect((await server.send(key, past)).data).toEqual({ result: null, now: '5' })
    const today = server.clock.now().toString().slice(0, 10)
    const burned = await answer(
      key,
      `{ result: creditBurnDown(range: { from: "${today}T00:00:00Z", to: "${today}T23:59:59Z" }, timeZone: "UTC") { consumed balance } }`,
    )
    expect(burned).toEqual([{ consumed: '1', balance: '5' }])
  })
})
