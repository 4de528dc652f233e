import type { Decimal, Period } from '@tollgate/kernel'
import type { AppliedDiscount } from '../discounts/applied-discount.ts'
import type { UsageTotals } from '../usage/usage-totals.ts'
import type { ExplainedCharge } from './explained-charge.ts'

/** The charge of one model. */
export interface ExplainedModel extends Omit<UsageTotals, 'cost'> {
  /** As the client sent them. Null for usage without a model. */
  readonly provider: string | null
  readonly model: string | null
  /** Null if none of the calls has a price. */
  readonly cost: Decimal | null
  /** Null if a price list charges all models together. */
  readonly charge: ExplainedCharge | null
}

/** A part of a period that one set of rules applies to. */
export interface ExplainedPart {
  readonly range: Period
  readonly models: readonly ExplainedModel[]
  readonly total: ExplainedCharge
}

/** Sum of the parts with the same rules and the same time-based discounts, such as all nights of a month. */
export interface PartSum {
  /** Number of parts. */
  readonly parts: number
  /** From the start of the first part to the end of the last. Parts with other rules may lie between. */
  readonly range: Period
  /** Ids of the discounts with a time condition that is met in these parts. */
  readonly discounts: readonly string[]
  readonly calls: number
  readonly unpricedCalls: number
  readonly cost: Decimal
  /** Null if one of the parts has no price. */
  readonly charge: Decimal | null
}

/** The charge of a period: its models, its parts and the total. */
export interface ExplainedPeriod {
  /** Highest cost first. */
  readonly models: readonly ExplainedModel[]
  readonly calls: number
  readonly unpricedCalls: number
  /** One for each change of rules or time-based discounts; at least one. Their charges add up to the total before it is rounded. */
  readonly parts: readonly ExplainedPart[]
  /** In the order of their first parts. */
  readonly partSums: readonly PartSum[]
  readonly total: ExplainedCharge
  /** All discounts applied. Book them when the charge becomes final. */
  readonly discounts: readonly AppliedDiscount[]
}
