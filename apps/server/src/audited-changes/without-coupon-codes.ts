/** Replaces the codes of coupons. They are secrets: any tenant that knows the code of a coupon can redeem it. */
export function withoutCouponCodes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCouponCodes)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  const isCoupon = 'kind' in value && value.kind === 'coupon'
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, isCoupon && name === 'code' ? '[redacted]' : withoutCouponCodes(part)]))
}
