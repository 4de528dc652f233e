import type { PageRequest } from '@tollgate/kernel'
import type { QuotaCrossing } from './model/exceeded-quota.ts'

/** The quota thresholds that usage crossed, of all tenants, as a sequence. No crossing ever appears at or before a cursor that was already visible. */
export interface QuotaWatch {
  /** Returns crossings after a cursor, oldest first. Fewer than `first` means that there are no more. */
  crossings(page: PageRequest): Promise<readonly QuotaCrossing[]>
}
