import type { Decimal, Period } from '@tollgate/kernel'

/** A billing period in which late usage is not looked for any more. */
export interface SettledPeriod {
  readonly tenantId: string
  readonly subscriptionId: string
  readonly period: Period
  /** What was used in it when late usage was last looked for. Null if that is not known yet. */
  readonly settled: UsageTotal | null
}

/** How much was used. */
export interface UsageTotal {
  readonly calls: number
  /** What providers charge for it. */
  readonly cost: Decimal
}
