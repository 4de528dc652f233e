import { countingIds, Decimal, OPERATOR_SCOPE, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { createPriceCatalog } from '@tollgate/pricing'
import { makePrice } from '@tollgate/pricing/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { couponAttempts } from './coupon-attempts.ts'
import { createChargeRules } from './create-charge-rules.ts'
import { createCharges } from './create-charges.ts'
import { createPromotions } from './create-promotions.ts'
import { verifyExplanation } from './engine/explanation/verify-explanation.ts'
import { memoryChargedTenants, memoryChargedUsage, memoryChargeRuleStore, memoryDiscountLedger } from './memory/index.ts'
import type { DiscountDraft } from './model/discounts/discount.ts'
import type { ChargeRuleDraft } from './model/rules/charge-rule.ts'
import { makeChargedEvent } from './testing/index.ts'

const range = { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }
const clock = settableClock('2026-11-10T00:00:00Z')
const prices = createPriceCatalog([makePrice({ id: 'large', model: 'large', rates: { input: '10' }, from: '2026-01-01T00:00:00Z' })])
const acme = { kind: 'tenant', tenantId: 'acme', keyId: 'key-1' } as const
const otherKey = { ...acme, keyId: 'key-2' }

/** Charges of an event of "acme", which is on the plan "pro" and costs 10 USD. The plan "free" is public. */
function setUp() {
  clock.set('2026-11-10T00:00:00Z')
  const event = makeChargedEvent({ tokens: { input: 1_000_000 }, at: '2026-11-20T00:00:00Z' })
  const rated = { ...event, rating: { state: 'priced' as const, cost: new Decimal(10), priceId: 'large' } }
  const tenants = memoryChargedTenants([{ id: 'acme', plan: 'pro' }, { id: 'globex' }])
  const rules = createChargeRules({ store: memoryChargeRuleStore(), clock, ids: countingIds() })
  const attempts = couponAttempts({ clock })
  const promotions = createPromotions({ ledger: memoryDiscountLedger(), rules, tenants, clock, ids: countingIds(), attempts })
  const charges = createCharges({
    usage: memoryChargedUsage([rated]),
    tenants,
    pricing: { catalog: async () => prices, pricesByIds: async () => prices.prices },
    rules,
    promotions,
    attempts,
    publicPlans: new Set(['free']),
    rateEvent: () => rated.rating,
  })
  const publish = (name: string, discount: Partial<Omit<DiscountDraft, 'id'>>, draft: Partial<ChargeRuleDraft> = {}) =>
    rules.publish(OPERATOR_SCOPE, {
      name,
      from: Temporal.Instant.from('2026-01-01T00:00:00Z'),
      ...draft,
      terms: { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 10 }, ...discount } },
    })
  return { charges, promotions, publish, eventId: event.id }
}

const coupon = (code: string, more: object = {}) => ({ conditions: [{ kind: 'coupon' as const, code, ...more }] })
const secretCoupon = { ...coupon('SECRET-40'), effect: { kind: 'fixed' as const, amount: 4 } }

let view: ReturnType<typeof setUp>
beforeEach(() => {
  view = setUp()
})

