import type { Decimal, RoundingMode } from '@tollgate/kernel'
import type { DiscountStacking } from '../discounts/discount.ts'
import type { UsageMeasure } from '../discounts/facts/usage-measure.ts'
import type { DiscountBasis } from '../discounts/effects/percentage.ts'
import type { PricedLine } from '../price-models/priced-line.ts'

/**
 * The steps that lead to a charge. Plain data with numbers as strings, so that it can be stored as JSON, shown with
 * `describeExplanation`, and recomputed with `verifyExplanation` years later, without the original rules.
 */
export interface ChargeExplanation {
  readonly version: 1
  /** ISO 4217. */
  readonly currency: string
  /** Time of the charge, RFC 3339. */
  readonly at: string
  /** In the order of the pipeline. The first starts at 0, each other at the amount of the previous one. */
  readonly steps: readonly ExplainedStep[]
  /** Amount of the last step. */
  readonly charge: string
}

/** One step of the pipeline. */
export type ExplainedStep = ExplainedCost | ExplainedPrice | ExplainedMarkup | ExplainedDiscount | ExplainedBounds | ExplainedRounding

interface StepFrame {
  /** Id of the rule. Null for a step without one. */
  readonly rule: string | null
  readonly before: string
  readonly after: string
  /** Whether the rule had an effect. If not, `after` equals `before`. */
  readonly applied: boolean
  /** Why the rule was applied or not, for people. */
  readonly reason: string
}

/** The provider's cost. `rule` is the id of the price; null for a sum of recorded costs. */
export interface ExplainedCost extends StepFrame {
  readonly step: 'cost'
  /** Effective interval of the price, half-open. Null for an open end. */
  readonly effective: { readonly from: string | null; readonly to: string | null }
  readonly lines: readonly ExplainedLine[]
}

/** The price by a price model, whose name is `rule`. The kind `sum` adds up charges. */
export interface ExplainedPrice extends StepFrame {
  readonly step: 'price'
  readonly kind: string
  /** Sum of the quantities of the lines. */
  readonly metered: string
  /**
   * For a part of a period: the quantity before it in the period, and its price. The last line takes the price off, so that
   * the step is what the part adds. It can be negative if the part moves all units into a cheaper tier.
   */
  readonly earlier?: { readonly metered: string; readonly amount: string }
  readonly lines: readonly ExplainedLine[]
}

/** The markup, or that none matches. */
export interface ExplainedMarkup extends StepFrame {
  readonly step: 'markup'
  readonly percent: string | null
}

/** A discount, applied or not. */
export interface ExplainedDiscount extends StepFrame {
  readonly step: 'discount'
  readonly rule: string
  readonly priority: number
  readonly stacking: DiscountStacking
  readonly effect: ExplainedEffect
  /** Amount of the effect without limits. Null if the discount cannot apply. */
  readonly wanted: string | null
  readonly limits: {
    readonly maximum: string | null
    readonly remainingBudget: string | null
    readonly floor: string
    /** Amount taken off earlier parts of the period: fixed amounts and maximums apply once per period. */
    readonly taken?: string
    /** Charge of earlier parts of the period, which counts towards the floor. */
    readonly earlier?: string
  }
}

/** The effect of a discount. `measured` is null if the volume is unknown. */
export type ExplainedEffect =
  | { readonly kind: 'percentage'; readonly percent: string; readonly basis: DiscountBasis }
  | { readonly kind: 'fixed'; readonly amount: string }
  | {
      readonly kind: 'tiered'
      readonly usage: UsageMeasure
      readonly measured: string | null
      readonly tiers: readonly { readonly from: string; readonly percent: string }[]
      readonly basis: DiscountBasis
    }

/** Minimum and maximum of the charge. */
export interface ExplainedBounds extends StepFrame {
  readonly step: 'bounds'
  readonly atLeast: string | null
  readonly atMost: string | null
}

/** Rounding of the charge. Both fields are null if none was requested. */
export interface ExplainedRounding extends StepFrame {
  readonly step: 'rounding'
  readonly scale: number | null
  readonly mode: RoundingMode | null
}

/** A line: `amount` = `units` × `unitPrice`. */
export type ExplainedLine = { readonly [Field in keyof PricedLine]: string }

/** Returns a line as plain data. */
export function explainLine({ label, quantity, units, unitPrice, amount }: PricedLine): ExplainedLine {
  return { label, quantity: quantity.toFixed(), units: units.toFixed(), unitPrice: unitPrice.toFixed(), amount: amount.toFixed() }
}

/** Returns a number as plain data; null for undefined. */
export function explainNumber(value: Decimal | undefined): string | null {
  return value === undefined ? null : value.toFixed()
}
