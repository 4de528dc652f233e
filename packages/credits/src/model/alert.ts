import type { Decimal, Temporal } from '@tollgate/kernel'

/** - `low_balance`: the balance fell to a threshold, or lasts fewer days than it should.
 *  - `exhausted`: nothing can be spent.
 *  - `expiring_soon`: a grant with remaining credits expires soon. */
export const CREDIT_ALERT_KINDS = ['low_balance', 'exhausted', 'expiring_soon'] as const

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
