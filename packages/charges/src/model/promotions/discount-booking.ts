import type { Decimal, Temporal } from '@tollgate/kernel'

/** The discounts of a final charge. */
export interface DiscountBooking {
  readonly tenantId: string
  /** The caller's id of the charge, unique in the tenant, such as an invoice id. */
  readonly chargeId: string
  readonly bookedAt: Temporal.Instant
  readonly discounts: readonly BookedDiscount[]
}

/** The amount that one discount took off. */
export interface BookedDiscount {
  /** The name of the discount, which all its versions share. */
  readonly promotion: string
  /** The version: "launch v2". */
  readonly rule: string
  readonly amount: Decimal
  /** Maximum that the promotion may take off all charges. Undefined if it has no budget. */
  readonly budget: Decimal | undefined
}

/** Whether two charges have the same discounts, in any order. Budgets are not compared: they belong to the rules and may change. */
export function haveSameDiscounts(one: readonly Omit<BookedDiscount, 'budget'>[], other: readonly Omit<BookedDiscount, 'budget'>[]): boolean {
  const plain = (discounts: readonly Omit<BookedDiscount, 'budget'>[]) =>
    discounts.map(({ promotion, rule, amount }) => JSON.stringify([promotion, rule, amount.toFixed()])).toSorted()
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other))
}
