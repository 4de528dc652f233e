import { describe, expect, it } from 'vitest'
import { checkRedemptionLimits } from './check-redemption-limits.ts'

const TOTAL_REACHED = 'The coupon "LAUNCH" has reached its limit of 3 redemptions.'
const TENANT_REACHED = 'The coupon "LAUNCH" has reached its limit of 1 redemption by this tenant.'

describe.each([
  { limits: {}, total: 1_000_000, perTenant: 1_000_000, error: undefined },
  { limits: { total: 3 }, total: 2, perTenant: 2, error: undefined },
  { limits: { total: 3 }, total: 3, perTenant: 0, error: TOTAL_REACHED },
  { limits: { total: 3 }, total: 4, perTenant: 0, error: TOTAL_REACHED }, // a later version lowered the limit
  { limits: { perTenant: 1 }, total: 100, perTenant: 0, error: undefined },
  { limits: { perTenant: 1 }, total: 1, perTenant: 1, error: TENANT_REACHED },
  { limits: { total: 3, perTenant: 1 }, total: 2, perTenant: 1, error: TENANT_REACHED },
  { limits: { total: 3, perTenant: 1 }, total: 3, perTenant: 1, error: TOTAL_REACHED },
])('with limits $limits and $total redemptions, $perTenant of them by the tenant', ({ limits, total, perTenant, error }) => {
  it(error === undefined ? 'a coupon can be redeemed' : 'a coupon is used up', () => {
    const check = () => checkRedemptionLimits('LAUNCH', { total: undefined, perTenant: undefined, ...limits }, { total, perTenant })
    if (error === undefined) expect(check()).toBeUndefined()
    else expect(check).toThrow(error)
  })
})