describe('the explanations that a tenant sees', () => {
  it('do not name coupons that it has not redeemed', async () => {
    const { charges, promotions, publish, eventId } = view
    await publish('hidden percentage', coupon('SECRET-10'))
    await publish('hidden amount', secretCoupon)
    await publish('open', {})
    const period = { tenantId: 'acme', range }
    const seen = async () => {
      const asTenant = await charges.explainPeriod({ ...period, viewer: acme })
      const event = await charges.explainEvent(tenantScope('acme'), eventId)
      const simulation = await charges.simulate({ ...period, viewer: acme, scenario: {}, maxEvents: 10 })
      return JSON.stringify([asTenant, event, simulation])
    }
    expect(await seen()).not.toMatch(/hidden|SECRET/)
    expect(await seen()).toContain('open v1')
    const [byOperator, byTenant] = [await charges.explainPeriod(period), await charges.explainPeriod({ ...period, viewer: acme })]
    expect(JSON.stringify(byOperator)).toContain('hidden percentage v1')
    expect(byTenant.total.charge?.toFixed()).toBe(byOperator.total.charge?.toFixed())
    await promotions.redeemCoupon({ code: 'secret-10', tenantId: 'acme', viewer: acme })
    expect(await seen()).toContain('hidden percentage v1')
    expect(await seen()).not.toContain('hidden amount')
  })

  it('do not name discounts for other plans', async () => {
    const { charges, publish } = view
    await publish('enterprise only', { conditions: [{ kind: 'billing-tier', anyOf: ['enterprise-globex'] }] })
    expect(JSON.stringify(await charges.explainPeriod({ tenantId: 'acme', range, viewer: acme }))).not.toContain('enterprise')
  })

  it('are not cut where a discount starts that it does not see', async () => {
    const { charges, publish } = view
    await publish('hidden', coupon('SECRET-10'), { from: Temporal.Instant.from('2026-11-15T00:00:00Z') })
    const parts = async (viewer?: typeof acme) => (await charges.explainPeriod({ tenantId: 'acme', range, viewer })).parts.length
    expect([await parts(), await parts(acme)]).toEqual([2, 1])
  })

  it('show a budget that others use too only where it limits the discount', async () => {
    const { charges, publish } = view
    await publish('large budget', { budget: '1000' })
    await publish('small budget', { budget: '0.25' })
    const { total } = await charges.explainPeriod({ tenantId: 'acme', range, viewer: acme })
    const steps = total.explanation?.steps.filter(step => step.step === 'discount') ?? []
    expect(steps.map(({ rule, limits, reason }) => [rule, limits.remainingBudget, reason])).toEqual([
      ['large budget v1', null, 'all conditions are met'],
      ['small budget v1', '0.25', 'all conditions are met; reduced by its limits'],
    ])
    expect(total.explanation && verifyExplanation(total.explanation)).toEqual([])
  })
})

describe('a code that a tenant enters', () => {
  const total = async (code: string, viewer = acme) => {
    const explained = await view.charges.explainPeriod({ tenantId: 'acme', range, couponCodes: [code], viewer })
    return { charge: explained.total.charge?.toFixed(), text: JSON.stringify(explained) }
  }

  it('shows its discount if it can be redeemed', async () => {
    await view.publish('launch', coupon('LAUNCH'))
    expect(await total('launch')).toMatchObject({ charge: '9', text: expect.stringContaining('launch v1') })
  })

  it('gives the same answer whether it is unknown, expired, used up or for another tenant', async () => {
    const { publish, promotions } = view
    await publish('expired', { conditions: [...coupon('EXPIRED').conditions, { kind: 'validity', to: '2026-10-01T00:00:00Z' }] })
    await publish('used up', coupon('USED-UP', { maximumRedemptions: 1 }))
    await publish('theirs', coupon('THEIRS'), { tenantId: 'globex' })
    await promotions.redeemCoupon({ code: 'USED-UP', tenantId: 'globex' })
    const answers = []
    const refusals = []
    for (const code of ['UNKNOWN', 'EXPIRED', 'USED-UP', 'THEIRS']) {
      answers.push(await total(code))
      const refusal = await promotions.redeemCoupon({ code, tenantId: 'acme', viewer: otherKey }).then(
        () => 'redeemed',
        (error: unknown) => (error as Error).message,
      )
      refusals.push(refusal.replace(code, 'CODE'))
    }
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(new Set(refusals)).toEqual(
      new Set(['There is no coupon "CODE" that this tenant can redeem now. Check the spelling and when it is valid; case does not matter.']),
    )
    await expect(promotions.redeemCoupon({ code: 'EXPIRED', tenantId: 'acme' })).rejects.toMatchObject({ code: 'COUPON_NOT_VALID' })
  })
})

