import { tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphQLTestServer } from '../../../../graphql/testing/graphql-test-server.ts'
import { ENFORCE, TRACK } from '../../testing/quota-operations.ts'
import { type QuotaTestServer, startQuotaTestServer, succeeded, tokens } from '../../testing/quota-test-server.ts'

let server: GraphQLTestServer
let newTenant: QuotaTestServer['newTenant']
let quotaServer: QuotaTestServer
beforeAll(async () => {
  quotaServer = await startQuotaTestServer()
  ;({ server, newTenant } = quotaServer)
})
afterAll(() => quotaServer.server.stop())

describe('enforceQuotas', () => {
  it('decides for every metric and quota, and counts nothing', async () => {
    const { call, status } = await newTenant({ tier: 'pro' })
    const requests = [...tokens('500001'), { metric: 'REQUESTS', amount: '1' }, { metric: 'CREDITS', amount: '1' }]
    const { decision } = await call(ENFORCE, { requests })
    expect(decision).toEqual({
      allowed: false,
      degraded: false,
      results: [
        {
          metric: 'TOKENS',
          operation: null,
          allowed: false,
          refusal: 'OVER_LIMIT',
          limit: '500000',
          used: '0',
          reserved: '0',
          remaining: '500000',
          resetsAt: '2026-11-21T00:00:00Z',
          retryAfterMs: null,
          policy: { id: 'plan:pro:tokens/day//', source: 'PLAN', enforcement: 'HARD' },
          checks: [{ allowed: false, scopeValue: [], policy: { window: 'DAY' } }],
        },
        expect.objectContaining({ metric: 'REQUESTS', allowed: true, limit: '120', remaining: '120', refusal: null }),
        expect.objectContaining({ metric: 'CREDITS', allowed: true, limit: null, policy: null, resetsAt: null, checks: [] }),
      ],
    })
    expect((await call(ENFORCE, { requests: tokens('500000') })).decision.allowed).toBe(true)
    expect((await status()).quotas.map(({ used }: { used: string }) => used)).toEqual(['0', '0', '0'])
  })

  it('counts all amounts or none with consume', async () => {
    const { call, status } = await newTenant({ tokensADay: '100' })
    const take = async (amount: string) => (await call(ENFORCE, { requests: tokens(amount), consume: true })).decision.results[0]
    expect(await take('60')).toMatchObject({ allowed: true, used: '60', remaining: '40' })
    expect(await take('41')).toMatchObject({ allowed: false, used: '60', retryAfterMs: 12 * 3_600_000 })
    expect(await status()).toMatchObject({ anyExceeded: false, quotas: [{ used: '60', percentage: '60', exceeded: false, source: 'OVERRIDE' }] })
  })

  it('counts once for an idempotency key, also if repeats come at the same time', async () => {
    const { call, status } = await newTenant({ tokensADay: '100' })
    const take = (amount: string, more: object = {}) => call(ENFORCE, { requests: tokens(amount), consume: true, idempotencyKey: 'job-1', ...more })
    const answers = await Promise.all(Array.from({ length: 8 }, () => take('60')))
    expect(answers.map(({ decision }) => decision.allowed)).toEqual(Array.from({ length: 8 }, () => true))
    expect((await status()).quotas).toMatchObject([{ used: '60' }])
    expect(await take('61')).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
    expect(await take('60', { consume: false })).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(/^idempotencyKey: requires consume/) })
    expect((await take('50', { idempotencyKey: 'job-2' })).decision.allowed).toBe(false)
  })

  it('separates customers, sessions and models as usage events do', async () => {
    const { id, call } = await newTenant()
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'tokens', window: 'day', scope: ['customer', 'session', 'model'], limit: '100' })
    const metadata = { customerId: 'c', sessionId: 's' }
    await call(TRACK, { events: [{ operation: 'chat', model: 'm', tokens: { input: 60 }, metadata }] })
    const fits = async (input: object) => (await call(ENFORCE, { requests: tokens('41'), model: 'm', metadata, ...input })).decision.allowed
    expect([await fits({}), await fits({ model: 'n' }), await fits({ metadata: { customerId: 'c' } })]).toEqual([false, true, true])
  })

  it('lets the quota decide about an unknown amount, which is null', async () => {
    const { id, call } = await newTenant()
    const cost = [{ metric: 'COST', amount: null }]
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'cost', window: 'day', limit: '1' })
    expect((await call(ENFORCE, { requests: cost })).decision).toMatchObject({ allowed: false, results: [{ refusal: 'UNKNOWN_AMOUNT' }] })
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'cost', window: 'day', limit: '1', unknownAmount: 'allow' })
    expect((await call(ENFORCE, { requests: cost })).decision.allowed).toBe(true)
  })

  it.each([
    [{ requests: [{ metric: 'TOKENS' }] }, 'requests[0].amount'],
    [{ requests: [{ metric: 'TOKENS', amount: '-1' }] }, 'requests[0].amount'],
    [{ requests: [] }, 'requests'],
    [{ requests: Array.from({ length: 21 }, () => ({ metric: 'TOKENS', amount: '1' })) }, 'requests'],
    [{ requests: [{ metric: 'TOKENS', amount: '1', operation: '' }] }, 'requests[0].operation'],
    [{ requests: [{ metric: 'TOKENS', amount: '1' }], metadata: { customerId: 'c'.repeat(257) } }, 'metadata.customerId'],
    [{ requests: [{ metric: 'TOKENS', amount: '1' }], model: '' }, 'dimensions.model'],
  ])('rejects %j at %s', async (input, path) => {
    const { call } = await newTenant()
    const result = await call(ENFORCE, input)
    expect(result).toMatchObject({ code: 'INVALID_INPUT' })
    expect(result.issues.map((issue: { path: string }) => issue.path)).toContain(path)
  })
})

describe('64 callers on three servers', () => {
  it('are allowed exactly up to the limit, whether they consume or reserve', async () => {
    const { id } = await newTenant({ tokensADay: '37' })
    const servers = [server.tollgate, await server.another(), await server.another()]
    const asked = Array.from({ length: 64 }, async (_, i) => {
      const { quotas } = servers[i % 3] ?? server.tollgate
      const question = { tenantId: id, requests: [{ metric: 'tokens' as const, amount: '1' }] }
      return i % 2 === 0 ? quotas.enforce({ ...question, consume: true }) : quotas.reserve(question)
    })
    const admitted = (await Promise.all(asked)).filter(({ allowed }) => allowed)
    const [standing] = (await server.tollgate.quotas.status({ tenantId: id })).quotas
    expect([admitted.length, standing?.used.plus(standing.reserved).toFixed(), standing?.remaining?.toFixed()]).toEqual([37, '37', '0'])
    const alerts = await server.tollgate.quotas.alerts(tenantScope(id), { first: 10 })
    expect(new Set(alerts.map(({ threshold }) => threshold.toFixed())).size).toBe(alerts.length)
  })

  it('are allowed exactly up to the limit over GraphQL, each with its own key', async () => {
    const { id } = await newTenant({ tokensADay: '21' })
    const keys = await Promise.all(Array.from({ length: 64 }, () => server.keyOf(id)))
    const asked = keys.map(key => server.send(key, ENFORCE, { input: { requests: tokens('1'), consume: true } }))
    const admitted = (await Promise.all(asked)).filter(answer => succeeded(answer).result.decision.allowed === true)
    expect(admitted).toHaveLength(21)
  })
})
