import { Decimal, OPERATOR_SCOPE, randomIds, Temporal, tenantScope } from '@tollgate/kernel'
import { createUsage, type CommitHook, type UsageEventDraft } from '@tollgate/usage'
import { postgresRejectedEventStore, postgresUsageStore } from '@tollgate/usage/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogRater } from '../../prices/catalog-rater.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'
import { consumeQuotas } from './consume-quotas.ts'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
})
afterAll(() => server.stop())

let tenants = 0
async function newTenant(tier: string | null = null): Promise<string> {
  tenants += 1
  const { id } = await server.tollgate.accounts.createTenant({ id: `tenant-${tenants}`, name: 'Tenant', tier })
  return id
}

const quotas = () => server.tollgate.quotas
const track = (tenantId: string, ...events: readonly UsageEventDraft[]) => server.tollgate.usage.track({ tenantId, events })

/** What is used and held of every quota, by limit key and scope value. */
async function counts(tenantId: string): Promise<Record<string, string>> {
  const status = await quotas().status({ tenantId })
  return Object.fromEntries(
    status.quotas.map(({ policy, scopeValue, used, reserved }) => {
      const held = reserved.isZero() ? '' : ` and ${reserved.toFixed()} held`
      return [`${policy.limitKey}${scopeValue.length === 0 ? '' : scopeValue.join('>')}`, `${used.toFixed()}${held}`]
    }),
  )
}

const CALL = { operation: 'chat', provider: 'openai', model: 'gpt-5-mini', tokens: { input: 100, output: 50 }, reportedCost: new Decimal('0.0123') } as const

describe('usage events', () => {
  it('count a request, an operation, their tokens and their cost, but no request if they were rate-limited', async () => {
    const tenantId = await newTenant()
    for (const metric of ['requests', 'tokens', 'cost', 'operations'] as const) await quotas().setQuota({ tenantId, metric, window: 'day', limit: null })
    await quotas().setQuota({ tenantId, metric: 'operations', operation: 'embed', window: 'day', limit: '10' })
    const answers = await track(
      tenantId,
      CALL,
      { ...CALL, status: 'failure', tokens: { input: 7 } },
      { operation: 'embed', provider: 'nobody', model: 'unheard-of', tokens: { input: 1 } },
      { operation: 'embed', status: 'rate_limited' },
      { operation: '' },
    )
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'rejected'])
    expect(await counts(tenantId)).toEqual({
      'requests/day//': '3',
      'tokens/day//': '158',
      'cost/day//': '0.0246',
      'operations/day//': '3',
      'operations/day//embed': '1',
    })
  })

  it('count by the dimensions that they are attributed to', async () => {
    const tenantId = await newTenant()
    await quotas().setQuota({ tenantId, metric: 'tokens', window: 'month', scope: ['organization', 'product', 'customer'], limit: '1000' })
    await quotas().setQuota({ tenantId, metric: 'requests', window: 'hour', scope: ['session'], limit: '1000' })
    await quotas().setQuota({ tenantId, metric: 'cost', window: 'hour', scope: ['provider', 'model', 'feature'], limit: '1000' })
    const by = (customerId: string | null) => ({ organizationId: 'org', productId: 'prod', customerId, sessionId: 'sess', featureId: 'feat' })
    await track(tenantId, { ...CALL, metadata: by('c1') }, { ...CALL, metadata: by('c2') }, { ...CALL, metadata: by('c1') }, { ...CALL, metadata: by(null) })
    expect(await counts(tenantId)).toEqual({
      'tokens/month/organization>product>customer/org>prod>c1': '300',
      'tokens/month/organization>product>customer/org>prod>c2': '150',
      'tokens/month/organization>product>customer/org>prod>': '150',
      'requests/hour/session/sess': '4',
      'cost/hour/provider>model>feature/openai>gpt-5-mini>feat': '0.0492',
    })
  })

  it('count in the windows of their own time when they are late', async () => {
    const tenantId = await newTenant()
    await quotas().setQuota({ tenantId, metric: 'tokens', window: 'day', limit: '1000' })
    await quotas().setQuota({ tenantId, metric: 'tokens', window: 'month', limit: '1000' })
    const at = (time: string) => ({ ...CALL, occurredAt: Temporal.Instant.from(time) })
    await track(tenantId, at('2026-11-20T00:00:00Z'), at('2026-11-19T23:59:59.999999Z'), at('2026-10-31T23:59:59.999999Z'), CALL)
    expect(await counts(tenantId)).toEqual({ 'tokens/day//': '300', 'tokens/month//': '450' })
    const { items: windows } = await quotas().history({ tenantId, metric: 'tokens', window: 'day' })
    expect(windows.map(({ from, used }) => `${from.toString()} ${used.toFixed()}`)).toEqual(['2026-11-19T00:00:00Z 150', '2026-10-31T00:00:00Z 150'])
  })

  it('count once, however often they are sent concurrently', async () => {
    const tenantId = await newTenant('pro')
    const events = Array.from({ length: 20 }, (_, i) => ({ ...CALL, idempotencyKey: `key-${i}` }))
    await Promise.all(Array.from({ length: 5 }, () => track(tenantId, ...events)))
    await track(tenantId, { ...CALL, idempotencyKey: 'key-0' }, { ...CALL, idempotencyKey: 'key-0', operation: 'other' })
    expect(await counts(tenantId)).toEqual({ 'tokens/day//': '3000', 'requests/minute//': '20', 'cost/month//': '0.246' })
  })

  it('are counted over the limit and raise its alerts', async () => {
    const tenantId = await newTenant('free')
    await track(tenantId, { ...CALL, tokens: { input: 20_000 } })
    expect((await quotas().status({ tenantId })).anyExceeded).toBe(true)
    const alerts = await quotas().alerts(tenantScope(tenantId), { first: 10 })
    expect(alerts.map(({ metric, threshold }) => `${metric} ${threshold.toFixed()}`)).toEqual(['tokens 50', 'tokens 80', 'tokens 100'])
  })

  it.each([null, 'a tier without a plan'])('are recorded and count nothing for a tenant of tier %s', async tier => {
    const tenantId = await newTenant(tier)
    expect(await track(tenantId, CALL)).toMatchObject([{ outcome: 'accepted' }])
    expect(await quotas().status({ tenantId })).toEqual({ plan: 'default', unlisted: 'allow', anyExceeded: false, quotas: [] })
  })

  it('are counted with the longest texts and numbers that can be recorded', async () => {
    const tenantId = await newTenant()
    const scope = ['customer', 'model', 'operation'] as const
    await quotas().setQuota({ tenantId, metric: 'cost', window: 'day', scope, limit: null })
    const reportedCost = new Decimal(`${'9'.repeat(20)}.${'9'.repeat(18)}`)
    const longest = { operation: 'o'.repeat(128), provider: 'p', model: 'm'.repeat(256), metadata: { customerId: '☃'.repeat(256) }, reportedCost }
    expect(await track(tenantId, longest)).toMatchObject([{ outcome: 'accepted' }])
    expect((await quotas().status({ tenantId })).quotas[0]?.used.toFixed()).toBe(reportedCost.toFixed())
  })
})