describe('attempts at codes', () => {
  const guess = (viewer: Parameters<typeof view.charges.explainPeriod>[0]['viewer'] = acme, code = 'GUESS') =>
    view.promotions.redeemCoupon({ code, tenantId: 'acme', viewer })

  it('are limited to 30 a minute for each key, whether codes are redeemed or tried', async () => {
    for (let i = 0; i < 24; i++) await expect(guess()).rejects.toMatchObject({ code: 'UNKNOWN_COUPON' })
    await view.charges.explainPeriod({ tenantId: 'acme', range, couponCodes: ['A', 'B', 'C'], viewer: acme })
    await view.charges.simulate({ tenantId: 'acme', range, couponCodes: ['A', 'B', 'C'], viewer: acme, scenario: {}, maxEvents: 10 })
    clock.advance({ seconds: 20 })
    await expect(guess()).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterMs: 40_000 })
    await expect(view.charges.explainPeriod({ tenantId: 'acme', range, couponCodes: ['A'], viewer: acme })).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
    clock.advance({ seconds: 40 })
    await expect(guess()).rejects.toMatchObject({ code: 'UNKNOWN_COUPON' })
  })

  it('that are made at the same time are limited too', async () => {
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => guess()))
    const codes = results.map(result => (result.status === 'rejected' ? result.reason.code : 'redeemed'))
    expect(codes.filter(code => code === 'UNKNOWN_COUPON')).toHaveLength(30)
    expect(codes.filter(code => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(30)
  })

  it('are limited to 500 a day for each key, and to twice as many for all keys of a tenant', async () => {
    const tried = async (keyId: string) => {
      let unknown = 0
      for (let i = 0; i < 30; i++) {
        clock.advance({ minutes: 1 })
        for (let j = 0; j < 20; j++) {
          const code = await guess({ ...acme, keyId }).catch((error: unknown) => (error as { code: string }).code)
          if (code === 'UNKNOWN_COUPON') unknown += 1
        }
      }
      return unknown
    }
    expect([await tried('a'), await tried('b'), await tried('c')]).toEqual([500, 500, 0])
  })

  it('that redeem a coupon do not count, and operators are not limited', async () => {
    await view.publish('launch', coupon('LAUNCH'))
    for (let i = 0; i < 60; i++) await guess(acme, 'LAUNCH')
    for (let i = 0; i < 60; i++) await expect(guess({ kind: 'operator' })).rejects.toMatchObject({ code: 'UNKNOWN_COUPON' })
    await expect(guess()).rejects.toMatchObject({ code: 'UNKNOWN_COUPON' })
  })

  it('are at most ten in one request', async () => {
    const couponCodes = Array.from({ length: 11 }, (_, i) => `CODE-${i}`)
    await expect(view.charges.explainPeriod({ tenantId: 'acme', range, couponCodes })).rejects.toThrow('couponCodes: must have at most 10 codes, not 11')
    await expect(view.charges.simulate({ tenantId: 'acme', range, couponCodes, scenario: {}, maxEvents: 10 })).rejects.toThrow('couponCodes')
  })
})

describe('a plan that a tenant simulates', () => {
  const simulate = (plan: string | null, viewer?: typeof acme) => view.charges.simulate({ tenantId: 'acme', range, viewer, scenario: { plan }, maxEvents: 10 })

  it('must be its own or a public one', async () => {
    await view.publish('deal with globex', { effect: { kind: 'percentage', percent: 60 } }, { plan: 'enterprise-globex' })
    await view.publish('for beginners', {}, { plan: 'free' })
    for (const plan of ['enterprise-globex', 'does-not-exist']) {
      await expect(simulate(plan, acme)).rejects.toThrow('scenario.plan: must be your own plan or a public one: free')
    }
    expect(JSON.stringify(await simulate('free', acme))).toContain('for beginners')
    for (const plan of ['pro', null]) expect((await simulate(plan, acme)).total.chargeDifference?.toFixed()).toBe('0')
    expect(JSON.stringify(await simulate('enterprise-globex'))).toContain('deal with globex')
  })
})
