import { Temporal } from '@tollgate/kernel'
import { defineMarkups, type MarkupDraft, type Markups } from '../../model/markups/markups.ts'
import { defineDiscount, type Discount } from '../../model/discounts/discount.ts'
import { definePriceModel, type PriceModel } from '../../model/price-models/price-model.ts'
import { type ChargeRule, chargeRuleLabel, type CountedUsage } from '../../model/rules/charge-rule.ts'

/** Who is charged, and when: what rules are looked up by. */
export interface ChargeRuleLookup {
  readonly at: Temporal.Instant
  readonly tenantId: string
  /** Null where the tenant is on none. */
  readonly plan: string | null
}

/** The rules of one charge, ready for `rateCharge`. */
export interface ChargeRuleSet {
  readonly markups: Markups
  readonly discounts: readonly Discount[]
  /** Set where the tenant or its plan is charged by a price list of our own; then markups do not count. */
  readonly priceModel: PriceList | undefined
  /** The versions that these are, in the order of publication. */
  readonly versions: readonly ChargeRule[]
}

/** A price list of our own. */
export interface PriceList {
  /** The version: "list v2". */
  readonly id: string
  /** What all its versions share: a period that has several of them goes on counting from one to the next. */
  readonly name: string
  readonly model: PriceModel
  readonly counts: CountedUsage
}

/** The version of each rule that is in effect at a time: the last published one whose interval has the time in it. None where that one withdraws it. */
export function chargeRulesInEffect(rules: readonly ChargeRule[], at: Temporal.Instant): readonly ChargeRule[] {
  const last = new Map<string, ChargeRule>()
  for (const rule of rules) {
    if (!includes(rule, at)) continue
    const key = `${rule.kind}\n${rule.name}`
    last.delete(key) // So that a rule stands where its version was published.
    last.set(key, rule)
  }
  return [...last.values()].filter(({ terms }) => terms !== null)
}

/**
 * The rules for a tenant's charge at a time. Of markups for the very same, the one published last counts; of price
 * models, one for the tenant goes before one for its plan and that before one for all, then the one published last.
 */
export function chargeRulesFor(rules: readonly ChargeRule[], { at, tenantId, plan }: ChargeRuleLookup): ChargeRuleSet {
  const own = chargeRulesInEffect(rules, at).filter(rule => isRuleFor(rule, { tenantId, plan }))
  return {
    markups: defineMarkups(lastOfEachScope(own.flatMap(markupDraft))),
    discounts: own.flatMap(rule =>
      rule.terms?.kind === 'discount' ? [defineDiscount({ ...rule.terms.discount, id: chargeRuleLabel(rule), promotion: rule.name })] : [],
    ),
    priceModel: mostSpecificPriceModel(own),
    versions: own,
  }
}

/** Whether a version is for a tenant on a plan. */
export function isRuleFor(rule: Pick<ChargeRule, 'tenantId' | 'plan'>, { tenantId, plan }: Pick<ChargeRuleLookup, 'tenantId' | 'plan'>): boolean {
  return (rule.tenantId === null || rule.tenantId === tenantId) && (rule.plan === null || rule.plan === plan)
}

function includes({ from, to }: ChargeRule, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(from, at) <= 0 && (to === null || Temporal.Instant.compare(at, to) < 0)
}

function markupDraft(rule: ChargeRule): readonly MarkupDraft[] {
  if (rule.terms?.kind !== 'markup') return []
  const { kind: _kind, ...terms } = rule.terms
  return [{ ...terms, id: chargeRuleLabel(rule), tenantId: rule.tenantId, plan: rule.plan }]
}

/** Two markups for the very same cannot stand in one set; which one counts must not be open. */
function lastOfEachScope(markups: readonly MarkupDraft[]): readonly MarkupDraft[] {
  const scope = ({ tenantId, plan, provider, model }: MarkupDraft) => JSON.stringify([tenantId, plan, provider?.toLowerCase(), model?.toLowerCase()])
  return [...new Map(markups.map(markup => [scope(markup), markup])).values()]
}

function mostSpecificPriceModel(rules: readonly ChargeRule[]): ChargeRuleSet['priceModel'] {
  const rank = ({ tenantId, plan }: ChargeRule) => (tenantId === null ? 0 : 2) + (plan === null ? 0 : 1)
  const models = rules.flatMap(rule => (rule.terms?.kind === 'price-model' ? [{ rule, terms: rule.terms }] : []))
  // A stable sort: of equals, the last published stays last.
  const chosen = models.toSorted((a, b) => rank(a.rule) - rank(b.rule)).at(-1)
  if (chosen === undefined) return undefined
  const { rule, terms } = chosen
  return { id: chargeRuleLabel(rule), name: rule.name, model: definePriceModel(terms.priceModel), counts: terms.counts ?? 'tokens' }
}
