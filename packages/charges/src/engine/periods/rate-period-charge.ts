import { type Decimal, type Period, ZERO } from '@tollgate/kernel'
import type { AppliedDiscount } from '../../model/discounts/applied-discount.ts'
import { sumParts } from '../../model/price-models/usage-part.ts'
import type { ChargeContext } from '../charge/charge-context.ts'
import type { ChargeRounding } from '../charge/charge-rounding.ts'
import { rateCharge, type RatedCharge } from '../charge/rate-charge.ts'
import type { ChargeRulePart } from '../rules/charge-rule-parts.ts'
import type { CarryOver } from './carry-over.ts'
import { ratePartCharge, type RatedPartCharge, type UsageLine } from './rate-part-charge.ts'

/** A part of a period: its rules and its usage. */
export interface ChargePart extends Pick<ChargeRulePart, 'range'> {
  readonly rules: Pick<ChargeRulePart['rules'], 'markups' | 'discounts' | 'priceModel'>
  readonly lines: readonly UsageLine[]
  /** Plan of the tenant in this part. Defaults to that of the context. */
  readonly plan?: string | null | undefined
}

/** A tenant's usage of a period. */
export interface RatePeriodChargeInput {
  /** Adjoining parts in order, at least one. */
  readonly parts: readonly ChargePart[]
  /** Applies to all parts, except that each part has its own time and plan. Discount states are by the ids of all discounts. */
  readonly context: ChargeContext
  readonly rounding?: ChargeRounding | undefined
}

/** The charge of a period. Its parts add up to the total before it is rounded. */
export interface RatedPeriodCharge {
  readonly parts: readonly { readonly range: Period; readonly rated: RatedPartCharge }[]
  readonly total: RatedCharge
  /** All discounts applied. Book them when the charge becomes final. */
  readonly discounts: readonly AppliedDiscount[]
}

/**
 * Charges a period: each part by its own rules, and with what the parts before it carry over. Markups, percentages and unit
 * prices apply to the usage of their part. Rules that do not change give the same charge with and without a cut, except
 * discounts that depend on the whole charge (see docs/guides/pricing-and-charges.md).
 *
 * Unpriced if a part is. Never negative: parts take back at most the charges of the other parts.
 */
export function ratePeriodCharge({ parts, context, rounding }: RatePeriodChargeInput): RatedPeriodCharge {
  const [first, ...others] = parts
  if (first !== undefined && others.length === 0) {
    const rated = ratePartCharge({ ...first, context: withPlan(context, first.plan), rounding })
    return { parts: [{ range: first.range, rated }], total: rated.total, discounts: rated.discounts }
  }
  const rated = rateInOrder(parts, context)
  const discounts = rated.flatMap(part => part.rated.discounts)
  const sums: { label: string; quantity: Decimal; amount: Decimal }[] = []
  for (const [position, { range, rated: part }] of rated.entries()) {
    const label = `part ${position + 1}, ${range.from.toString()} to ${range.to.toString()}`
    if (part.total.state === 'unpriced') return { parts: rated, total: { ...part.total, reason: `${label}: ${part.total.reason}` }, discounts }
    sums.push({ label, quantity: sumParts(parts[position]?.lines.flatMap(line => line.parts) ?? []), amount: part.total.charge })
  }
  const sum = sums.reduce((all, { amount }) => all.plus(amount), ZERO)
  if (sum.lt(0)) sums.push({ label: 'parts take back at most what was charged', quantity: ZERO, amount: sum.neg() })
  const reason = `the charges of ${parts.length} parts, each by the rules of its own time`
  return { parts: rated, total: rateCharge({ usage: { known: { of: 'charge', lines: sums, reason } }, context, rounding }), discounts }
}

function rateInOrder(parts: readonly ChargePart[], context: ChargeContext): RatedPeriodCharge['parts'] {
  let carried: CarryOver | undefined
  return parts.map(({ range, rules, lines, plan }) => {
    const rated = ratePartCharge({ lines, rules, context: { ...withPlan(context, plan), partFrom: range.from }, carried })
    carried = rated.carried
    return { range, rated }
  })
}

function withPlan(context: ChargeContext, plan: string | null | undefined): ChargeContext {
  return plan === undefined ? context : { ...context, plan, billingTier: plan }
}
