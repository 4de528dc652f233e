import type { Decimal } from '@tollgate/kernel'

/** What happens when an invoice is not paid. One for the installation; tenants can have their own. */
export interface CollectionPolicy {
  /** Days after the due date before late fees and dunning begin. */
  readonly graceDays: number
  /** Days from the due date: negative before it, 0 on it. In order. */
  readonly reminderDays: readonly number[]
  /** Null for none. */
  readonly lateFee: LateFeeTerms | null
  /** Days after the due date when an invoice becomes uncollectible. Null for never. */
  readonly uncollectibleAfterDays: number | null
}

/** A fee for paying late. */
export interface LateFeeTerms {
  readonly kind: 'fixed' | 'percent'
  /** An amount in the currency of the invoice, or a percentage of what is overdue. */
  readonly value: Decimal
  /** Days between two fees. Null for one fee only. */
  readonly everyDays: number | null
  /** Whether a percentage applies to earlier late fees too. */
  readonly compound: boolean
  /** Maximum sum of late fees, in percent of the invoice. Null for no maximum. */
  readonly maximumPercent: Decimal | null
}
