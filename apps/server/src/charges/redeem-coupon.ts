import type { CouponRedemption, CouponRequest, Promotions } from '@tollgate/charges'
import { chargedTenant } from './charged-tenant.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'

/** Redeems a coupon for a tenant on the plan that it is on now. */
export async function redeemCoupon(
  { promotions, accounts }: { readonly promotions: Pick<Promotions, 'redeemCoupon'>; readonly accounts: ChargesDependencies['accounts'] },
  request: Omit<CouponRequest, 'plan'>,
): Promise<readonly CouponRedemption[]> {
  const { plan } = await chargedTenant(accounts, request.tenantId)
  return promotions.redeemCoupon({ ...request, plan })
}
