import type { TenantClock } from '@tollgate/kernel'

/** Returns the series of a tenant's numbers. Documents of a tenant with a clock of its own are numbered apart, so that none is mistaken for a real one. */
export function seriesOf(clock: TenantClock, tenantId: string, series: string): string {
  return clock.simulatedTenants?.().includes(tenantId) === true ? `TEST-${series}` : series
}
