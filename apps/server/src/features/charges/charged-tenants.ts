import type { Accounts } from '@tollgate/accounts'
import type { ChargedTenant, ChargedTenants } from '@tollgate/charges'
import type { Subscriptions } from '@tollgate/invoicing'
import { coalescedLookup, OPERATOR_SCOPE } from '@tollgate/kernel'

/**
 * Finds the tenants that are charged in accounts. A tenant's plan is its tier. The plans of the past are those of its
 * subscriptions; without any, its tier is its plan at all times. Tenants that are looked for at the same time are read together.
 */
export function chargedTenants(accounts: Pick<Accounts, 'tenantsByIds'>, subscriptions: Pick<Subscriptions, 'tiersOfTenants'>): ChargedTenants {
  async function read(ids: readonly string[]): Promise<ReadonlyMap<string, ChargedTenant>> {
    const tenants = await accounts.tenantsByIds(OPERATOR_SCOPE, ids)
    const tiers = await subscriptions.tiersOfTenants(new Map(tenants.map(({ id, tier }) => [id, tier])))
    return new Map(
      tenants.map(({ id, tier: plan, timeZone, currency }): [string, ChargedTenant] => {
        const { before, changes } = tiers.get(id) ?? { before: plan, changes: [] }
        return [id, { id, plan, timeZone, currency, planHistory: { before, changes: changes.map(({ from, tier }) => ({ from, plan: tier })) } }]
      }),
    )
  }
  return { find: coalescedLookup(read, { startAfter: () => new Promise(setImmediate) }) }
}
