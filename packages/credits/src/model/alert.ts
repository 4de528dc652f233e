import type { Decimal, Temporal } from '@tollgate/kernel'

/** - `low_balance`: the balance fell to a threshold, or lasts fewer days than it should.
 *  - `exhausted`: nothing can be spent.
 *  - `expiring_soon`: a grant with remaining credits expires soon.
 *  - `top_up_requested`: the balance fell to the threshold of top-ups, so credits are to be bought.
 *  - `top_up_failed`: credits were not bought, or not in time; or the maximum of the month is reached. */
export const CREDIT_ALERT_KINDS = ['low_balance', 'exhausted', 'expiring_soon', 'top_up_requested', 'top_up_failed'] as const

/** What a credit alert says. */
export type CreditAlertKind = (typeof CREDIT_ALERT_KINDS)[number]

/** What an alert says besides its kind. Fields that its kind does not have are null. */
export interface AlertDetails {
  /** Balance that was reached, or the number of days of the terms. Null for `exhausted`. */
  readonly threshold: Decimal | null
  /** How many days the balance lasts, if `low_balance` was raised because it lasts too few. */
  readonly daysLeft: Decimal | null
  /** Grant that expires soon. */
  readonly grantId: string | null
  /** When the grant expires. */
  readonly expiresAt: Temporal.Instant | null
  /** Credits that the grant still has. */
  readonly expiring: Decimal | null
  /** Top-up that was requested or has failed. Null if it could not be requested. */
  readonly topUpId: string | null
  /** Credits of the top-up. */
  readonly topUpAmount: Decimal | null
  /** Why a top-up failed. */
  readonly reason: string | null
}

/** The details of an alert that has none. */
export const NO_ALERT_DETAILS: AlertDetails = {
  threshold: null,
  daysLeft: null,
  grantId: null,
  expiresAt: null,
  expiring: null,
  topUpId: null,
  topUpAmount: null,
  reason: null,
}

/** Says once that a wallet needs attention. */
export interface CreditAlert extends AlertDetails {
  /** Position among the alerts of all tenants: a whole number. An alert never appears at or before a cursor that was visible. */
  readonly cursor: string
  readonly tenantId: string
  readonly walletId: string
  readonly customerId: string | null
  readonly kind: CreditAlertKind
  readonly balance: Decimal
  readonly occurredAt: Temporal.Instant
}
