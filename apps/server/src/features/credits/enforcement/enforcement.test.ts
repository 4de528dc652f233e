import { createCredits, CreditStoreUnavailable } from '@tollgate/credits'
import { memoryCreditStore } from '@tollgate/credits/memory'
import { randomIds } from '@tollgate/kernel'
import { createQuotas } from '@tollgate/quotas'
import { memoryQuotaStore } from '@tollgate/quotas/memory'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'
import { ENFORCE, RELEASE, RESERVE, SETTLE, TRACK } from '../../quotas/testing/quota-operations.ts'
import { quotasWithCredits } from './quotas-with-credits.ts'
import { type QuotaTestServer, type QuotaTestTenant, startQuotaTestServer } from '../../quotas/testing/quota-test-server.ts'

let server: GraphQLTestServer
let newTenant: QuotaTestServer['newTenant']
beforeAll(async () => {
  ;({ server, newTenant } = await startQuotaTestServer())
})
afterAll(() => server.stop())

const credits = (amount: string) => ({ metric: 'CREDITS', amount })

/** Creates a tenant whose wallet has credits. */
async function prepaid(amount: string): Promise<QuotaTestTenant> {
  const tenant = await newTenant()
  await server.tollgate.credits.grant({ tenantId: tenant.id, amount, idempotencyKey: 'order' })
  return tenant
}
const wallet = async (tenantId: string, customerId: string | null = null) => {
  const balances = (await server.tollgate.credits.wallet({ tenantId, customerId }))?.wallet.balances
  return `${balances?.available.toFixed()} available, ${balances?.reserved.toFixed()} reserved`
}

describe('a request for credits', () => {
  it('is checked against the wallet and all quotas, and takes nothing', async () => {
    const { id, call } = await prepaid('10')
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'credits', window: 'day', limit: '20' })
    const check = async (amount: string) => (await call(ENFORCE, { requests: [credits(amount)] })).decision
    expect(await check('10')).toMatchObject({ allowed: true, results: [{ limit: '20', remaining: '20', refusal: null }] })
    const refused = { allowed: false, refusal: 'TOO_FEW_CREDITS', limit: null, remaining: '10', retryAfterMs: null, resetsAt: null, policy: null }
    expect(await check('10.1')).toMatchObject({ allowed: false, results: [refused] })
    expect(await check('20.1')).toMatchObject({ allowed: false, results: [{ refusal: 'OVER_LIMIT', limit: '20' }] })
    expect((await call(ENFORCE, { requests: [credits('6'), credits('6')] })).decision.results).toMatchObject([{ allowed: true }, { remaining: '4' }])
    expect(await wallet(id)).toBe('10 available, 0 reserved')
  })

  it('is held in wallet and quotas under one id, which an event settles with what it costs', async () => {
    const { id, call, status } = await prepaid('10')
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'credits', window: 'day', limit: '20' })
    const { reservation } = await call(RESERVE, { requests: [credits('6')] })
    expect(await wallet(id)).toBe('4 available, 6 reserved')
    expect((await call(RESERVE, { requests: [credits('5')] })).decision).toMatchObject({ allowed: false, results: [{ refusal: 'TOO_FEW_CREDITS' }] })
    const event = { operation: 'chat', credits: '2.5', reservationId: reservation.id }
    expect((await call(TRACK, { events: [event] })).results).toMatchObject([{ outcome: 'ACCEPTED', reservation: { state: 'SETTLED' } }])
    expect(await wallet(id)).toBe('7.5 available, 0 reserved')
    expect((await status()).quotas).toMatchObject([{ metric: 'CREDITS', used: '2.5', reserved: '0' }])
    // Settled by the event: settling it again debits nothing.
    await call(SETTLE, { id: reservation.id, actual: [credits('6')] })
    expect(await wallet(id)).toBe('7.5 available, 0 reserved')
  })

  it('is settled or released in both by the mutations, and the rest can be spent again', async () => {
    const { id, call } = await prepaid('10')
    const reserve = async (amount: string) => (await call(RESERVE, { requests: [credits(amount)] })).reservation.id
    await call(SETTLE, { id: await reserve('6'), actual: [credits('1')] })
    expect(await wallet(id)).toBe('9 available, 0 reserved')
    await call(RELEASE, { id: await reserve('9') })
    expect(await wallet(id)).toBe('9 available, 0 reserved')
    await reserve('9')
    server.clock.advance({ seconds: 60 })
    expect(await wallet(id)).toBe('9 available, 0 reserved')
  })

  it('leaves nothing held if a quota refuses, also of another metric', async () => {
    const { id, call } = await prepaid('10')
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'tokens', window: 'day', limit: '5' })
    const requests = [credits('6'), { metric: 'TOKENS', amount: '6' }]
    for (const decide of [() => call(RESERVE, { requests }), () => call(ENFORCE, { requests, consume: true })]) {
      expect((await decide()).decision).toMatchObject({ allowed: false, results: [{ allowed: true }, { refusal: 'OVER_LIMIT' }] })
    }
    expect(await call(RESERVE, { requests: [credits('1')], ttlSeconds: 4_000 })).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await wallet(id)).toBe('10 available, 0 reserved')
  })

  it('is debited at once with consume, once for an idempotency key, also after it was refused', async () => {
    const { id, call } = await prepaid('10')
    const consume = async (more: object = {}) => (await call(ENFORCE, { requests: [credits('4')], consume: true, ...more })).decision.allowed
    expect([await consume(), await wallet(id)]).toEqual([true, '6 available, 0 reserved'])
    const once = () => consume({ idempotencyKey: 'job-1' })
    expect([await once(), await once(), await wallet(id)]).toEqual([true, true, '2 available, 0 reserved'])
    const again = () => consume({ idempotencyKey: 'job-2' })
    expect(await again()).toBe(false)
    await server.tollgate.credits.grant({ tenantId: id, amount: '4', idempotencyKey: 'more' })
    expect([await again(), await again(), await wallet(id)]).toEqual([true, true, '2 available, 0 reserved'])
  })

  it('is paid by the wallet of the customer, by the terms of the wallet; without a wallet only quotas decide', async () => {
    const { id, call } = await prepaid('1')
    const owner = { tenantId: id, customerId: 'ana' }
    await server.tollgate.credits.setTerms({ ...owner, whenEmpty: { kind: 'overdraft', limit: '3' } })
    const consume = async (amount: string, customerId?: string) =>
      (await call(ENFORCE, { requests: [credits(amount)], consume: true, metadata: { customerId } })).decision.allowed
    expect([await consume('3', 'ana'), await consume('0.1', 'ana'), await wallet(id, 'ana')]).toEqual([true, false, '-3 available, 0 reserved'])
    await server.tollgate.credits.setTerms({ ...owner, whenEmpty: { kind: 'allow' } })
    expect([await consume('9', 'ana'), await consume('2', 'ben'), await consume('1', 'ben')]).toEqual([true, false, true])
    const without = await newTenant()
    expect((await without.call(ENFORCE, { requests: [credits('5')], consume: true })).decision.allowed).toBe(true)
  })
})

