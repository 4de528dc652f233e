import { type Period, periodIncludes, Temporal } from '@tollgate/kernel'
import type { Discount } from '../../model/discounts/discount.ts'
import type { ChargeRule } from '../../model/rules/charge-rule.ts'
import { chargeRulesFor, type ChargeRuleLookup, type ChargeRuleSet, isRuleFor } from './charge-rules-in-effect.ts'
import { cutByTime } from './cut-by-time.ts'

/** A part of a range with one set of rules, in which no time condition changes. */
export interface ChargeRulePart {
  readonly range: Period
  readonly rules: ChargeRuleSet
  /** Of the tenant, in this part. */
  readonly plan: string | null
}

/** The tenant and the range that rules are looked up for. */
export interface ChargeRuleRange extends Omit<ChargeRuleLookup, 'at'> {
  readonly range: Period
  /** Additional cuts, such as the times when coupons were redeemed. */
  readonly cuts?: readonly Temporal.Instant[] | undefined
  /** Whether a discount can apply in the range. One that cannot does not cut it. Defaults to true for all. */
  readonly canApply?: ((discount: Discount) => boolean) | undefined
  /** Which discounts apply. Defaults to all. */
  readonly includes?: ((discount: Discount) => boolean) | undefined
  /** Omits discounts. Defaults to false. */
  readonly withoutDiscounts?: boolean | undefined
}

/**
 * Cuts a range where the tenant's rules change, and where time-based discounts (validity, hours of day, weekdays) start or
 * end. The parts adjoin and cover the range. A new version with the same terms, or a rule for another tenant, does not cut.
 * Throws `InvalidInput` for more than 1,000 parts.
 */
export function chargeRuleParts(
  versions: readonly ChargeRule[],
  { range, tenantId, plan, cuts = [], canApply, includes, withoutDiscounts = false }: ChargeRuleRange,
): readonly ChargeRulePart[] {
  const rules = withoutDiscounts ? versions.filter(({ kind }) => kind !== 'discount') : versions
  // All versions of the tenant's rules, because a version for another tenant also replaces one for this tenant.
  const own = new Set(rules.filter(rule => isRuleFor(rule, { tenantId, plan })).map(keyOf))
  const bounds = rules.filter(rule => own.has(keyOf(rule))).flatMap(({ from, to }) => (to === null ? [from] : [from, to]))
  const inside = [...bounds, ...cuts].filter(at => periodIncludes(range, at) && !at.equals(range.from))
  const starts = [...new Map([range.from, ...inside].toSorted(Temporal.Instant.compare).map(at => [at.epochNanoseconds, at])).values()]
  const parts: { from: Temporal.Instant; rules: ChargeRuleSet; key: string }[] = []
  for (const from of starts) {
    const all = chargeRulesFor(rules, { at: from, tenantId, plan })
    const inEffect = includes === undefined ? all : { ...all, discounts: all.discounts.filter(includes) }
    const key = JSON.stringify([contentOf(inEffect), cuts.filter(cut => cut.epochNanoseconds <= from.epochNanoseconds).length])
    if (parts.at(-1)?.key !== key) parts.push({ from, rules: inEffect, key })
  }
  const byRules = parts.map(({ from, rules: inEffect }, position) => ({ range: { from, to: parts[position + 1]?.from ?? range.to }, rules: inEffect, plan }))
  return cutByTime(byRules, canApply)
}

function keyOf({ kind, name }: ChargeRule): string {
  return `${kind}\n${name}`
}

/** Returns the content of rules without version names, in a canonical order. */
function contentOf({ markups, discounts, priceModel }: ChargeRuleSet): unknown {
  const contentsOf = (some: readonly object[]) => some.map(rule => JSON.stringify({ ...rule, id: undefined })).toSorted()
  return [contentsOf(markups.mostSpecificFirst), contentsOf(discounts), priceModel && { ...priceModel, id: undefined }]
}
