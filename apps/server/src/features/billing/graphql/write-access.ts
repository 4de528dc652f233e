/** Who may change billing. */
export const BILLING_WRITE = { $all: { operator: true, can: 'billing:write' } } as const

/** Ends the description of a mutation that changes billing. */
export const NEEDS_BILLING_WRITE = 'Requires an operator key with the scope "billing:write".'
