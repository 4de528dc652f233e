import { InvalidInput, OPERATOR_SCOPE, settableClock, Temporal } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { createQuotas } from './create-quotas.ts'
import { QuotaStoreUnavailable, ReservationNotFound, UnknownPlan } from './model/errors.ts'
import { memoryQuotaStore } from './memory/index.ts'
import type { PlanDraft } from './model/policies/plan.ts'
import type { PolicyDraft } from './model/policies/policy-draft.ts'
import type { QuotaStore } from './quota-store.ts'
import { standardPlans } from './model/policies/standard-plans.ts'

const TOKENS = { metric: 'tokens', window: 'day', limit: '100' } as const
const NOON = '2026-11-20T12:00:00Z'

function withPlan(unlisted: PlanDraft['unlisted'], ...policies: readonly PolicyDraft[]) {
  return createQuotas({
    store: memoryQuotaStore(),
    plans: [{ name: 'pro', unlisted, policies }],
    tenants: () => ({ plan: 'pro', timeZone: 'UTC', billingAnchorDay: 1 }),
    clock: settableClock(NOON),
  })
}

describe('a metric without a policy', () => {
  it.each(['allow', 'deny'] as const)('is decided by the plan (%s)', async unlisted => {
    const quotas = withPlan(unlisted, TOKENS)
    const { allowed, results } = await quotas.enforce({ tenantId: 't', requests: [{ metric: 'cost', amount: '1' }], consume: true })
    expect(allowed).toBe(unlisted === 'allow')
    expect(results[0]).toMatchObject({ policy: null, limit: null, checks: [], refusal: unlisted === 'allow' ? null : 'no_policy' })
  })
  it('takes nothing of the other metrics if the plan denies it', async () => {
    const quotas = withPlan('deny', TOKENS)
    const requests = [
      { metric: 'tokens', amount: '60' },
      { metric: 'cost', amount: '1' },
    ] as const
    expect((await quotas.enforce({ tenantId: 't', requests, consume: true })).allowed).toBe(false)
    expect((await quotas.status({ tenantId: 't' })).quotas[0]?.used.toFixed()).toBe('0')
  })
  it('is decided by the new plan of a tenant that changes, and a plan that does not exist is an error', async () => {
    let plan = 'pro'
    const quotas = createQuotas({ store: memoryQuotaStore(), plans: standardPlans(), tenants: () => ({ plan, timeZone: 'UTC', billingAnchorDay: 1 }) })
    const limit = async () => (await quotas.status({ tenantId: 't' })).quotas[0]?.limit?.toFixed()
    expect(await limit()).toBe('500000')
    plan = 'free'
    await quotas.tenantChanged('t')
    expect(await limit()).toBe('10000')
    plan = 'platinum'
    await quotas.tenantChanged('t')
    await expect(limit()).rejects.toThrow(UnknownPlan)
  })
})

describe('an unknown amount', () => {
  it.each([
    { terms: {}, allowed: false },
    { terms: { unknownAmount: 'allow' }, allowed: true },
    { terms: { enforcement: 'soft' }, allowed: true },
    { terms: { limit: null }, allowed: true },
  ] as const)('is decided by the policy: $terms gives allowed $allowed', async ({ terms, allowed }) => {
    const quotas = withPlan('deny', { ...TOKENS, metric: 'cost', ...terms })
    const decision = await quotas.enforce({ tenantId: 't', requests: [{ metric: 'cost', amount: null }], consume: true })
    expect([decision.allowed, decision.results[0]?.refusal]).toEqual([allowed, allowed ? null : 'unknown_amount'])
  })
  it('counts as 0 when it was used', async () => {
    const quotas = withPlan('deny', { ...TOKENS, metric: 'cost' })
    await quotas.consume({ tenantId: 't', requests: [{ metric: 'cost', amount: null }] })
    expect((await quotas.status({ tenantId: 't' })).quotas[0]?.used.toFixed()).toBe('0')
  })
})

