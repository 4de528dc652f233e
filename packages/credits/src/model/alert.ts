import type { Decimal, Temporal } from '@tollgate/kernel'

/** - `low_balance`: the balance fell to a threshold, or lasts fewer days than it should.
 *  - `exhausted`: nothing can be spent.
 *  - `expiring_soon`: a grant with remaining credits expires soon. */
export const CREDIT_ALERT_KINDS = ['low_balance', 'exhausted', 'expiring_soon'] as const

/** What a credit alert says. */
export type CreditAlertKind = (typeof CREDIT_ALERT_KINDS)[number]

/** Says once that a wallet needs attention. */
export interface CreditAlert {
  readonly tenantId: string
  readonly walletId: string
  readonly customerId: string | null
  /** Position among the alerts of its tenant, from 1. */
  readonly sequence: number
  readonly kind: CreditAlertKind
  /** Balance threshold, or days. Null for `exhausted`. */
  readonly threshold: Decimal | null
  readonly balance: Decimal
  /** Grant that expires soon. */
  readonly grantId: string | null
  readonly occurredAt: Temporal.Instant
}
