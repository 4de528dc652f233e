import type { ChargedTenant, ChargedTenants } from './charged-tenants.ts'
import type { PlanHistory } from './model/plans/plan-history.ts'
import { CHARGE_CURRENCY } from './model/numbers/charge-currency.ts'

/** A tenant with its plans over time. */
export interface TenantWithPlans extends ChargedTenant {
  readonly planHistory: PlanHistory
}

/** Finds a tenant. An unknown one has no plan, UTC, and the currency of prices. */
export async function findTenant(tenants: ChargedTenants, id: string): Promise<TenantWithPlans> {
  const tenant = (await tenants.find(id)) ?? { id, plan: null, timeZone: 'UTC', currency: CHARGE_CURRENCY }
  return { ...tenant, planHistory: tenant.planHistory ?? { before: tenant.plan, changes: [] } }
}
