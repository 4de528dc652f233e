import type { Temporal } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import type { Numeral } from '../numbers/numeral.ts'
import type { DiscountDraft } from '../discounts/discount.ts'
import type { PriceModelDraft } from '../price-models/price-model.ts'

/** The terms of a rule. Plain data, the input of the `define…` functions, stored as JSON. */
export type ChargeRuleTerms = MarkupTerms | DiscountTerms | PriceModelTerms

/** A percentage added to the provider's cost; 25 adds a quarter. Defaults to all providers and models. */
export interface MarkupTerms {
  readonly kind: 'markup'
  readonly percent: Numeral
  readonly provider?: string | null | undefined
  readonly model?: string | null | undefined
}

/** A discount. Its id is the name and version of the rule. */
export interface DiscountTerms {
  readonly kind: 'discount'
  readonly discount: Omit<DiscountDraft, 'id' | 'promotion'>
}

/** A price list that replaces cost and markup. */
export interface PriceModelTerms {
  readonly kind: 'price-model'
  readonly priceModel: PriceModelDraft
  /** What its units are. Defaults to tokens. A percentage always applies to the cost. */
  readonly counts?: CountedUsage | null | undefined
}

/** What a price list can count: tokens by pool, quantities of compute operations by operation, or requests. */
export const COUNTED_USAGE = ['tokens', 'quantity', 'requests'] as const

/** One thing that a price list can count. */
export type CountedUsage = (typeof COUNTED_USAGE)[number]

/** The kinds of rules. */
export const CHARGE_RULE_KINDS = ['markup', 'discount', 'price-model'] as const

/** A kind of rule. */
export type ChargeRuleKind = (typeof CHARGE_RULE_KINDS)[number]

/**
 * One version of a charge rule, in effect for an interval. Versions are never changed: a later version replaces it for its
 * own interval, and a withdrawal is a version without terms.
 */
export interface ChargeRule {
  /** Of this version: a UUIDv7. */
  readonly id: string
  readonly kind: ChargeRuleKind
  /** Shared by all versions of the rule, with the kind. */
  readonly name: string
  /** Counts up from 1 without gaps, in the order of publication. */
  readonly version: number
  /** The tenant that it applies to. Null for all tenants. */
  readonly tenantId: string | null
  /** The plan that it applies to. Null for all plans. */
  readonly plan: string | null
  /** Half-open interval. `to` is null if it has no end. */
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant | null
  /** Null if this version withdraws the rule. */
  readonly terms: ChargeRuleTerms | null
  readonly publishedAt: Temporal.Instant
}

/** A rule to publish: a new one, or the next version of the rule with this kind and name. */
export interface ChargeRuleDraft {
  readonly name: string
  readonly tenantId?: string | null | undefined
  readonly plan?: string | null | undefined
  /** Defaults to now. May be in the past. */
  readonly from?: TimeInput | null | undefined
  readonly to?: TimeInput | null | undefined
  readonly terms: ChargeRuleTerms
}

/** Returns the name of a version in explanations: "launch v2". */
export function chargeRuleLabel({ name, version }: Pick<ChargeRule, 'name' | 'version'>): string {
  return `${name} v${version}`
}
