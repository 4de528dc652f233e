import { Decimal, OPERATOR_SCOPE, Temporal, toPage, ZERO } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from '@tollgate/postgres'
import type { DiscountLedger, NewRedemption } from '../discount-ledger.ts'
import { BudgetUsedUp, ChargeAlreadyBooked } from '../model/errors.ts'
import { checkRedemptionLimits } from '../model/promotions/check-redemption-limits.ts'
import type { CouponRedemption } from '../model/promotions/coupon-redemption.ts'
import { haveSameDiscounts } from '../model/promotions/discount-booking.ts'

interface RedemptionRow {
  readonly id: string
  readonly promotion: string
  readonly code: string
  readonly tenant_id: string
  readonly customer_id: string | null
  readonly redeemed_at: string
}

interface RedemptionCountsRow {
  readonly total: string
  readonly per_tenant: string
  readonly before: RedemptionRow | null
}

const COLUMNS = 'id, promotion, code, tenant_id, customer_id, redeemed_at'

const LOCK = 'select pricing.lock_promotion($1)'

/** Counts redemptions and finds the holder's own. Relies on the unique index on promotion, tenant and customer. */
const REDEMPTION_COUNTS = `
  select totals.redemptions::text as total,
    (select count(*)::text from pricing.coupon_redemptions as own where own.promotion = $1 and own.tenant_id = $2) as per_tenant,
    (select to_jsonb(before) from (
       select ${COLUMNS} from pricing.coupon_redemptions
       where promotion = $1 and tenant_id = $2 and customer_id is not distinct from $3
     ) as before) as before
  from pricing.promotion_totals as totals
  where promotion = $1`

const NEW_REDEMPTION = `insert into pricing.coupon_redemptions (${COLUMNS}) values ($1, $2, $3, $4, $5, $6)`

const REDEEMED_BY = `
  select ${COLUMNS} from pricing.coupon_redemptions
  where promotion = any ($1::text[]) and tenant_id = $2 and (customer_id is null or customer_id = $3)`

const REDEMPTIONS = `
  select ${COLUMNS} from pricing.coupon_redemptions
  where ($1::text is null or promotion = $1) and ($2::text is null or tenant_id = $2) and ($3::uuid is null or id < $3)
  order by id desc
  limit $4`

/** Waits for a concurrent booking of the same charge, and then finds it booked. */
const NEW_CHARGE = `
  insert into pricing.booked_charges (tenant_id, charge_id, booked_at) values ($1, $2, $3)
  on conflict do nothing
  returning charge_id`

const BOOKED = 'select promotion, rule, amount from pricing.booked_discounts where tenant_id = $1 and charge_id = $2'

const DISCOUNTED = 'select given from pricing.promotion_totals where promotion = $1'

const NEW_DISCOUNT = 'insert into pricing.booked_discounts (tenant_id, charge_id, promotion, rule, amount) values ($1, $2, $3, $4, $5)'

const IS_RELEASED = 'select from pricing.released_charges where tenant_id = $1 and charge_id = $2'

const RELEASE = 'select pricing.release_charge($1, $2, $3) as is_new'

const TOTALS = 'select promotion, redemptions::text, given from pricing.promotion_totals where promotion = any ($1::text[])'

/** Keeps coupons and budgets in PostgreSQL, in the schema `pricing`. */
export function postgresDiscountLedger({ database }: { database: PostgresDatabase }): DiscountLedger {
  return {
    redeem: redemptions =>
      // As the operator, because limits count the redemptions of all tenants.
      database.transaction(OPERATOR_SCOPE, async transaction => {
        await lockInOrder(
          transaction,
          redemptions.map(({ promotion }) => promotion),
        )
        const answered: CouponRedemption[] = []
        for (const redemption of redemptions) answered.push(await redeemOne(transaction, redemption))
        return answered
      }),

    async redeemedBy({ tenantId, customerId }, promotions) {
      const rows = await database.query<RedemptionRow>(OPERATOR_SCOPE, REDEEMED_BY, [promotions, tenantId, customerId])
      return rows.map(toRedemption)
    },

    async redemptions(scope, { promotion = null, tenantId = null, first, after = null }) {
      const rows = await database.query<RedemptionRow>(scope, REDEMPTIONS, [promotion, tenantId, after, first + 1])
      return toPage(rows.map(toRedemption), first)
    },

    book: ({ tenantId, chargeId, bookedAt, discounts }) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const isNew = await transaction.query(NEW_CHARGE, [tenantId, chargeId, bookedAt.toString()])
        if (isNew.length === 0) {
          const rows = await transaction.query<{ promotion: string; rule: string; amount: string }>(BOOKED, [tenantId, chargeId])
          const before = rows.map(({ promotion, rule, amount }) => ({ promotion, rule, amount: new Decimal(amount) }))
          const isReleased = (await transaction.query(IS_RELEASED, [tenantId, chargeId])).length > 0
          if (!isReleased && haveSameDiscounts(before, discounts)) return false
          throw new ChargeAlreadyBooked(chargeId)
        }
        await lockInOrder(
          transaction,
          discounts.map(({ promotion }) => promotion),
        )
        for (const { promotion, rule, amount, budget } of discounts) {
          const [totals] = await transaction.query<{ given: string }>(DISCOUNTED, [promotion])
          const left = budget?.minus(totals?.given ?? 0)
          if (left?.lt(amount)) throw new BudgetUsedUp(promotion, Decimal.max(ZERO, left).toFixed(), amount.toFixed())
          await transaction.query(NEW_DISCOUNT, [tenantId, chargeId, promotion, rule, amount.toFixed()])
        }
        return true
      }),

    async release({ tenantId, chargeId, releasedAt }) {
      const [row] = await database.query<{ is_new: boolean }>(OPERATOR_SCOPE, RELEASE, [tenantId, chargeId, releasedAt.toString()])
      return row?.is_new === true
    },

    async totals(promotions) {
      const rows = await database.query<{ promotion: string; redemptions: string; given: string }>(OPERATOR_SCOPE, TOTALS, [promotions])
      const kept = new Map(rows.map(({ promotion, redemptions, given }) => [promotion, { discounted: new Decimal(given), redemptions: Number(redemptions) }]))
      return new Map(promotions.map(promotion => [promotion, kept.get(promotion) ?? { discounted: ZERO, redemptions: 0 }]))
    },
  }
}

/** Locks promotions in the order of their names, so that concurrent transactions cannot deadlock. */
async function lockInOrder(transaction: PostgresTransaction, promotions: readonly string[]): Promise<void> {
  for (const promotion of [...new Set(promotions)].toSorted()) await transaction.query(LOCK, [promotion])
}

async function redeemOne(transaction: PostgresTransaction, { limits, ...redemption }: NewRedemption): Promise<CouponRedemption> {
  const { id, promotion, code, tenantId, customerId, redeemedAt } = redemption
  const [counts] = await transaction.query<RedemptionCountsRow>(REDEMPTION_COUNTS, [promotion, tenantId, customerId])
  if (counts?.before) return toRedemption(counts.before)
  checkRedemptionLimits(code, limits, { total: Number(counts?.total), perTenant: Number(counts?.per_tenant) })
  await transaction.query(NEW_REDEMPTION, [id, promotion, code, tenantId, customerId, redeemedAt.toString()])
  return redemption
}

function toRedemption(row: RedemptionRow): CouponRedemption {
  return {
    id: row.id,
    promotion: row.promotion,
    code: row.code,
    tenantId: row.tenant_id,
    customerId: row.customer_id,
    redeemedAt: Temporal.Instant.from(row.redeemed_at),
  }
}
