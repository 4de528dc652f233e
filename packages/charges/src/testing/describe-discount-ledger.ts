import { Decimal, OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BookedDiscount, DiscountBooking, DiscountLedger, NewRedemption } from '../discount-ledger.ts'

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
    limits: { inAll: undefined, byTenant: undefined },
    ...traits,
  }
}

const plain = ({ limits: _limits, ...redeemed }: NewRedemption) => redeemed

function booking(chargeId: string, amount: string, traits: Partial<BookedDiscount> = {}, others: readonly BookedDiscount[] = []): DiscountBooking {
  const discount = { promotion: 'launch', rule: `${traits.promotion ?? 'launch'} v1`, amount: new Decimal(amount), budget: new Decimal(100), ...traits }
  return { tenantId: 'acme', chargeId, bookedAt: AT, discounts: [discount, ...others] }
}

/** What every discount ledger must do. `make` gives an empty one for each test. */
export function describeDiscountLedger(name: string, make: () => Promise<DiscountLedger>): void {
  describe(`${name} as a discount ledger`, () => {
    let ledger: DiscountLedger
    beforeEach(async () => {
      ledger = await make()
    })
    const totals = async (promotion = 'launch') => {
      const found = (await ledger.totals([promotion])).get(promotion)
      return { given: found?.given.toFixed(), redemptions: found?.redemptions }
    }

    describe('redemptions', () => {
      it('are given back as they were redeemed, the last first, to the tenant that they are of', async () => {
        const [first, second, foreign] = [redemption(), redemption({ customerId: 'Zoë, "2"' }), redemption({ tenantId: 'globex' })]
        for (const one of [first, second, foreign]) expect(await ledger.redeem([one])).toEqual([plain(one)])
        const listed = async (scope: Parameters<DiscountLedger['redemptions']>[0], query: object = {}) =>
          (await ledger.redemptions(scope, { first: 10, ...query })).redemptions
        expect(await listed(OPERATOR_SCOPE)).toEqual([foreign, second, first].map(plain))
        expect(await listed(tenantScope('acme'))).toEqual([second, first].map(plain))
        expect(await listed(OPERATOR_SCOPE, { tenantId: 'globex' })).toEqual([plain(foreign)])
        expect(await listed(OPERATOR_SCOPE, { promotion: 'other' })).toEqual([])
        expect(await ledger.redemptions(OPERATOR_SCOPE, { first: 1, after: foreign.id })).toEqual({ redemptions: [plain(second)], hasMore: true })
      })
      it('hold for the tenant as a whole, or for one customer of it', async () => {
        const [whole, ofCustomer, ofOther] = [redemption(), redemption({ promotion: 'b', customerId: 'u1' }), redemption({ promotion: 'b', customerId: 'u2' })]
        await ledger.redeem([whole, ofCustomer, ofOther])
        const held = async (customerId: string | null, tenantId = 'acme') =>
          (await ledger.redeemedBy({ tenantId, customerId }, ['launch', 'b'])).map(({ id }) => id).toSorted()
        expect(await held(null)).toEqual([whole.id])
        expect(await held('u1')).toEqual([whole.id, ofCustomer.id])
        expect(await held('u1', 'globex')).toEqual([])
        expect(await ledger.redeemedBy({ tenantId: 'acme', customerId: 'u1' }, ['b'])).toEqual([plain(ofCustomer)])
      })
      it('count once for each holder, and what was redeemed first stands', async () => {
        const first = redemption({ limits: { inAll: 1, byTenant: 1 } })
        await ledger.redeem([first])
        const again = redemption({ limits: { inAll: 1, byTenant: 1 }, redeemedAt: AT.add({ hours: 1 }) })
        expect(await ledger.redeem([again])).toEqual([plain(first)])
        expect(await totals()).toEqual({ given: '0', redemptions: 1 })
      })
      it('keep within the limit in all, and within that of a tenant', async () => {
        const limits = { inAll: 3, byTenant: 2 }
        await ledger.redeem([redemption({ limits, customerId: 'u1' }), redemption({ limits, customerId: 'u2' })])
        await expect(ledger.redeem([redemption({ limits, customerId: 'u3' })])).rejects.toMatchObject({
          code: 'COUPON_USED_UP',
          message: 'The coupon "LAUNCH" was redeemed 2 of 2 times by this tenant.',
        })
        await ledger.redeem([redemption({ limits, tenantId: 'globex' })])
        await expect(ledger.redeem([redemption({ limits, tenantId: 'initech' })])).rejects.toMatchObject({
          code: 'COUPON_USED_UP',
          message: 'The coupon "LAUNCH" was redeemed 3 of 3 times.',
        })
      })
      it('are all or none', async () => {
        await ledger.redeem([redemption({ promotion: 'full', tenantId: 'globex' })])
        const both = [redemption(), redemption({ promotion: 'full', limits: { inAll: 1, byTenant: undefined } })]
        await expect(ledger.redeem(both)).rejects.toMatchObject({ code: 'COUPON_USED_UP' })
        expect(await totals()).toEqual({ given: '0', redemptions: 0 })
        expect(await ledger.redeemedBy({ tenantId: 'acme', customerId: null }, ['launch', 'full'])).toEqual([])
      })
      it('of 64 at once are exactly as many as the limit', async () => {
        const limits = { inAll: 20, byTenant: undefined }
        const answers = await Promise.allSettled(Array.from({ length: 64 }, (_, i) => ledger.redeem([redemption({ tenantId: `t${i}`, limits })])))
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
        expect(answers.flatMap(answer => (answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : []))).toEqual(
          Array.from({ length: 44 }, () => 'COUPON_USED_UP'),
        )
        expect(await totals()).toEqual({ given: '0', redemptions: 20 })
      })
      it('of one holder at once are one, and everyone is answered with it', async () => {
        const limits = { inAll: 1, byTenant: 1 }
        const answers = await Promise.all(Array.from({ length: 16 }, () => ledger.redeem([redemption({ limits })])))
        expect(new Set(answers.map(([one]) => one?.id)).size).toBe(1)
        expect(await totals()).toEqual({ given: '0', redemptions: 1 })
      })
    })

    describe('bookings', () => {
      it('add up, to the last digit, whatever version gave it', async () => {
        expect(await ledger.book(booking('inv-1', '0.000000000000000000000000000000000001'))).toBe(true)
        expect(await ledger.book(booking('inv-2', '12.5', { rule: 'launch v2' }))).toBe(true)
        expect(await ledger.book(booking('inv-3', '1', { promotion: 'other', budget: undefined }))).toBe(true)
        expect(await totals()).toEqual({ given: '12.500000000000000000000000000000000001', redemptions: 0 })
        expect(await totals('other')).toEqual({ given: '1', redemptions: 0 })
        expect(await totals('unheard of')).toEqual({ given: '0', redemptions: 0 })
      })
      it('count once for each charge of a tenant', async () => {
        const b = { promotion: 'b', rule: 'b v1', amount: new Decimal(2), budget: undefined }
        expect(await ledger.book(booking('inv-1', '5', {}, [b]))).toBe(true)
        const again = booking('inv-1', '5.0', {}, [b])
        expect(await ledger.book({ ...again, discounts: again.discounts.toReversed() })).toBe(false)
        await expect(ledger.book(booking('inv-1', '5'))).rejects.toMatchObject({ code: 'CHARGE_BOOKED_OTHERWISE' })
        expect(await ledger.book({ ...booking('inv-1', '5'), tenantId: 'globex' })).toBe(true)
        expect(await totals()).toEqual({ given: '10', redemptions: 0 })
      })
      it('of nothing count too', async () => {
        const nothing = { ...booking('inv-1', '5'), discounts: [] }
        expect(await ledger.book(nothing)).toBe(true)
        expect(await ledger.book(nothing)).toBe(false)
        await expect(ledger.book(booking('inv-1', '5'))).rejects.toMatchObject({ code: 'CHARGE_BOOKED_OTHERWISE' })
      })
      it('are refused above the budget, all of the charge', async () => {
        await ledger.book(booking('inv-1', '95'))
        const b = { promotion: 'a', rule: 'a v1', amount: new Decimal(2), budget: undefined }
        await expect(ledger.book(booking('inv-2', '5.01', {}, [b]))).rejects.toMatchObject({
          code: 'BUDGET_USED_UP',
          message: 'The promotion "launch" has 5 left of its budget, and the charge would take 5.01. Nothing was booked; work the charge out again.',
        })
        expect(await totals('a')).toEqual({ given: '0', redemptions: 0 })
        expect(await ledger.book(booking('inv-2', '5'))).toBe(true)
        expect(await totals()).toEqual({ given: '100', redemptions: 0 })
      })
      it('of two versions in one charge keep within the budget together', async () => {
        const second = { promotion: 'launch', rule: 'launch v2', amount: new Decimal(60), budget: new Decimal(100) }
        await expect(ledger.book(booking('inv-1', '50', {}, [second]))).rejects.toMatchObject({ code: 'BUDGET_USED_UP' })
        expect(await totals()).toEqual({ given: '0', redemptions: 0 })
        expect(await ledger.book(booking('inv-1', '40', {}, [second]))).toBe(true)
      })
      it('of 64 at once never go over the budget, and leave nothing that would have fitted', async () => {
        const answers = await Promise.allSettled(
          Array.from({ length: 64 }, (_, i) => {
            // In two orders, so that writers would deadlock where they locked as they were told.
            const one = booking(`inv-${i}`, '7', {}, [{ promotion: 'z', rule: 'z v1', amount: new Decimal(1), budget: undefined }])
            return ledger.book(i % 2 === 0 ? one : { ...one, discounts: one.discounts.toReversed() })
          }),
        )
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(14)
        expect(new Set(answers.flatMap(answer => (answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : [])))).toEqual(
          new Set(['BUDGET_USED_UP']),
        )
        expect(await totals()).toEqual({ given: '98', redemptions: 0 })
        expect(await totals('z')).toEqual({ given: '14', redemptions: 0 })
      })
      it('of one charge at once are one', async () => {
        const answers = await Promise.all(Array.from({ length: 16 }, () => ledger.book(booking('inv-1', '30'))))
        expect(answers.filter(Boolean)).toHaveLength(1)
        expect(await totals()).toEqual({ given: '30', redemptions: 0 })
      })
    })
  })
}
