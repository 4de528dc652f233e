import type { IdSource, TenantClock } from '@tollgate/kernel'
import type { PolicyStore } from './policy-store.ts'
import type { AdjustDependencies } from './adjust-counters.ts'

/** What policies are changed with. */
export interface PolicyChangeDependencies {
  readonly store: PolicyStore
  readonly clock: TenantClock
  readonly ids: IdSource
  readonly adjusting: AdjustDependencies
}
