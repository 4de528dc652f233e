import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The customer is new: not there before the period that is charged. */
export interface FirstTimeCustomerCondition {
  readonly kind: 'first-time-customer'
}

/** Why the customer does not count as new; undefined where they do. */
export function unmetFirstTimeCustomer({ firstTimeCustomer }: DiscountFacts): string | undefined {
  if (firstTimeCustomer === undefined) return 'it is for first-time customers, and it is not known whether this is one'
  return firstTimeCustomer ? undefined : 'it is for first-time customers'
}
