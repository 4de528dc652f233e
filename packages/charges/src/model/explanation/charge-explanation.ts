import type { Decimal, RoundingMode } from '@tollgate/kernel'
import type { DiscountStacking } from '../discounts/discount.ts'
import type { UsageMeasure } from '../discounts/facts/usage-measure.ts'
import type { DiscountBasis } from '../discounts/effects/percentage.ts'
import type { PricedLine } from '../price-models/priced-line.ts'

/**
 * How a charge came about, step by step. Plain data, its numbers as exact numerals: it can be kept as JSON, read by
 * `describeExplanation`, and recomputed by `verifyExplanation` years later, without the rules that it came from.
 */
export interface ChargeExplanation {
  readonly version: 1
  /** ISO 4217. */
  readonly currency: string
  /** The time that the charge was rated for, RFC 3339. */
  readonly at: string
  /** In the order of the pipeline; the first starts at 0, each other where the one before ends. */
  readonly steps: readonly ExplainedStep[]
  /** What the last step ends at. */
  readonly charge: string
}

/** One step of the pipeline. */
export type ExplainedStep = ExplainedCost | ExplainedPrice | ExplainedMarkup | ExplainedDiscount | ExplainedBounds | ExplainedRounding

interface StepFrame {
  /** Of the rule that was considered; null where a step has none. */
  readonly rule: string | null
  readonly before: string
  readonly after: string
  /** Whether the rule had an effect. A step that was not applied ends where it starts. */
  readonly applied: boolean
  /** Why it was applied, or not, for people. */
  readonly reason: string
}

/** What the provider charges, line by line; `rule` is the price's id, null for costs on record that are summed. */
export interface ExplainedCost extends StepFrame {
  readonly step: 'cost'
  /** The interval in which the price holds, half-open; null where it is open. */
  readonly effective: { readonly from: string | null; readonly to: string | null }
  readonly lines: readonly ExplainedLine[]
}

/** What a price model makes of what was metered, or of the cost; `rule` is what the caller named the model. Of the kind `sum` where charges are summed. */
export interface ExplainedPrice extends StepFrame {
  readonly step: 'price'
  readonly kind: string
  /** What the lines' quantities sum to. */
  readonly metered: string
  /**
   * Where a part of a period is priced: what was metered in the period before it, and the price of that. The last line
   * takes it off, so that the step is what the part adds. A part that brings all units into a cheaper tier takes back.
   */
  readonly earlier?: { readonly metered: string; readonly amount: string }
  readonly lines: readonly ExplainedLine[]
}

/** A markup, or that none holds. */
export interface ExplainedMarkup extends StepFrame {
  readonly step: 'markup'
  readonly percent: string | null
}

/** A discount that was considered. */
export interface ExplainedDiscount extends StepFrame {
  readonly step: 'discount'
  readonly rule: string
  readonly priority: number
  readonly stacking: DiscountStacking
  readonly effect: ExplainedEffect
  /** What the effect comes to before limits; null where it was not worked out. */
  readonly wanted: string | null
  readonly limits: {
    readonly maximum: string | null
    readonly remainingBudget: string | null
    readonly floor: string
    /** What it took off earlier parts of the period: a sum off and a maximum are once a period. */
    readonly taken?: string
    /** What earlier parts were charged, above which the floor is. */
    readonly earlier?: string
  }
}

/** What a discount takes off; `measured` is null where it is not known. */
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

/** The least and the most that is charged. */
export interface ExplainedBounds extends StepFrame {
  readonly step: 'bounds'
  readonly atLeast: string | null
  readonly atMost: string | null
}

/** The only rounding that was asked for; both are null where none was. */
export interface ExplainedRounding extends StepFrame {
  readonly step: 'rounding'
  readonly scale: number | null
  readonly mode: RoundingMode | null
}

/** A line: `amount` = `units` × `unitPrice`. */
export type ExplainedLine = { readonly [Field in keyof PricedLine]: string }

/** A line as it is explained. */
export function explainLine({ label, quantity, units, unitPrice, amount }: PricedLine): ExplainedLine {
  return { label, quantity: quantity.toFixed(), units: units.toFixed(), unitPrice: unitPrice.toFixed(), amount: amount.toFixed() }
}

/** A number as it is explained; null for what is not there. */
export function explainNumber(value: Decimal | undefined): string | null {
  return value === undefined ? null : value.toFixed()
}
