import type { Temporal } from '@tollgate/kernel'
import type { Numeral } from '../numbers/numeral.ts'
import type { DiscountDraft } from '../discounts/discount.ts'
import type { PriceModelDraft } from '../price-models/price-model.ts'

/** What a rule says. Plain data, as the `define…` functions take it: it is kept as JSON. */
export type ChargeRuleTerms = MarkupTerms | DiscountTerms | PriceModelTerms

/** A percentage on top of what providers charge; 25 is a quarter. For all providers and models where none is named. */
export interface MarkupTerms {
  readonly kind: 'markup'
  readonly percent: Numeral
  readonly provider?: string | null | undefined
  readonly model?: string | null | undefined
}

/** Something taken off. Its id is the rule's name and version. */
export interface DiscountTerms {
  readonly kind: 'discount'
  readonly discount: Omit<DiscountDraft, 'id' | 'promotion'>
}

/** A price list of our own, by which is charged instead of by cost and markup. */
export interface PriceModelTerms {
  readonly kind: 'price-model'
  readonly priceModel: PriceModelDraft
  /** What of usage its units are; tokens where it is left out. A percentage is of costs, whatever is said here. */
  readonly counts?: CountedUsage | null | undefined
}

/** What a price list may count: tokens by pool, the quantities of compute operations by operation, or requests. */
export const COUNTED_USAGE = ['tokens', 'quantity', 'requests'] as const

/** One thing that a price list may count. */
export type CountedUsage = (typeof COUNTED_USAGE)[number]

/** The kinds of rules. */
export const CHARGE_RULE_KINDS = ['markup', 'discount', 'price-model'] as const

/** One kind of rules. */
export type ChargeRuleKind = (typeof CHARGE_RULE_KINDS)[number]

/**
 * One version of a rule of how tenants are charged, in effect from one time to another. Never changed: a later version
 * takes its place for its own interval, and a withdrawal is a version without terms.
 */
export interface ChargeRule {
  /** Of this version: a UUIDv7. */
  readonly id: string
  readonly kind: ChargeRuleKind
  /** What all versions of the rule share, with the kind. */
  readonly name: string
  /** Counts up from 1, without gaps, in the order of publication. */
  readonly version: number
  /** Whose charges it is for; null for everybody's. */
  readonly tenantId: string | null
  /** For tenants on this plan only; null for those on any. */
  readonly plan: string | null
  /** Half-open; null where it has no end. */
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant | null
  /** Null where this version withdraws the rule. */
  readonly terms: ChargeRuleTerms | null
  readonly publishedAt: Temporal.Instant
}

/** A rule to be published: a new one, or the next version of the one with its kind and name. */
export interface ChargeRuleDraft {
  readonly name: string
  readonly tenantId?: string | null | undefined
  readonly plan?: string | null | undefined
  /** From now on, where it is left out. May lie in the past. */
  readonly from?: Temporal.Instant | null | undefined
  readonly to?: Temporal.Instant | null | undefined
  readonly terms: ChargeRuleTerms
}

/** What explanations call a version of a rule: "launch v2". */
export function chargeRuleLabel({ name, version }: Pick<ChargeRule, 'name' | 'version'>): string {
  return `${name} v${version}`
}