describe('while the store is unavailable', () => {
  let store: QuotaStore
  let answering: boolean
  beforeEach(() => {
    answering = true
    const kept = memoryQuotaStore()
    const failing = <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) => {
      return async (...args: Args) => {
        if (!answering) throw new QuotaStoreUnavailable()
        return method(...args)
      }
    }
    store = {
      ...kept,
      apply: failing(kept.apply),
      read: failing(kept.read),
      reservation: failing(kept.reservation),
      policySnapshots: failing(kept.policySnapshots),
    }
  })
  const asked = { tenantId: 't', requests: [{ metric: 'tokens', amount: '60' }] } as const

  it.each([
    { terms: {}, allowed: false },
    { terms: { storeFailure: 'allow' }, allowed: true },
    { terms: { enforcement: 'soft' }, allowed: true },
    { terms: { enforcement: 'soft', storeFailure: 'deny' }, allowed: false },
  ] as const)('the policy decides: $terms gives allowed $allowed', async ({ terms, allowed }) => {
    const quotas = createQuotas({ store, policies: [{ ...TOKENS, ...terms }] })
    answering = false
    for (const consume of [false, true]) {
      const decision = await quotas.enforce({ ...asked, consume })
      expect(decision).toMatchObject({ allowed, degraded: true })
      expect(decision.results[0]).toMatchObject({ used: null, remaining: null, refusal: allowed ? null : 'store_failure' })
    }
    expect((await quotas.reserve(asked)).allowed).toBe(allowed)
  })
  it('the last known policies decide', async () => {
    const quotas = createQuotas({ store, policies: [TOKENS] })
    await quotas.setQuota({ tenantId: 't', ...TOKENS, storeFailure: 'allow' })
    await quotas.enforce(asked)
    answering = false
    expect((await quotas.enforce(asked)).allowed).toBe(true)
  })
  it('there is no decision for a tenant that cannot be looked up', async () => {
    const away = () => Promise.reject(new Error('connection refused'))
    const quotas = createQuotas({ store, plans: [{ name: 'p', unlisted: 'allow', policies: [] }], tenants: away })
    answering = false
    await expect(quotas.enforce(asked)).rejects.toThrow(QuotaStoreUnavailable)
  })
  it('reservations hold nothing, and their settlement counts once the store is available again', async () => {
    const quotas = createQuotas({ store, policies: [{ ...TOKENS, storeFailure: 'allow' }] })
    answering = false
    const { reservation, degraded } = await quotas.reserve(asked)
    const reservationId = reservation?.id ?? ''
    expect(degraded).toBe(true)
    await expect(quotas.settle({ reservationId })).rejects.toThrow(QuotaStoreUnavailable)
    answering = true
    await quotas.settle({ reservationId, actual: [{ metric: 'tokens', amount: '42' }] })
    expect((await quotas.status({ tenantId: 't' })).quotas[0]?.used.toFixed()).toBe('42')
    await expect(quotas.settle({ reservationId })).rejects.toThrow(ReservationNotFound)
  })
})

describe('windows', () => {
  it.each([
    { window: 'minute', at: '2026-11-20T12:34:56.789Z', timeZone: 'Asia/Kolkata', resetsAt: '2026-11-20T12:35:00Z' },
    { window: 'hour', at: '2026-11-20T12:34:56Z', timeZone: 'Asia/Kolkata', resetsAt: '2026-11-20T13:30:00Z' },
    { window: 'day', at: '2026-11-20T18:29:59Z', timeZone: 'Asia/Kolkata', resetsAt: '2026-11-20T18:30:00Z' },
    { window: 'day', at: '2026-11-01T05:30:00Z', timeZone: 'America/New_York', resetsAt: '2026-11-02T05:00:00Z' },
    { window: 'week', at: '2026-11-20T12:00:00Z', timeZone: 'UTC', resetsAt: '2026-11-23T00:00:00Z' },
    { window: 'month', at: '2026-11-20T12:00:00Z', timeZone: 'UTC', resetsAt: '2026-12-01T00:00:00Z' },
    { window: 'billing_period', at: '2026-02-20T12:00:00Z', timeZone: 'UTC', resetsAt: '2026-02-28T00:00:00Z' },
  ] as const)('of a $window reset at $resetsAt for $at in $timeZone', async ({ window, at, timeZone, resetsAt }) => {
    const quotas = createQuotas({
      store: memoryQuotaStore(),
      plans: [{ name: 'p', unlisted: 'deny', policies: [{ metric: 'tokens', window, limit: '1' }] }],
      tenants: () => ({ plan: 'p', timeZone, billingAnchorDay: 31 }),
      clock: settableClock(at),
    })
    const { results } = await quotas.enforce({ tenantId: 't', requests: [{ metric: 'tokens', amount: '1' }] })
    expect(results[0]?.resetsAt?.toString()).toBe(Temporal.Instant.from(resetsAt).toString())
  })
})

