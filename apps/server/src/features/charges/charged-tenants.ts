import type { ChargedTenants } from '@tollgate/charges'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Accounts } from '@tollgate/accounts'

/** Finds the tenants that are charged in accounts. A tenant's plan is its tier. */
export function chargedTenants(accounts: Pick<Accounts, 'tenantsByIds'>): ChargedTenants {
  return {
    async find(id) {
      const [tenant] = await accounts.tenantsByIds(OPERATOR_SCOPE, [id])
      return tenant && { id, plan: tenant.tier, timeZone: tenant.timeZone, currency: tenant.currency }
    },
  }
}
