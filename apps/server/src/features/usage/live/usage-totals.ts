import type { Accounts } from '@tollgate/accounts'
import { OPERATOR_SCOPE, type Period, periodContaining, type Temporal, type TenantClock, tenantScope, customerScope, type Scope } from '@tollgate/kernel'
import type { Usage, UsageMeasures } from '@tollgate/usage'

/** The totals to read. Latencies cost the most, and details have tables of their own. */
export interface TotalsRequest {
  /** Null reads all tenants together, in UTC. */
  readonly tenantId: string | null
  /** Null reads all customers of the tenant. */
  readonly customerId: string | null
  readonly latency: boolean
  readonly details: boolean
}

/** Usage of the current day and month, in the tenant's time zone. */
export interface UsageTotals {
  readonly tenantId: string | null
  /** When the totals were read. */
  readonly at: Temporal.Instant
  readonly timeZone: string
  readonly day: Period
  readonly today: UsageMeasures
  readonly month: Period
  readonly thisMonth: UsageMeasures
}

/** What reading totals needs. */
export interface TotalsSources {
  readonly usage: Pick<Usage, 'report'>
  readonly accounts: Pick<Accounts, 'tenantsByIds'>
  readonly clock: TenantClock
}

/** Reads the usage of the current day and month. */
export async function readUsageTotals(
  { usage, accounts, clock }: TotalsSources,
  { tenantId, customerId, latency, details }: TotalsRequest,
): Promise<UsageTotals> {
  const [tenant] = tenantId === null ? [] : await accounts.tenantsByIds(OPERATOR_SCOPE, [tenantId])
  const timeZone = tenant?.timeZone ?? 'UTC'
  const scope = scopeOfTotals(tenantId, customerId)
  const at = clock.now(tenantId)
  const day = periodContaining(at, 'day', timeZone)
  const month = periodContaining(at, 'month', timeZone)
  const reportOf = (range: Period) => usage.report(scope, { range, ...(customerId !== null && { filter: { customers: [customerId] } }) })
  // In this order, so that the month always includes the day.
  const today = await reportOf(day).totals({ latency, details })
  const thisMonth = await reportOf(month).totals({ latency, details })
  return { tenantId, at, timeZone, day, today, month, thisMonth }
}

function scopeOfTotals(tenantId: string | null, customerId: string | null): Scope {
  if (tenantId === null) return OPERATOR_SCOPE
  return customerId === null ? tenantScope(tenantId) : customerScope(tenantId, customerId)
}
