import type { Wallet } from './model/wallet.ts'
import type { OwnerInput } from './owner.ts'

/** Maximum number of wallets whose ids are kept. */
const MAX_KNOWN = 100_000

/** Finds the ids of wallets by their owners. */
export interface WalletIds {
  /** Returns the id of the wallet of an owner. Rejects with `NotFound` if there is none. */
  of(owner: OwnerInput): Promise<Wallet['id']>
}

/** Keeps the ids of wallets in memory, which cannot become wrong: a wallet is never removed, and never changes its owner. */
export function walletIds(find: (owner: OwnerInput) => Promise<Wallet>): WalletIds {
  const known = new Map<string, string>()
  return {
    async of(owner) {
      const key = JSON.stringify([owner.tenantId, owner.customerId ?? null])
      const id = known.get(key)
      if (id !== undefined) return id
      const wallet = await find(owner)
      if (known.size >= MAX_KNOWN) known.clear()
      known.set(key, wallet.id)
      return wallet.id
    },
  }
}