describe('invalid input', () => {
  const quotas = withPlan('allow', TOKENS)
  const tokens = (amount: string) => ({ tenantId: 't', requests: [{ metric: 'tokens', amount }] }) as const
  it.each([
    ['a negative amount', 'requests.0.amount', () => quotas.enforce(tokens('-1'))],
    ['an amount that is not a number', 'requests.0.amount', () => quotas.enforce(tokens('1e3'))],
    ['an empty list of requests', 'requests', () => quotas.enforce({ tenantId: 't', requests: [] })],
    ['too many requests', 'requests', () => quotas.consume({ tenantId: 't', requests: Array.from({ length: 21 }, () => tokens('1').requests[0]) })],
    ['an empty tenant id', 'tenantId', () => quotas.enforce({ ...tokens('1'), tenantId: '' })],
    ['an unknown dimension', 'dimensions.colour', () => quotas.enforce({ ...tokens('1'), dimensions: { colour: 'red' } as object })],
    ['a time to live that is too long', 'ttlSeconds', () => quotas.reserve({ ...tokens('1'), ttlSeconds: 3_601 })],
    ['a time to live of 0', 'ttlSeconds', () => quotas.reserve({ ...tokens('1'), ttlSeconds: 0 })],
    ['an invalid cursor', 'after', () => quotas.alerts(OPERATOR_SCOPE, { after: "0' or true", first: 10 })],
    ['a page of too many alerts', 'first', () => quotas.alerts(OPERATOR_SCOPE, { first: 1_001 })],
    ['a status without a tenant', 'tenantId', () => quotas.status({ tenantId: '' })],
    ['a limit without a tenant', 'tenantId', () => quotas.setQuota({ tenantId: '', ...TOKENS })],
    ['a negative limit', 'limit', () => quotas.setQuota({ tenantId: 't', ...TOKENS, limit: '-1' })],
    ['a sliding month', 'sliding', () => quotas.setQuota({ tenantId: 't', ...TOKENS, window: 'month', sliding: true })],
    ['a sliding billing period', 'sliding', () => quotas.setQuota({ tenantId: 't', ...TOKENS, window: 'billing_period', sliding: true })],
    ['grace without an amount', 'grace', () => quotas.setQuota({ tenantId: 't', ...TOKENS, enforcement: 'grace' })],
    ['a threshold of 0', 'alertAt', () => quotas.setQuota({ tenantId: 't', ...TOKENS, alertAt: ['0'] })],
    ['a repeated dimension', 'scope', () => quotas.setQuota({ tenantId: 't', ...TOKENS, scope: ['customer', 'customer'] })],
    [
      'two policies with the same limit key',
      'policies.1',
      () => quotas.publishPlan({ name: 'p', unlisted: 'deny', policies: [TOKENS, { ...TOKENS, limit: '5' }] }),
    ],
  ])('%s is rejected at %s', async (_, path, call) => {
    const error: unknown = await call().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(InvalidInput)
    expect((error as InvalidInput).issues.map(issue => issue.path)).toContain(path)
  })
})