describe('an event that names a reservation', () => {
  const reserve = async (tenantId: string, amount: string) => {
    const { reservation } = await quotas().reserve({ tenantId, requests: [{ metric: 'tokens', amount }] })
    if (reservation === null) throw new Error('nothing was reserved')
    return reservation
  }
  const state = async ({ id }: { id: string }) => (await quotas().reservations(OPERATOR_SCOPE, [id]))[0]?.state

  it('settles it: the held amount is given back and the used amount is counted', async () => {
    const tenantId = await newTenant('pro')
    const reservation = await reserve(tenantId, '500')
    expect(await counts(tenantId)).toMatchObject({ 'tokens/day//': '0 and 500 held' })
    await track(tenantId, { ...CALL, reservationId: `rsv_${reservation.id}` })
    expect([await counts(tenantId), await state(reservation)]).toMatchObject([{ 'tokens/day//': '150' }, 'settled'])
  })

  it('settles it once: other events that name it are counted in addition', async () => {
    const tenantId = await newTenant('pro')
    const reservation = await reserve(tenantId, '500')
    const part = { ...CALL, reservationId: `rsv_${reservation.id}` }
    await track(tenantId, part, part)
    await track(tenantId, part)
    expect(await counts(tenantId)).toMatchObject({ 'tokens/day//': '450', 'requests/minute//': '3' })
  })

  it('gives it back if the call was rate-limited', async () => {
    const tenantId = await newTenant('pro')
    const reservation = await reserve(tenantId, '500')
    await track(tenantId, { operation: 'chat', status: 'rate_limited', reservationId: `rsv_${reservation.id}` })
    expect([await counts(tenantId), await state(reservation)]).toMatchObject([{ 'tokens/day//': '0', 'requests/minute//': '0' }, 'settled'])
  })

  it('is counted if the reservation does not exist, has ended, or is of another tenant, which keeps it', async () => {
    const [tenantId, other] = [await newTenant('pro'), await newTenant('pro')]
    const [foreign, released] = [await reserve(other, '500'), await reserve(tenantId, '10')]
    await quotas().release({ reservationId: released.id })
    const named = [foreign.id, released.id, '01900000-0000-7000-8000-000000000000'].map(id => `rsv_${id}`)
    const answers = await track(tenantId, ...[...named, 'rsv_', 'anything', foreign.id].map(reservationId => ({ ...CALL, reservationId })))
    expect(answers.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    expect([await counts(tenantId), await counts(other)]).toMatchObject([{ 'tokens/day//': '900' }, { 'tokens/day//': '0 and 500 held' }])
    expect([await state(foreign), await state(released)]).toEqual(['held', 'released'])
  })

  it('settles and counts nothing if it is not recorded', async () => {
    const tenantId = await newTenant('pro')
    const reservation = await reserve(tenantId, '500')
    const failing: CommitHook = async () => {
      throw new Error('after all')
    }
    const { database } = server.test
    const usage = createUsage({
      store: postgresUsageStore({ database }),
      rejected: postgresRejectedEventStore(database),
      rater: catalogRater(server.tollgate.pricing),
      clock: server.clock,
      ids: randomIds(),
      commitHooks: [consumeQuotas(quotas(), new WeakMap()), failing],
    })
    await expect(usage.track({ tenantId, events: [{ ...CALL, reservationId: `rsv_${reservation.id}` }] })).rejects.toThrow('after all')
    await usage.stop()
    expect([await counts(tenantId), await state(reservation)]).toMatchObject([{ 'tokens/day//': '0 and 500 held' }, 'held'])
    const range = { from: Temporal.Instant.from('2026-11-20T00:00:00Z'), to: Temporal.Instant.from('2026-11-21T00:00:00Z') }
    expect((await server.tollgate.usage.events(tenantScope(tenantId), { range, first: 10 })).items).toEqual([])
  })
})

describe('many writers', () => {
  it('of many tenants on three servers lose nothing and do not deadlock', async () => {
    const ids = await Promise.all(['pro', 'pro', 'business', null].map(tier => newTenant(tier)))
    const others = await Promise.all([1, 2].map(() => server.another()))
    const tollgates = [server.tollgate, ...others]
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const tenantId = ids[i % ids.length] ?? ''
        const occurredAt = Temporal.Instant.from(`2026-11-${i % 2 === 0 ? '20' : '19'}T11:59:00Z`)
        return (tollgates[i % 3] ?? server.tollgate).usage.track({ tenantId, events: Array.from({ length: 10 }, () => ({ ...CALL, occurredAt })) })
      }),
    )
    const daily = await Promise.all(
      ids.map(async tenantId => {
        const { items: windows } = await quotas().history({ tenantId, metric: 'tokens', window: 'day' })
        return [(await counts(tenantId))['tokens/day//'], windows[0]?.used.toFixed()]
      }),
    )
    expect(daily).toEqual([
      ['22500', undefined],
      ['0', '22500'],
      ['22500', undefined],
      [undefined, undefined],
    ])
  })

  it('count every event and decision once during settlements and changes of limits and tiers', async () => {
    const ids = await Promise.all(['pro', 'business', 'enterprise'].map(tier => newTenant(tier)))
    const tollgates = [server.tollgate, await server.another(), await server.another()]
    const decided = new Map(ids.map(id => [id, 0]))
    const work = Array.from({ length: 90 }, async (_, i) => {
      const tenantId = ids[i % 3] ?? ''
      const tollgate = tollgates[Math.trunc(i / 3) % 3] ?? server.tollgate
      switch (i % 5) {
        case 0: {
          const { reservation } = await tollgate.quotas.reserve({ tenantId, requests: [{ metric: 'tokens', amount: '40' }] })
          const other = tollgates[(i + 1) % 3] ?? server.tollgate
          await other.usage.track({ tenantId, events: [{ ...CALL, ...(reservation && { reservationId: `rsv_${reservation.id}` }) }] })
          break
        }
        case 1: {
          const { allowed } = await tollgate.quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '7' }], consume: true })
          if (allowed) decided.set(tenantId, (decided.get(tenantId) ?? 0) + 7)
          break
        }
        case 2:
          await tollgate.quotas.setQuota({ tenantId, metric: 'tokens', window: 'day', limit: String(100_000 + i) })
          break
        case 3:
          await tollgate.accounts.updateTenant({ id: tenantId, tier: i % 2 === 0 ? 'pro' : 'business' })
          break
        default:
          await tollgate.usage.track({ tenantId, events: [CALL, CALL] })
      }
    })
    await Promise.all(work)
    for (const [position, tenantId] of ids.entries()) {
      const events = work.flatMap((_, i) => (i % 3 !== position ? [] : i % 5 === 0 ? [1] : i % 5 === 4 ? [2] : [])).reduce((sum, one) => sum + one, 0)
      expect([tenantId, (await counts(tenantId))['tokens/day//']]).toEqual([tenantId, String(events * 150 + (decided.get(tenantId) ?? 0))])
    }
  })
})
