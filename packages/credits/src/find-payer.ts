import type { CreditDependencies } from './credit-dependencies.ts'
import type { Wallet } from './model/wallet.ts'
import { type OwnerInput, ownerOf } from './owner.ts'

/** Returns the wallet that usage of a tenant or customer debits, by the debit rule of the tenant; undefined if there is none. */
export async function findPayer({ store }: Pick<CreditDependencies, 'store'>, input: OwnerInput): Promise<Wallet | undefined> {
  const { tenantId, customerId } = ownerOf(input)
  const [rule, wallets] = await Promise.all([store.debitRule(tenantId), store.wallets(tenantId, customerId === null ? [null] : [null, customerId])])
  const own = customerId === null || rule === 'tenant' ? undefined : wallets.find(wallet => wallet.customerId === customerId)
  return own ?? (rule === 'customer' ? undefined : wallets.find(wallet => wallet.customerId === null))
}
