import type { WalletOwner } from './model/wallet.ts'

/** The wallet of an owner. Omit `customerId` for the wallet of the tenant itself. */
export interface OwnerInput {
  readonly tenantId: string
  readonly customerId?: string | null | undefined
}

/** Identifies a wallet: its owner, with null for the tenant's own. */
export function ownerOf({ tenantId, customerId }: OwnerInput): WalletOwner {
  return { tenantId, customerId: customerId ?? null }
}
