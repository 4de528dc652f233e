import { Decimal, OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DiscountLedger, NewRedemption } from '../discount-ledger.ts'
import type { BookedDiscount, DiscountBooking } from '../model/promotions/discount-booking.ts'

const AT = Temporal.Instant.from('2026-11-20T12:00:00.000001Z')
let count = 0

function redemption(traits: Partial<NewRedemption> = {}): NewRedemption {
  count += 1
  const id = `01900000-0000-7000-8000-${String(count).padStart(12, '0')}`
  return {
    id,
    promotion: 'launch',
    code: 'LAUNCH',
    tenantId: 'acme',
    customerId: null,
    redeemedAt: AT,
    limits: { total: undefined, perTenant: undefined },
    ...traits,
  }
}

const plain = ({ limits: _limits, ...redeemed }: NewRedemption) => redeemed

function booking(chargeId: string, amount: string, traits: Partial<BookedDiscount> = {}, others: readonly BookedDiscount[] = []): DiscountBooking {
  const discount = { promotion: 'launch', rule: `${traits.promotion ?? 'launch'} v1`, amount: new Decimal(amount), budget: new Decimal(100), ...traits }
  return { tenantId: 'acme', chargeId, bookedAt: AT, discounts: [discount, ...others] }
}

/** Tests that a ledger meets the contract of `DiscountLedger`. `make` returns an empty ledger for each test. */
export function describeDiscountLedger(name: string, make: () => Promise<DiscountLedger>): void {
  describe(`${name} as a discount ledger`, () => {
    let ledger: DiscountLedger
    beforeEach(async () => {
      ledger = await make()
    })
    const totals = async (promotion = 'launch') => {
      const found = (await ledger.totals([promotion])).get(promotion)
      return { discounted: found?.discounted.toFixed(), redemptions: found?.redemptions }
    }

    describe('redeem', () => {
      it('lists redemptions as recorded, latest first, and only the tenant’s own', async () => {
        const [first, second, foreign] = [redemption(), redemption({ customerId: 'Zoë, "2"' }), redemption({ tenantId: 'globex' })]
        for (const one of [first, second, foreign]) expect(await ledger.redeem([one])).toEqual([plain(one)])
        const listed = async (scope: Parameters<DiscountLedger['redemptions']>[0], query: object = {}) =>
          (await ledger.redemptions(scope, { first: 10, ...query })).items
        expect(await listed(OPERATOR_SCOPE)).toEqual([foreign, second, first].map(plain))
        expect(await listed(tenantScope('acme'))).toEqual([second, first].map(plain))
        expect(await listed(OPERATOR_SCOPE, { tenantId: 'globex' })).toEqual([plain(foreign)])
        expect(await listed(OPERATOR_SCOPE, { promotion: 'other' })).toEqual([])
        expect(await ledger.redemptions(OPERATOR_SCOPE, { first: 1, after: foreign.id })).toEqual({ items: [plain(second)], hasMore: true })
      })
      it('applies to all usage of the tenant, or to one customer', async () => {
        const [whole, ofCustomer, ofOther] = [redemption(), redemption({ promotion: 'b', customerId: 'u1' }), redemption({ promotion: 'b', customerId: 'u2' })]
        await ledger.redeem([whole, ofCustomer, ofOther])
        const held = async (customerId: string | null, tenantId = 'acme') =>
          (await ledger.redeemedBy({ tenantId, customerId }, ['launch', 'b'])).map(({ id }) => id).toSorted()
        expect(await held(null)).toEqual([whole.id])
        expect(await held('u1')).toEqual([whole.id, ofCustomer.id])
        expect(await held('u1', 'globex')).toEqual([])
        expect(await ledger.redeemedBy({ tenantId: 'acme', customerId: 'u1' }, ['b'])).toEqual([plain(ofCustomer)])
      })
      it('counts once per holder and returns the earlier redemption', async () => {
        const first = redemption({ limits: { total: 1, perTenant: 1 } })
        await ledger.redeem([first])
        const again = redemption({ limits: { total: 1, perTenant: 1 }, redeemedAt: AT.add({ hours: 1 }) })
        expect(await ledger.redeem([again])).toEqual([plain(first)])
        expect(await totals()).toEqual({ discounted: '0', redemptions: 1 })
      })
      it('enforces the total limit and the limit per tenant', async () => {
        const limits = { total: 3, perTenant: 2 }
        await ledger.redeem([redemption({ limits, customerId: 'u1' }), redemption({ limits, customerId: 'u2' })])
        await expect(ledger.redeem([redemption({ limits, customerId: 'u3' })])).rejects.toMatchObject({
          code: 'COUPON_USED_UP',
          message: 'The coupon "LAUNCH" has reached its limit of 2 redemptions by this tenant.',
        })
        await ledger.redeem([redemption({ limits, tenantId: 'globex' })])
        await expect(ledger.redeem([redemption({ limits, tenantId: 'initech' })])).rejects.toMatchObject({
          code: 'COUPON_USED_UP',
          message: 'The coupon "LAUNCH" has reached its limit of 3 redemptions.',
        })
      })
      it('redeems all or none', async () => {
        await ledger.redeem([redemption({ promotion: 'full', tenantId: 'globex' })])
        const both = [redemption(), redemption({ promotion: 'full', limits: { total: 1, perTenant: undefined } })]
        await expect(ledger.redeem(both)).rejects.toMatchObject({ code: 'COUPON_USED_UP' })
        expect(await totals()).toEqual({ discounted: '0', redemptions: 0 })
        expect(await ledger.redeemedBy({ tenantId: 'acme', customerId: null }, ['launch', 'full'])).toEqual([])
      })
      it('accepts exactly as many of 64 concurrent redemptions as the limit allows', async () => {
        const limits = { total: 20, perTenant: undefined }
        const answers = await Promise.allSettled(Array.from({ length: 64 }, (_, i) => ledger.redeem([redemption({ tenantId: `t${i}`, limits })])))
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
        expect(answers.flatMap(answer => (answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : []))).toEqual(
          Array.from({ length: 44 }, () => 'COUPON_USED_UP'),
        )
        expect(await totals()).toEqual({ discounted: '0', redemptions: 20 })
      })
      it('records concurrent redemptions of one holder once and returns it to every caller', async () => {
        const limits = { total: 1, perTenant: 1 }
        const answers = await Promise.all(Array.from({ length: 16 }, () => ledger.redeem([redemption({ limits })])))
        expect(new Set(answers.map(([one]) => one?.id)).size).toBe(1)
        expect(await totals()).toEqual({ discounted: '0', redemptions: 1 })
      })
    })

    describe('book', () => {
      it('adds up the amounts of all versions exactly', async () => {
        expect(await ledger.book(booking('inv-1', '0.000000000000000000000000000000000001'))).toBe(true)
        expect(await ledger.book(booking('inv-2', '12.5', { rule: 'launch v2' }))).toBe(true)
        expect(await ledger.book(booking('inv-3', '1', { promotion: 'other', budget: undefined }))).toBe(true)
        expect(await totals()).toEqual({ discounted: '12.500000000000000000000000000000000001', redemptions: 0 })
        expect(await totals('other')).toEqual({ discounted: '1', redemptions: 0 })
        expect(await totals('unknown')).toEqual({ discounted: '0', redemptions: 0 })
      })
      it('books each charge of a tenant once', async () => {
        const b = { promotion: 'b', rule: 'b v1', amount: new Decimal(2), budget: undefined }
        expect(await ledger.book(booking('inv-1', '5', {}, [b]))).toBe(true)
        const again = booking('inv-1', '5.0', {}, [b])
        expect(await ledger.book({ ...again, discounts: again.discounts.toReversed() })).toBe(false)
        await expect(ledger.book(booking('inv-1', '5'))).rejects.toMatchObject({ code: 'CHARGE_ALREADY_BOOKED' })
        expect(await ledger.book({ ...booking('inv-1', '5'), tenantId: 'globex' })).toBe(true)
        expect(await totals()).toEqual({ discounted: '10', redemptions: 0 })
      })
      it('books a charge without discounts once too', async () => {
        const nothing = { ...booking('inv-1', '5'), discounts: [] }
        expect(await ledger.book(nothing)).toBe(true)
        expect(await ledger.book(nothing)).toBe(false)
        await expect(ledger.book(booking('inv-1', '5'))).rejects.toMatchObject({ code: 'CHARGE_ALREADY_BOOKED' })
      })
      it('rejects a whole charge that exceeds a budget', async () => {
        await ledger.book(booking('inv-1', '95'))
        const b = { promotion: 'a', rule: 'a v1', amount: new Decimal(2), budget: undefined }
        await expect(ledger.book(booking('inv-2', '5.01', {}, [b]))).rejects.toMatchObject({
          code: 'BUDGET_USED_UP',
          message: 'The promotion "launch" has 5 USD of its budget left, but the discount is 5.01 USD. Nothing was booked; rate the charge again.',
        })
        expect(await totals('a')).toEqual({ discounted: '0', redemptions: 0 })
        expect(await ledger.book(booking('inv-2', '5'))).toBe(true)
        expect(await totals()).toEqual({ discounted: '100', redemptions: 0 })
      })
      it('applies the budget to two versions in one charge together', async () => {
        const second = { promotion: 'launch', rule: 'launch v2', amount: new Decimal(60), budget: new Decimal(100) }
        await expect(ledger.book(booking('inv-1', '50', {}, [second]))).rejects.toMatchObject({ code: 'BUDGET_USED_UP' })
        expect(await totals()).toEqual({ discounted: '0', redemptions: 0 })
        expect(await ledger.book(booking('inv-1', '40', {}, [second]))).toBe(true)
      })
      it('keeps 64 concurrent bookings within the budget and uses all of it that fits', async () => {
        const answers = await Promise.allSettled(
          Array.from({ length: 64 }, (_, i) => {
            // In two orders, so that writers would deadlock if they locked in the order of the argument.
            const one = booking(`inv-${i}`, '7', {}, [{ promotion: 'z', rule: 'z v1', amount: new Decimal(1), budget: undefined }])
            return ledger.book(i % 2 === 0 ? one : { ...one, discounts: one.discounts.toReversed() })
          }),
        )
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(14)
        expect(new Set(answers.flatMap(answer => (answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : [])))).toEqual(
          new Set(['BUDGET_USED_UP']),
        )
        expect(await totals()).toEqual({ discounted: '98', redemptions: 0 })
        expect(await totals('z')).toEqual({ discounted: '14', redemptions: 0 })
      })
      it('books concurrent bookings of one charge once', async () => {
        const answers = await Promise.all(Array.from({ length: 16 }, () => ledger.book(booking('inv-1', '30'))))
        expect(answers.filter(Boolean)).toHaveLength(1)
        expect(await totals()).toEqual({ discounted: '30', redemptions: 0 })
      })
    })

    describe('release', () => {
      it('gives back to budgets what a charge took, once, also to concurrent callers', async () => {
        const other = { promotion: 'z', rule: 'z v1', amount: new Decimal(1), budget: undefined }
        await ledger.book(booking('inv-1', '60', {}, [other]))
        await ledger.book(booking('inv-2', '40', {}, [other]))
        const release = () => ledger.release({ tenantId: 'acme', chargeId: 'inv-1', releasedAt: AT })
        expect((await Promise.all([release(), release(), release()])).filter(Boolean)).toHaveLength(1)
        expect([await totals(), await totals('z')]).toEqual([
          { discounted: '40', redemptions: 0 },
          { discounted: '1', redemptions: 0 },
        ])
        expect(await ledger.book(booking('inv-3', '60'))).toBe(true)
      })
      it('does nothing for a charge of another tenant, or one that was not booked', async () => {
        await ledger.book(booking('inv-1', '60'))
        for (const charge of [
          { tenantId: 'globex', chargeId: 'inv-1' },
          { tenantId: 'acme', chargeId: 'inv-2' },
        ]) {
          expect(await ledger.release({ ...charge, releasedAt: AT })).toBe(false)
        }
        expect(await totals()).toEqual({ discounted: '60', redemptions: 0 })
      })
      it('keeps a released charge from being booked again', async () => {
        await ledger.book(booking('inv-1', '60'))
        await ledger.release({ tenantId: 'acme', chargeId: 'inv-1', releasedAt: AT })
        await expect(ledger.book(booking('inv-1', '60'))).rejects.toMatchObject({ code: 'CHARGE_ALREADY_BOOKED' })
        expect(await totals()).toEqual({ discounted: '0', redemptions: 0 })
      })
    })
  })
}
