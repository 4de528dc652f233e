/** The wallet of the tenant itself, in the address. Customers are named by their ids, which are never empty. */
export const TENANT_WALLET = '(tenant)'
