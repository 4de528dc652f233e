import type { Temporal } from 'temporal-polyfill'
import type { Scope } from './scope.ts'

/**
 * The source of the current time of each tenant. A tenant can have a clock of its own, to simulate billing. Every `Clock` is
 * a tenant clock: its tenants share one time.
 */
export interface TenantClock {
  /** Returns the time of a tenant. Null: the time of the installation, for what belongs to no tenant. */
  now(tenantId: string | null): Temporal.Instant
  /** `now(tenantId).epochMilliseconds` for hot paths, in which creating an instant would cost too much. */
  nowMs?(tenantId: string | null): number
  /**
   * Returns the tenants that have a clock of their own. Work over all tenants leaves them out: what is due for them is done
   * when their clock is advanced.
   */
  simulatedTenants?(): readonly string[]
}

/** Returns the tenants of a list that share the time of the installation. */
export function withoutSimulated(clock: TenantClock, tenantIds: readonly string[]): readonly string[] {
  const simulated = clock.simulatedTenants?.() ?? []
  return simulated.length === 0 ? tenantIds : tenantIds.filter(id => !simulated.includes(id))
}

/** Returns the tenant whose time applies in a scope: the only one of it. Null for others, in which the time of the installation applies. */
export function tenantOfScope(scope: Scope): string | null {
  return scope.kind === 'tenants' && scope.tenantIds.length === 1 ? (scope.tenantIds[0] ?? null) : null
}
