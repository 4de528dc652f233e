import type { Accounts } from '@tollgate/accounts'
import { type Clock, OPERATOR_SCOPE, type Period, periodContaining, type Temporal, tenantScope } from '@tollgate/kernel'
import type { Usage, UsageMeasures } from '@tollgate/usage'

/** Whose totals, and whether latencies are read, which cost the most. */
export interface TotalsRequest {
  /** Null: all tenants together, by the calendar of UTC. */
  readonly tenantId: string | null
  readonly latency: boolean
}

/** What usage adds up to at present, in the tenant's own calendar. */
export interface UsageTotals {
  readonly tenantId: string | null
  /** When they were read. */
  readonly at: Temporal.Instant
  readonly timeZone: string
  readonly day: Period
  readonly today: UsageMeasures
  readonly month: Period
  readonly thisMonth: UsageMeasures
}

/** What totals are read from. */
export interface TotalsSources {
  readonly usage: Pick<Usage, 'report'>
  readonly accounts: Pick<Accounts, 'tenantsByIds'>
  readonly clock: Clock
}

/** Reads the totals of the day and the month that it is for the tenant. */
export async function readUsageTotals({ usage, accounts, clock }: TotalsSources, { tenantId, latency }: TotalsRequest): Promise<UsageTotals> {
  const [tenant] = tenantId === null ? [] : await accounts.tenantsByIds(OPERATOR_SCOPE, [tenantId])
  const timeZone = tenant?.timeZone ?? 'UTC'
  const scope = tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId)
  const at = clock.now()
  const day = periodContaining(at, 'day', timeZone)
  const month = periodContaining(at, 'month', timeZone)
  // One after the other, so that the month is never behind its day.
  const today = await usage.report(scope, { range: day }).totals({ latency })
  const thisMonth = await usage.report(scope, { range: month }).totals({ latency })
  return { tenantId, at, timeZone, day, today, month, thisMonth }
}
