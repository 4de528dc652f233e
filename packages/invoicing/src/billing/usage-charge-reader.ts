import type { Decimal, Period } from '@tollgate/kernel'
import type { PeriodUsage } from '../engine/billing/usage-dues.ts'
import type { UsageTotal } from '../model/billing/settled-period.ts'
import type { BillingPeriod } from '../model/billing/billed-period.ts'

/** A billing period whose usage is to be charged. */
export interface UsagePeriod extends BillingPeriod {
  /** Stretches of the period in which usage is charged, in order. */
  readonly ranges: readonly Period[]
  /** What this period was given of each promotion on earlier invoices, by name. It does not count against the budgets that are left. */
  readonly discounted: ReadonlyMap<string, Decimal>
}

/** Reads what usage costs. Implement it over `Charges.explainPeriod`. */
export interface UsageChargeReader {
  /** Returns the charges of each period, in order. Together they take no more of a budget than is left of it. */
  read(tenantId: string, periods: readonly UsagePeriod[]): Promise<readonly PeriodUsage[]>
  /** Returns how much was used in each range, in order. The ranges are in order, and do not overlap. */
  totals(tenantId: string, ranges: readonly Period[]): Promise<readonly UsageTotal[]>
}

/** Reads how many credits of a tenant were consumed. Implement it over its wallet. */
export interface ConsumedCreditsReader {
  /** Returns the credits consumed in each period, in order. */
  consumed(tenantId: string, periods: readonly Period[]): Promise<readonly Decimal[]>
}
