import type { ChargeRuleTerms } from '@tollgate/charges'
import type { Decimal, Temporal } from '@tollgate/kernel'

/** How often the recurring fee of a plan is due. Usage is always billed by the month. */
export const FEE_INTERVALS = ['month', 'year'] as const

/** How often a recurring fee is due. */
export type FeeInterval = (typeof FEE_INTERVALS)[number]

/** Whether a recurring fee is billed at the start or at the end of its interval. */
export const FEE_TIMINGS = ['in_advance', 'in_arrears'] as const

/** When a recurring fee is billed. */
export type FeeTiming = (typeof FEE_TIMINGS)[number]

/**
 * One version of everything that a tenant can buy. Versions are never changed: subscribers stay on theirs until they are
 * moved to another.
 */
export interface BillingPlan {
  /** Shared by all versions, such as "pro". */
  readonly name: string
  /** Counts up from 1 without gaps. */
  readonly version: number
  /** Names this version everywhere else: the tier of its subscribers, and the plan of its quotas and charge rules. */
  readonly key: string
  /** Shown on invoices, such as "Pro". */
  readonly title: string
  readonly description: string | null
  /** ISO 4217. Of the fees, the commitment and the value of a credit. */
  readonly currency: string
  readonly feeInterval: FeeInterval
  readonly feeTiming: FeeTiming
  /** For one interval, without seats. Zero for a plan that charges usage only. */
  readonly recurringFee: Decimal
  /** Null for a plan that is not sold by seats. */
  readonly seats: SeatTerms | null
  /** What usage costs, by any price model, markup or discount. Published as charge rules of the plan. */
  readonly usageCharges: readonly PlanUsageCharge[]
  /** The least that usage costs in a month, in full. Null for no commitment. */
  readonly minimumCommitment: Decimal | null
  /** Null leaves the quotas of the version before; for a first version, those that the server has for a plan of this key. */
  readonly quotas: PlanQuotas | null
  /** Credits given each month. Null for none. */
  readonly creditAllowance: PlanCreditAllowance | null
  /** What one consumed credit pays of the charges of usage. Null if credits pay nothing on invoices. */
  readonly creditValue: Decimal | null
  /** Days without fees and charges at the start of a trial. Zero for a plan that cannot be tried. */
  readonly trialDays: number
  /** Orders plans: a change to a higher rank is an upgrade. */
  readonly rank: number
  readonly publishedAt: Temporal.Instant
}

/** The price of seats, for one interval of the fee. */
export interface SeatTerms {
  /** Number of seats in the recurring fee. */
  readonly included: number
  /** Of each further seat. */
  readonly unitPrice: Decimal
}

/** One charge rule of a plan. */
export interface PlanUsageCharge {
  /** Unique in the plan, such as "tokens". */
  readonly name: string
  readonly terms: ChargeRuleTerms
}

/** The quotas of a plan, as the quotas package reads them. Amounts and times are texts. */
export interface PlanQuotas {
  readonly policies: readonly Readonly<Record<string, unknown>>[]
  /** The decision for metrics without a policy. */
  readonly unlisted: 'allow' | 'deny'
}

/** Credits that a plan gives at the start of each billing period. */
export interface PlanCreditAllowance {
  readonly amount: Decimal
  /** Maximum percentage of what is left that stays for the next period. Null for none. */
  readonly rolloverPercent: Decimal | null
}
