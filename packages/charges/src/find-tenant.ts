import type { ChargedTenant, ChargedTenants } from './charged-tenants.ts'
import { CHARGE_CURRENCY } from './model/numbers/charge-currency.ts'

/** Finds a tenant. An unknown one has no plan, UTC, and the currency of prices. */
export async function findTenant(tenants: ChargedTenants, id: string): Promise<ChargedTenant> {
  return (await tenants.find(id)) ?? { id, plan: null, timeZone: 'UTC', currency: CHARGE_CURRENCY }
}
