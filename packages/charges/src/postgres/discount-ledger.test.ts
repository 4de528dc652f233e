import { postgresDiscountLedger } from './index.ts'
import { describeDiscountLedger } from '../testing/index.ts'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { OPERATOR_SCOPE, Temporal, tenantScope, ZERO } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const empty = () =>
  test.asOwner('truncate pricing.coupon_redemptions, pricing.booked_charges, pricing.booked_discounts, pricing.released_charges, pricing.promotion_totals')

describeDiscountLedger('PostgreSQL', async () => {
  await empty()
  return postgresDiscountLedger({ database: test.database })
})

describe('the tables of discounts', () => {
  const insert = `insert into pricing.coupon_redemptions (id, promotion, code, tenant_id, redeemed_at)
    values ('01900000-0000-7000-8000-00000000aaaa', 'launch', 'LAUNCH', 'globex', now())`

  it('reject rows that a tenant writes for another', async () => {
    await expect(test.database.query(tenantScope('acme'), insert)).rejects.toThrow(/row-level security/)
  })
  it.each([
    'update pricing.coupon_redemptions set code = code',
    'delete from pricing.coupon_redemptions',
    'update pricing.booked_discounts set amount = 1',
    'delete from pricing.booked_charges',
    'update pricing.promotion_totals set given = 0',
    `insert into pricing.promotion_totals (promotion) values ('x')`,
    `insert into pricing.released_charges (tenant_id, charge_id, released_at) values ('acme', 'x', now())`,
  ])('reject "%s", even from an operator', async statement => {
    await expect(test.database.query(OPERATOR_SCOPE, statement)).rejects.toThrow(/permission denied/)
  })
  it('show a tenant its own history, and no totals', async () => {
    await empty()
    const ledger = postgresDiscountLedger({ database: test.database })
    const redeemedAt = Temporal.Instant.from('2026-11-20T12:00:00Z')
    const redemption = { id: '01900000-0000-7000-8000-00000000aaab', promotion: 'launch', code: 'LAUNCH', tenantId: 'acme', customerId: null, redeemedAt }
    await ledger.redeem([{ ...redemption, limits: { total: undefined, perTenant: undefined } }])
    const rows = (tenantId: string, table: string) => test.database.query(tenantScope(tenantId), `select * from pricing.${table}`)
    expect(await rows('acme', 'coupon_redemptions')).toHaveLength(1)
    expect(await rows('globex', 'coupon_redemptions')).toEqual([])
    expect(await rows('acme', 'promotion_totals')).toEqual([])
  })
  it('have totals that equal the history', async () => {
    await empty()
    const ledger = postgresDiscountLedger({ database: test.database })
    const bookedAt = Temporal.Instant.from('2026-11-20T12:00:00Z')
    for (const [i, amount] of ['1.5', '2.25', '0.000001'].entries()) {
      const discounts = [{ promotion: 'launch', rule: 'launch v1', amount: ZERO.plus(amount), budget: undefined }]
      await ledger.book({ tenantId: 'acme', chargeId: `inv-${i}`, bookedAt, discounts })
    }
    expect(
      await test.asOwner(
        `select (select sum(amount) from pricing.booked_discounts) = (select given from pricing.promotion_totals where promotion = 'launch') as same`,
      ),
    ).toEqual([{ same: true }])
  })
})
