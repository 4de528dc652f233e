import type { Decimal, Temporal } from '@tollgate/kernel'

/** An invoice that is not paid in full, as collections know it. */
export interface CollectableInvoice {
  readonly id: string
  readonly number: string
  readonly currency: string
  readonly total: Decimal
  readonly amountPaid: Decimal
  readonly issuedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  /** IANA zone in which days are counted. */
  readonly timeZone: string
  /** Whether it charges nothing but late fees. No late fee is charged for such an invoice: compounding is a term of the policy. */
  readonly isOfLateFees: boolean
}

/** A change of what is paid of an invoice. */
export interface PaidChange {
  readonly at: Temporal.Instant
  /** Negative if it lost a payment. */
  readonly amount: Decimal
}
