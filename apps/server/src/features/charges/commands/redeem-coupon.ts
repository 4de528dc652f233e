import { Command } from 'commander'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate charges redeem-coupon` */
export function redeemCouponCommand(): Command {
  return new Command('redeem-coupon')
    .description('Redeems a coupon for a tenant: from now on its discounts are taken off what it uses. Again, it changes nothing.')
    .argument('<tenant>', 'its id')
    .argument('<code>', 'in upper or lower case')
    .option('--customer <id>', 'for what this customer of the tenant uses; for all that it uses, where left out')
    .action(redeem)
}

async function redeem(tenantId: string, code: string, { customer: customerId }: { readonly customer?: string }): Promise<void> {
  const redemptions = await withTollgate(async tollgate => {
    await tollgate.accounts.requireTenant(tenantId)
    return tollgate.promotions.redeemCoupon({ tenantId, code, customerId })
  })
  for (const { promotion, redeemedAt } of redemptions) {
    note(`${promotion} is taken off what ${customerId === undefined ? tenantId : `${customerId} of ${tenantId}`} uses from ${redeemedAt.toString()} on.`)
    print(promotion)
  }
}
