import { type Period, periodIncludes, Temporal } from '@tollgate/kernel'
import type { Discount } from '../../model/discounts/discount.ts'
import type { ChargeRule } from '../../model/rules/charge-rule.ts'
import { chargeRulesFor, type ChargeRuleLookup, type ChargeRuleSet, isRuleFor } from './charge-rules-in-effect.ts'
import { cutByTime } from './cut-by-time.ts'

/** A stretch of a range that is charged by one set of rules, in which every condition on the time answers alike. */
export interface ChargeRulePart {
  readonly range: Period
  readonly rules: ChargeRuleSet
}

/** Who is charged over which range. */
export interface ChargeRuleRange extends Omit<ChargeRuleLookup, 'at'> {
  readonly range: Period
  /** Where it is to be cut as well, whatever the rules: coupons that were redeemed on the way. */
  readonly cuts?: readonly Temporal.Instant[] | undefined
  /** Whether a discount can be given at all, as far as is known: one that cannot does not cut by its validity, hours or weekdays. Any can where it is left out. */
  readonly canApply?: ((discount: Discount) => boolean) | undefined
  /** Set where discounts have no part in it: then they are left out, and do not cut. */
  readonly withoutDiscounts?: boolean | undefined
}

/**
 * Cuts a range where a rule for the tenant begins or ends, and where what a discount says of the time (validity, hours of
 * the day, weekdays) changes its answer. The parts adjoin and cover it. It is not cut where the rules come to say the same:
 * a version with the same terms, or a rule for somebody else, changes nothing. Throws `InvalidInput` where there would be
 * more than 1,000 parts.
 */
export function chargeRuleParts(
  all: readonly ChargeRule[],
  { range, tenantId, plan, cuts = [], canApply, withoutDiscounts = false }: ChargeRuleRange,
): readonly ChargeRulePart[] {
  const rules = withoutDiscounts ? all.filter(({ kind }) => kind !== 'discount') : all
  // A version for somebody else takes the place of one for this tenant, too: so all versions of its rules count.
  const own = new Set(rules.filter(rule => isRuleFor(rule, { tenantId, plan })).map(keyOf))
  const bounds = rules.filter(rule => own.has(keyOf(rule))).flatMap(({ from, to }) => (to === null ? [from] : [from, to]))
  const inside = [...bounds, ...cuts].filter(at => periodIncludes(range, at) && !at.equals(range.from))
  const starts = [...new Map([range.from, ...inside].toSorted(Temporal.Instant.compare).map(at => [at.epochNanoseconds, at])).values()]
  const parts: { from: Temporal.Instant; rules: ChargeRuleSet; key: string }[] = []
  for (const from of starts) {
    const inEffect = chargeRulesFor(rules, { at: from, tenantId, plan })
    const key = JSON.stringify([contentOf(inEffect), cuts.filter(cut => cut.epochNanoseconds <= from.epochNanoseconds).length])
    if (parts.at(-1)?.key !== key) parts.push({ from, rules: inEffect, key })
  }
  const byRules = parts.map(({ from, rules: inEffect }, position) => ({ range: { from, to: parts[position + 1]?.from ?? range.to }, rules: inEffect }))
  return cutByTime(byRules, canApply)
}

function keyOf({ kind, name }: ChargeRule): string {
  return `${kind}\n${name}`
}

/** What rules say, without the names of their versions, and in no order. */
function contentOf({ markups, discounts, priceModel }: ChargeRuleSet): unknown {
  const contentsOf = (some: readonly object[]) => some.map(rule => JSON.stringify({ ...rule, id: undefined })).toSorted()
  return [contentsOf(markups.mostSpecificFirst), contentsOf(discounts), priceModel && { ...priceModel, id: undefined }]
}
