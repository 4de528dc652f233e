import { memoryChargedTenants, memoryChargeRuleStore, memoryDiscountLedger } from './memory/index.ts'
import { countingIds, Decimal, OPERATOR_SCOPE, settableClock, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ChargeRuleDraft } from './model/rules/charge-rule.ts'
import type { ChargeRules } from './charge-rules.ts'
import { createChargeRules } from './create-charge-rules.ts'
import type { DiscountDraft } from './model/discounts/discount.ts'
import { rateCharge } from './engine/charge/rate-charge.ts'
import { createPromotions } from './create-promotions.ts'
import type { Promotions } from './promotions.ts'

const clock = settableClock('2026-11-20T12:00:00Z')
let rules: ChargeRules
let promotions: Promotions
beforeEach(() => {
  clock.set('2026-11-20T12:00:00Z')
  rules = createChargeRules({ store: memoryChargeRuleStore(), clock, ids: countingIds() })
  const tenants = memoryChargedTenants([{ id: 'acme' }, { id: 'globex' }, { id: 'initech', plan: 'pro' }])
  promotions = createPromotions({ ledger: memoryDiscountLedger(), rules, tenants, clock, ids: countingIds() })
})
const publish = (name: string, discount: Partial<Omit<DiscountDraft, 'id'>>, more: Partial<ChargeRuleDraft> = {}) =>
  rules.publish(OPERATOR_SCOPE, { name, ...more, terms: { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 10 }, ...discount } } })
const coupon = (code: string, more: object = {}) => ({ conditions: [{ kind: 'coupon' as const, code, ...more }] })
const redeem = (code: string, more: object = {}) => promotions.redeemCoupon({ code, tenantId: 'acme', ...more })
const discountStates = async (tenantId = 'acme', customerId: string | null = null) => {
  const { discounts } = await rules.inEffect({ at: clock.now(), tenantId, plan: null })
  return promotions.discountStates(discounts, { tenantId, customerId })
}

