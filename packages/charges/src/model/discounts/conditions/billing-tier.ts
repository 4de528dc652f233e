import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The customer has one of these billing tiers. */
export interface BillingTierCondition {
  readonly kind: 'billing-tier'
  readonly anyOf: readonly string[]
}

/** Reads a billing tier condition. */
export function readBillingTier(fields: Fields): BillingTierCondition {
  return { kind: 'billing-tier', anyOf: fields.texts('anyOf') }
}

/** Returns why the condition is not met; undefined if it is. */
export function unmetBillingTier({ anyOf }: BillingTierCondition, { billingTier }: DiscountFacts): string | undefined {
  if (billingTier === undefined) return `it is for the billing tiers ${anyOf.join(', ')}, and the customer's is unknown`
  return anyOf.includes(billingTier) ? undefined : `it is for the billing tiers ${anyOf.join(', ')}, not ${billingTier}`
}
