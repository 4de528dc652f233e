import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The customer had no usage before the period that is charged. */
export interface FirstTimeCustomerCondition {
  readonly kind: 'first-time-customer'
}

/** Returns why the condition is not met; undefined if it is. */
export function unmetFirstTimeCustomer({ firstTimeCustomer }: DiscountFacts): string | undefined {
  if (firstTimeCustomer === undefined) return 'it is for first-time customers, and it is unknown whether this is one'
  return firstTimeCustomer ? undefined : 'it is for first-time customers'
}
