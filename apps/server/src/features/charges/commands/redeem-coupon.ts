import { Command } from 'commander'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate charges redeem-coupon` */
export function redeemCouponCommand(): Command {
  return new Command('redeem-coupon')
    .description('Redeems a coupon for a tenant. Its discounts apply to usage from now on. Redeeming again changes nothing.')
    .argument('<tenant>', 'id of the tenant')
    .argument('<code>', 'coupon code; case does not matter')
    .option('--customer <id>', 'only for the usage of this customer of the tenant (default: all its usage)')
    .action(redeem)
}

async function redeem(tenantId: string, code: string, { customer: customerId }: { readonly customer?: string }): Promise<void> {
  const redemptions = await withTollgate(async tollgate => {
    await tollgate.accounts.requireTenant(tenantId)
    return tollgate.promotions.redeemCoupon({ tenantId, code, customerId })
  })
  for (const { promotion, redeemedAt } of redemptions) {
    note(`The discount ${promotion} applies to ${customerId === undefined ? tenantId : `${customerId} of ${tenantId}`} from ${redeemedAt.toString()} on.`)
    print(promotion)
  }
}
