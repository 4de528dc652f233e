import type { QuotaOverride } from './override.ts'
import type { QuotaPlan } from './plan.ts'

/** Everything in a store that decides which policies a tenant has, at one revision. */
export interface PolicySnapshot {
  /** Changes with every change of the tenant's overrides, of the tenant itself, or of any plan. */
  readonly revision: string
  /** Published plans. Each replaces the plan of the same name that the program was started with. */
  readonly plans: readonly QuotaPlan[]
  /** The tenant's overrides, in the order in which they were set. */
  readonly overrides: readonly QuotaOverride[]
}
