import { type Decimal, type Period, ZERO } from '@tollgate/kernel'
import type { ChargeContext } from '../charge/charge-context.ts'
import type { ChargeRounding } from '../charge/charge-rounding.ts'
import type { GivenDiscount } from '../discounts/apply-discounts.ts'
import { sumParts } from '../../model/price-models/usage-part.ts'
import { rateCharge, type RatedCharge } from '../charge/rate-charge.ts'
import type { CarriedGroup } from './carry-over.ts'
import type { ChargeRulePart } from '../rules/charge-rule-parts.ts'
import { type GroupChargeLine, rateGroupCharge, type RatedGroupCharge } from './rate-part-charge.ts'

/** A part of a period with what was used in it. */
export interface UsedRulePart extends Pick<ChargeRulePart, 'range'> {
  readonly rules: Pick<ChargeRulePart['rules'], 'markups' | 'discounts' | 'priceModel'>
  readonly lines: readonly GroupChargeLine[]
}

/** A tenant's use of a period, part by part. */
export interface RatePeriodChargeInput {
  /** In order, adjoining; one at the least. */
  readonly parts: readonly UsedRulePart[]
  /** Of the whole period; each part is judged by its own time. Standings by the ids of all the parts' discounts. */
  readonly context: ChargeContext
  readonly rounding?: ChargeRounding | undefined
}

/** What a period comes to, and its parts, which sum to it. */
export interface RatedPeriodCharge {
  readonly parts: readonly { readonly range: Period; readonly rated: RatedGroupCharge }[]
  readonly total: RatedCharge
  /** Everything that was taken off: what is to be booked where the charge becomes final. */
  readonly given: readonly GivenDiscount[]
}

/**
 * Charges a period whose rules change on the way: each part by its own rules, and what is once a period is carried over
 * (`CarriedGroup`). Percentages, markups and unit prices are of what was used in their part; rules that stay the same
 * give the same charge whether the period is cut or not, but for discounts that look at the whole charge (see the README).
 *
 * Unpriced where a part is. Never negative: parts take back at the most what the others came to.
 */
export function ratePeriodCharge({ parts, context, rounding }: RatePeriodChargeInput): RatedPeriodCharge {
  const [first, ...others] = parts
  if (first !== undefined && others.length === 0) {
    const rated = rateGroupCharge({ ...first, context, rounding })
    return { parts: [{ range: first.range, rated }], total: rated.total, given: rated.given }
  }
  const rated = rateInOrder(parts, context)
  const given = rated.flatMap(part => part.rated.given)
  const sums: { label: string; quantity: Decimal; amount: Decimal }[] = []
  for (const [position, { range, rated: part }] of rated.entries()) {
    const label = `part ${position + 1}, ${range.from.toString()} to ${range.to.toString()}`
    if (part.total.state === 'unpriced') return { parts: rated, total: { ...part.total, reason: `${label}: ${part.total.reason}` }, given }
    sums.push({ label, quantity: sumParts(parts[position]?.lines.flatMap(line => line.parts) ?? []), amount: part.total.charge })
  }
  const sum = sums.reduce((all, { amount }) => all.plus(amount), ZERO)
  if (sum.lt(0)) sums.push({ label: 'no more is taken back than was charged', quantity: ZERO, amount: sum.neg() })
  const reason = `the charges of ${parts.length} parts, each by the rules of its own time`
  return { parts: rated, total: rateCharge({ usage: { known: { of: 'charge', lines: sums, reason } }, context, rounding }), given }
}

function rateInOrder(parts: readonly UsedRulePart[], context: ChargeContext): RatedPeriodCharge['parts'] {
  let carried: CarriedGroup | undefined
  return parts.map(({ range, rules, lines }) => {
    const rated = rateGroupCharge({ lines, rules, context: { ...context, partFrom: range.from }, carried })
    carried = rated.carried
    return { range, rated }
  })
}
