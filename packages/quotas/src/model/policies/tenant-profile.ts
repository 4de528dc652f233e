import type { QuotaCalendar } from '../limits/window.ts'

/** What decides which quotas a tenant has: its plan and its calendar. */
export interface TenantProfile extends QuotaCalendar {
  /** Name of the tenant's plan. */
  readonly plan: string
}
