import type { ChargedTenant, ChargedTenants } from '../charged-tenants.ts'

/** Finds tenants in a list. The plan defaults to none, the time zone to UTC, and the currency to USD. */
export function memoryChargedTenants(tenants: readonly (Pick<ChargedTenant, 'id'> & Partial<ChargedTenant>)[]): ChargedTenants {
  const byId = new Map(tenants.map(tenant => [tenant.id, { plan: null, timeZone: 'UTC', currency: 'USD', ...tenant }]))
  return { find: async id => byId.get(id) }
}
