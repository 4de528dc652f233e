import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The customer is on one of these billing tiers. */
export interface BillingTierCondition {
  readonly kind: 'billing-tier'
  readonly anyOf: readonly string[]
}

/** Reads a condition on the billing tier. */
export function readBillingTier(fields: Fields): BillingTierCondition {
  return { kind: 'billing-tier', anyOf: fields.texts('anyOf') }
}

/** Why the billing tier does not hold; undefined where it does. */
export function unmetBillingTier({ anyOf }: BillingTierCondition, { billingTier }: DiscountFacts): string | undefined {
  if (billingTier === undefined) return `it is for the billing tiers ${anyOf.join(', ')}, and the customer's is not known`
  return anyOf.includes(billingTier) ? undefined : `it is for the billing tiers ${anyOf.join(', ')}, not ${billingTier}`
}
