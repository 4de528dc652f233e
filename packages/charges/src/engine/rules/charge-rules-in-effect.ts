import { Temporal } from '@tollgate/kernel'
import { defineMarkups, type MarkupDraft, type Markups } from '../../model/markups/markups.ts'
import { defineDiscount, type Discount } from '../../model/discounts/discount.ts'
import { definePriceModel, type PriceModel } from '../../model/price-models/price-model.ts'
import { type ChargeRule, chargeRuleLabel, type CountedUsage } from '../../model/rules/charge-rule.ts'

/** The tenant and the time that rules are looked up for. */
export interface ChargeRuleLookup {
  readonly at: Temporal.Instant
  readonly tenantId: string
  /** Null for a tenant without a plan. */
  readonly plan: string | null
}

/** The rules that apply to one charge, ready for `rateCharge`. */
export interface ChargeRuleSet {
  readonly markups: Markups
  readonly discounts: readonly Discount[]
  /** Set if the tenant is charged by a price list. Then markups do not apply. */
  readonly priceModel: PriceList | undefined
  /** The versions of these rules, in the order of publication. */
  readonly versions: readonly ChargeRule[]
}

/** A published price model, by which a tenant is charged instead of by cost and markup. */
export interface PriceList {
  /** Name and version: "list v2". */
  readonly id: string
  /** Shared by all versions. A period with several versions continues counting from one to the next. */
  readonly name: string
  readonly model: PriceModel
  readonly counts: CountedUsage
}

/** Returns the version of each rule that is in effect at a time: the one published last whose interval contains it, unless it withdraws the rule. */
export function chargeRulesInEffect(rules: readonly ChargeRule[], at: Temporal.Instant): readonly ChargeRule[] {
  const last = new Map<string, ChargeRule>()
  for (const rule of rules) {
    if (!includes(rule, at)) continue
    const key = `${rule.kind}\n${rule.name}`
    last.delete(key) // Keeps the order of publication.
    last.set(key, rule)
  }
  return [...last.values()].filter(({ terms }) => terms !== null)
}

/**
 * Returns the rules for a tenant at a time. Of markups for the same charges, the one published last applies. A price model
 * for the tenant takes precedence over one for its plan, and that over one for all; then the one published last.
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

/** Whether a version applies to a tenant on a plan. */
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

/** Drops all but the last of markups for the same charges, which `defineMarkups` would reject. */
function lastOfEachScope(markups: readonly MarkupDraft[]): readonly MarkupDraft[] {
  const scope = ({ tenantId, plan, provider, model }: MarkupDraft) => JSON.stringify([tenantId, plan, provider?.toLowerCase(), model?.toLowerCase()])
  return [...new Map(markups.map(markup => [scope(markup), markup])).values()]
}

function mostSpecificPriceModel(rules: readonly ChargeRule[]): ChargeRuleSet['priceModel'] {
  const rank = ({ tenantId, plan }: ChargeRule) => (tenantId === null ? 0 : 2) + (plan === null ? 0 : 1)
  const models = rules.flatMap(rule => (rule.terms?.kind === 'price-model' ? [{ rule, terms: rule.terms }] : []))
  // The sort is stable: of equals, the one published last stays last.
  const chosen = models.toSorted((a, b) => rank(a.rule) - rank(b.rule)).at(-1)
  if (chosen === undefined) return undefined
  const { rule, terms } = chosen
  return { id: chargeRuleLabel(rule), name: rule.name, model: definePriceModel(terms.priceModel), counts: terms.counts ?? 'tokens' }
}
