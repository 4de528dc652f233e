/**
 * Which wallet the usage of a tenant debits.
 * - `customer_or_tenant`: the customer's where there is one, else the tenant's.
 * - `tenant`: the tenant's, whatever the customer is.
 * - `customer`: the customer's only.
 *
 * Usage without such a wallet is not debited.
 */
export const DEBIT_RULES = ['customer_or_tenant', 'tenant', 'customer'] as const

/** Which wallet the usage of a tenant debits. */
export type DebitRule = (typeof DEBIT_RULES)[number]

/** The rule of a tenant that has set none. */
export const STANDARD_DEBIT_RULE: DebitRule = 'customer_or_tenant'