describe('redeemCoupon', () => {
  it('ignores case and surrounding spaces, and returns the code as defined', async () => {
    await publish('launch', coupon('Früh-2026'))
    const redeemed = await redeem('  frÜH-2026 ')
    expect(redeemed).toMatchObject([{ promotion: 'launch', code: 'Früh-2026', tenantId: 'acme', customerId: null }])
    expect((await promotions.redemptions(tenantScope('acme'), { first: 5 })).items).toEqual(redeemed)
  })
  it('does not find coupons of other tenants and plans', async () => {
    await publish('theirs', coupon('SECRET'), { tenantId: 'globex' })
    await publish('pro', coupon('PRO'), { plan: 'pro' })
    for (const code of ['SECRET', 'PRO', 'x'.repeat(200)]) await expect(redeem(code)).rejects.toMatchObject({ code: 'UNKNOWN_COUPON' })
    await expect(redeem('PRO', { tenantId: 'initech' })).resolves.toHaveLength(1)
  })
  it.each(['', '   ', 'a\u0000b', 'x'.repeat(257)])('rejects the code %j', async code => {
    await expect(redeem(code)).rejects.toThrow(/^code: must /)
  })
  it('rejects a coupon before and after its validity, and says when it is valid', async () => {
    const validity = { kind: 'validity' as const, from: '2026-12-01T00:00:00Z', to: '2026-12-24T00:00:00Z' }
    await publish('advent', { conditions: [...coupon('ADVENT').conditions, validity] })
    await expect(redeem('advent')).rejects.toMatchObject({
      code: 'COUPON_NOT_VALID',
      message: 'The coupon "ADVENT" cannot be redeemed now: it is valid from 2026-12-01T00:00:00Z.',
    })
    clock.set('2026-12-10T00:00:00Z')
    await expect(redeem('advent')).resolves.toHaveLength(1)
    clock.set('2026-12-24T00:00:00Z')
    await expect(redeem('advent', { tenantId: 'globex' })).rejects.toThrow(/it was valid until 2026-12-24/)
  })
  it('redeems all discounts that require the code, or none', async () => {
    await publish('a', coupon('BOTH'))
    await publish('b', coupon('BOTH', { maximumRedemptions: 1 }))
    expect((await redeem('both')).map(({ promotion }) => promotion)).toEqual(['a', 'b'])
    await expect(redeem('both', { tenantId: 'globex' })).rejects.toMatchObject({ code: 'COUPON_USED_UP' })
    expect((await promotions.totals(['a', 'b'])).get('a')?.redemptions).toBe(1)
  })
  it('applies the discount to the holder’s charges from the redemption on, also once the limit is reached', async () => {
    await publish('launch', coupon('L', { maximumRedemptions: 1 }))
    await redeem('l')
    const charge = async (tenantId: string, at: string) => {
      const { discounts } = await rules.inEffect({ at: clock.now(), tenantId, plan: null })
      const known = { of: 'cost' as const, lines: [{ label: 'all', quantity: new Decimal(1), amount: new Decimal(10) }], reason: 'so' }
      const rated = rateCharge({ usage: { known }, discounts, context: { at, tenantId, discountStates: await discountStates(tenantId) } })
      return [rated.charge?.toFixed(), rated.state === 'charged' ? rated.explanation.steps[1]?.reason : rated.reason]
    }
    expect(await charge('acme', '2026-11-20T12:00:00Z')).toEqual(['9', 'all conditions are met; its coupon was redeemed at 2026-11-20T12:00:00Z'])
    expect(await charge('acme', '2026-11-20T11:59:59Z')).toEqual(['10', 'its coupon was redeemed later, at 2026-11-20T12:00:00Z'])
    expect(await charge('globex', '2026-11-20T12:00:00Z')).toEqual(['10', 'its coupon was not redeemed, and its code was not entered'])
  })
  it('limits a redemption for a customer to that customer', async () => {
    await publish('launch', coupon('L'))
    await redeem('L', { customerId: 'u1' })
    const redeemed = async (customerId: string | null) => (await discountStates('acme', customerId))['launch v1']?.redeemedAt !== undefined
    expect([await redeemed('u1'), await redeemed('u2'), await redeemed(null)]).toEqual([true, false, false])
  })
})

describe('bookDiscounts', () => {
  const applied = (id: string, amount: string) => ({
    id,
    promotion: 'launch',
    amount: new Decimal(amount),
    coupon: undefined,
    remainingBudget: undefined,
    budget: new Decimal(100),
  })
  it('reduces the budget over all versions, and a new version can change the budget', async () => {
    await publish('launch', { budget: 100 })
    const left = async () => Object.entries(await discountStates()).map(([id, { remainingBudget }]) => `${id}: ${String(remainingBudget)}`)
    expect(await left()).toEqual(['launch v1: 100'])
    expect(await promotions.bookDiscounts({ tenantId: 'acme', chargeId: 'inv-1', discounts: [applied('launch v1', '30'), applied('launch v1', '12.5')] })).toBe(
      true,
    )
    expect(await left()).toEqual(['launch v1: 57.5'])
    await publish('launch', { budget: 40 })
    expect(await left()).toEqual(['launch v2: 0'])
  })
  it('books each charge once', async () => {
    await publish('launch', { budget: 100 })
    const charge = { tenantId: 'acme', chargeId: 'inv-1', discounts: [applied('launch v1', '30')] }
    expect([await promotions.bookDiscounts(charge), await promotions.bookDiscounts(charge)]).toEqual([true, false])
    await expect(promotions.bookDiscounts({ ...charge, chargeId: 'inv-2', discounts: [applied('launch v1', '70.01')] })).rejects.toMatchObject({
      code: 'BUDGET_USED_UP',
    })
    await expect(promotions.bookDiscounts({ ...charge, chargeId: '' })).rejects.toThrow('chargeId: must not be empty')
  })
  it('tracks only discounts with a budget or a coupon', async () => {
    await publish('plain', {})
    expect(await discountStates()).toEqual({})
  })
})
