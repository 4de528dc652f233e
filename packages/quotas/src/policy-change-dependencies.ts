import type { IdSource, TenantClock } from '@tollgate/kernel'
import type { PolicyStore } from './policy-store.ts'
import type { SeedDependencies } from './seed-counters.ts'

/** What policies are changed with. */
export interface PolicyChangeDependencies {
  readonly store: PolicyStore
  readonly clock: TenantClock
  readonly ids: IdSource
  /** Undefined: new counters start at 0. */
  readonly seeding: SeedDependencies | undefined
}
