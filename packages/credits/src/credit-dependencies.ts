import type { IdSource, TenantClock } from '@tollgate/kernel'
import type { CreditStore } from './credit-store.ts'
import type { WalletIds } from './wallet-ids.ts'
import type { CostCatalog } from './cost-catalog.ts'

/** What the use cases of credits need. */
export interface CreditDependencies {
  readonly store: CreditStore
  readonly clock: TenantClock
  readonly ids: IdSource
  readonly costs: CostCatalog
  readonly walletIds: WalletIds
}
