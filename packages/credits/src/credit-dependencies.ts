import type { Clock, IdSource } from '@tollgate/kernel'
import type { CreditStore } from './credit-store.ts'
import type { WalletIds } from './wallet-ids.ts'
import type { CostCatalog } from './cost-catalog.ts'

/** What the use cases of credits need. */
export interface CreditDependencies {
  readonly store: CreditStore
  readonly clock: Clock
  readonly ids: IdSource
  readonly costs: CostCatalog
  readonly walletIds: WalletIds
}
