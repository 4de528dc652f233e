import { InvalidInput, type Period, periodIncludes, Temporal } from '@tollgate/kernel'
import { type Discount, defineDiscount } from '../discounts/discount.ts'
import { unmetValidity } from '../discounts/conditions/validity.ts'
import type { ChargeRule } from './charge-rule.ts'
import { chargeRulesFor, type ChargeRuleLookup, type ChargeRuleSet, isRuleFor } from './charge-rules-in-effect.ts'

/** A stretch of a range that is charged by one set of rules. */
export interface ChargeRulePart {
  readonly range: Period
  readonly rules: ChargeRuleSet
}

/** Who is charged over which range. */
export interface ChargeRuleRange extends Omit<ChargeRuleLookup, 'at'> {
  readonly range: Period
  /** Where it is to be cut as well, whatever the rules: coupons that were redeemed on the way. */
  readonly cuts?: readonly Temporal.Instant[] | undefined
}

/** Parts that one range may have: each is read and charged by itself. */
const MOST_PARTS = 100

/**
 * Cuts a range where a rule for the tenant begins or ends, or a discount's validity does. The parts adjoin and cover it.
 * It is not cut where the rules come to say the same: a version with the same terms, or a rule for somebody else, changes
 * nothing. Throws `InvalidInput` where there would be more than 100 parts.
 */
export function chargeRuleParts(rules: readonly ChargeRule[], { range, tenantId, plan, cuts = [] }: ChargeRuleRange): readonly ChargeRulePart[] {
  // A version for somebody else takes the place of one for this tenant, too: so all versions of its rules count.
  const own = new Set(rules.filter(rule => isRuleFor(rule, { tenantId, plan })).map(keyOf))
  const bounds = rules.filter(rule => own.has(keyOf(rule))).flatMap(boundsOf)
  const inside = [...bounds, ...cuts].filter(at => periodIncludes(range, at) && !at.equals(range.from))
  const starts = [...new Map([range.from, ...inside].toSorted(Temporal.Instant.compare).map(at => [at.epochNanoseconds, at])).values()]
  const parts: { from: Temporal.Instant; rules: ChargeRuleSet; key: string }[] = []
  for (const from of starts) {
    const inEffect = chargeRulesFor(rules, { at: from, tenantId, plan })
    const key = JSON.stringify([contentOf(inEffect, from), cuts.filter(cut => cut.epochNanoseconds <= from.epochNanoseconds).length])
    if (parts.at(-1)?.key !== key) parts.push({ from, rules: inEffect, key })
  }
  if (parts.length > MOST_PARTS) {
    throw new InvalidInput([{ path: 'range', message: `has ${parts.length} parts with rules of their own; at most ${MOST_PARTS} can be charged at once` }])
  }
  return parts.map(({ from, rules: inEffect }, position) => ({ range: { from, to: parts[position + 1]?.from ?? range.to }, rules: inEffect }))
}

function keyOf({ kind, name }: ChargeRule): string {
  return `${kind}\n${name}`
}

function boundsOf({ from, to, terms }: ChargeRule): readonly Temporal.Instant[] {
  const validity = terms?.kind === 'discount' ? validitiesOf(defineDiscount({ ...terms.discount, id: 'cut' })).flatMap(valid => [valid.from, valid.to]) : []
  return [from, to, ...validity].filter(at => at !== undefined && at !== null)
}

function validitiesOf({ conditions }: Discount) {
  return conditions.filter(condition => condition.kind === 'validity')
}

/** What rules say, without the names of their versions, and in no order. */
function contentOf({ markups, discounts, priceModel }: ChargeRuleSet, from: Temporal.Instant): unknown {
  const validNow = (discount: Discount) => validitiesOf(discount).map(valid => unmetValidity(valid, { partFrom: from }) === undefined)
  const priceList = priceModel && { ...priceModel, id: undefined }
  return [
    markups.mostSpecificFirst.map(markup => JSON.stringify({ ...markup, id: undefined })).toSorted(),
    discounts.map(discount => JSON.stringify({ ...discount, id: undefined, valid: validNow(discount) })).toSorted(),
    priceList,
  ]
}
