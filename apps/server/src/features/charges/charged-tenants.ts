import type { Accounts } from '@tollgate/accounts'
import type { ChargedTenants } from '@tollgate/charges'
import type { Subscriptions } from '@tollgate/invoicing'
import { OPERATOR_SCOPE } from '@tollgate/kernel'

/**
 * Finds the tenants that are charged in accounts. A tenant's plan is its tier. The plans of the past are those of its
 * subscriptions; without any, its tier is its plan at all times.
 */
export function chargedTenants(accounts: Pick<Accounts, 'tenantsByIds'>, subscriptions: Pick<Subscriptions, 'tiersOf'>): ChargedTenants {
  return {
    async find(id) {
      const [tenant] = await accounts.tenantsByIds(OPERATOR_SCOPE, [id])
      if (tenant === undefined) return undefined
      const { tier: plan, timeZone, currency } = tenant
      const { before, changes } = await subscriptions.tiersOf(id, plan)
      return { id, plan, timeZone, currency, planHistory: { before, changes: changes.map(({ from, tier }) => ({ from, plan: tier })) } }
    },
  }
}