describe('while the database does not answer', () => {
  it('a request for credits is decided by the quotas of credits, and refused without one', async () => {
    const {
      clock,
      tollgate: { quotas },
    } = server
    const down = async () => {
      throw new CreditStoreUnavailable()
    }
    const deciding = quotasWithCredits({ quotas, clock, ids: randomIds(), credits: { ...server.tollgate.credits, payer: down } })
    const { id } = await newTenant()
    const ask = { tenantId: id, requests: [{ metric: 'credits' as const, amount: '1' }] }
    const answers = async () => Promise.all([deciding.enforce(ask), deciding.enforce({ ...ask, consume: true }), deciding.reserve(ask)])
    const refused = { allowed: false, degraded: true, results: [{ refusal: 'store_failure' }] }
    expect(await answers()).toMatchObject([refused, refused, { ...refused, reservation: null }])
    await quotas.setQuota({ tenantId: id, metric: 'credits', window: 'day', limit: '5' })
    expect(await answers()).toMatchObject([{ allowed: true, degraded: true }, { allowed: true }, { allowed: true }])
  })
})

it('a request that the wallet refuses is counted as refused, whether it was to be checked, consumed or reserved', async () => {
  const counted: string[] = []
  const counter = { count: (_tenantId: string, caller: string | null, action: string) => void counted.push(`${caller} ${action}`), countIn: async () => {} }
  const { clock } = server
  const ids = randomIds()
  const decisions: boolean[] = []
  const quotas = createQuotas({
    store: memoryQuotaStore({ counter }),
    policies: [{ metric: 'tokens', window: 'day', limit: null }],
    counter,
    clock,
    observer: { quotaDecided: ({ allowed }) => void decisions.push(allowed) },
  })
  const prepaidCredits = createCredits({ store: memoryCreditStore({ ids }), clock, ids })
  await prepaidCredits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order' })
  const deciding = quotasWithCredits({ quotas, credits: prepaidCredits, clock, ids })
  const ask = (amount: string) => ({ tenantId: 'acme', caller: 'key', requests: [{ metric: 'credits' as const, amount }] })
  expect(await deciding.enforce(ask('11'))).toMatchObject({ allowed: false })
  expect(await deciding.enforce({ ...ask('11'), consume: true })).toMatchObject({ allowed: false })
  expect(await deciding.reserve(ask('11'))).toMatchObject({ allowed: false })
  expect(await deciding.enforce(ask('1'))).toMatchObject({ allowed: true })
  expect([counted, decisions]).toEqual([
    ['key refused', 'key refused', 'key refused', 'key checked'],
    [false, false, false, true],
  ])
})

describe('64 callers of 3 servers at the last credits', () => {
  it('are admitted exactly as far as the wallet and the quotas go, and leave nothing held', async () => {
    const { id } = await prepaid('20')
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'requests', window: 'day', limit: '30' })
    const servers = [server.tollgate, await server.another(), await server.another()]
    const ask = async (i: number, requests: readonly { metric: 'credits' | 'requests'; amount: string }[]) =>
      (await servers[i % 3]?.quotas.reserve({ tenantId: id, requests }))?.reservation?.id ?? null
    // Half of a credit each: 40 fit into the wallet. With the requests, 30 fit into the quota.
    const held = (
      await Promise.all(
        Array.from({ length: 64 }, (_, i) =>
          ask(i, [
            { metric: 'credits', amount: '0.5' },
            { metric: 'requests', amount: '1' },
          ]),
        ),
      )
    ).filter(one => one !== null)
    expect(held).toHaveLength(30)
    expect(await wallet(id)).toBe('5 available, 15 reserved')
    const more = await Promise.all(Array.from({ length: 64 }, (_, i) => ask(i, [{ metric: 'credits', amount: '0.5' }])))
    expect(more.filter(one => one !== null)).toHaveLength(10)
    expect(await wallet(id)).toBe('0 available, 20 reserved')
    // Another server ends what one has held.
    await Promise.all(held.map(async (reservationId, i) => servers[(i + 1) % 3]?.quotas.release({ reservationId })))
    expect(await wallet(id)).toBe('15 available, 5 reserved')
    expect((await server.tollgate.credits.verify(id)).differences).toEqual([])
  })
})
