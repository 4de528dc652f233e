import type { ChargeRuleTerms } from '@tollgate/charges'
import type { AmountInput } from '@tollgate/kernel/input'
import type { FeeInterval, FeeTiming, PlanQuotas } from './billing-plan.ts'

/** An exact amount: text, a Decimal or a safe integer. */
export type PlanAmount = AmountInput

/** A plan as written by a person or program, before it is checked. Null means the default. */
export interface BillingPlanDraft {
  /** Lower-case letters, digits, hyphens and underscores. A name that exists gets its next version. */
  readonly name: string
  readonly title: string
  readonly description?: string | null | undefined
  /** ISO 4217. Defaults to USD. */
  readonly currency?: string | null | undefined
  /** Defaults to `month`. */
  readonly feeInterval?: FeeInterval | null | undefined
  /** Defaults to `in_advance`. */
  readonly feeTiming?: FeeTiming | null | undefined
  /** Defaults to 0. */
  readonly recurringFee?: PlanAmount | null | undefined
  /** Defaults to none: the plan is not sold by seats. */
  readonly seats?: { readonly included?: number | null | undefined; readonly unitPrice: PlanAmount } | null | undefined
  /** Defaults to none: usage costs what the rules for all plans say. */
  readonly usageCharges?: readonly { readonly name: string; readonly terms: ChargeRuleTerms }[] | null | undefined
  readonly minimumCommitment?: PlanAmount | null | undefined
  /** Defaults to the quotas that exist under the key of the version. */
  readonly quotas?: PlanQuotas | null | undefined
  readonly creditAllowance?: { readonly amount: PlanAmount; readonly rolloverPercent?: PlanAmount | null | undefined } | null | undefined
  readonly creditValue?: PlanAmount | null | undefined
  /** Defaults to 0: the plan cannot be tried. */
  readonly trialDays?: number | null | undefined
  /** Defaults to 0. */
  readonly rank?: number | null | undefined
}
