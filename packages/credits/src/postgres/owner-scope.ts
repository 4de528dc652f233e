import { customerScope, type Scope, tenantScope } from '@tollgate/kernel'
import type { WalletOwner } from '../model/wallet.ts'

/** Returns the scope in which the wallet of an owner is read: that of the customer, who sees no other wallet, or of the tenant. */
export function ownerScope({ tenantId, customerId }: WalletOwner): Scope {
  return customerId === null ? tenantScope(tenantId) : customerScope(tenantId, customerId)
}
