/**
 * Who asks about charges and coupons. An operator sees everything. A tenant does not see discounts for other plans, coupons
 * that it has not redeemed, and budgets that others use too; and its attempts at coupon codes are limited.
 */
export type ChargeViewer = { readonly kind: 'operator' } | { readonly kind: 'tenant'; readonly tenantId: string; readonly keyId: string | null }

/** The viewer of callers that name none. */
export const OPERATOR_VIEWER: ChargeViewer = { kind: 'operator' }
