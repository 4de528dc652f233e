import type { Decimal } from '@tollgate/kernel'

/** A discount that was applied to a charge. When the charge is final, `bookDiscounts` counts it towards the promotion's budget. */
export interface AppliedDiscount {
  readonly id: string
  /** The name that budgets and redemptions are kept by. */
  readonly promotion: string
  readonly amount: Decimal
  /** The coupon code as defined. Undefined if the discount needs no coupon. */
  readonly coupon: string | undefined
  /** What this charge leaves of the budget. Undefined if the discount has no budget. */
  readonly remainingBudget: Decimal | undefined
  /** Maximum that the promotion may take off all charges. */
  readonly budget: Decimal | undefined
}
