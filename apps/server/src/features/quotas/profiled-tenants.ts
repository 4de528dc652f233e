import { isDatabaseUnavailable, type PostgresDatabase, type PostgresTransaction } from '@tollgate/postgres'
import { tenantScope, type Transaction } from '@tollgate/kernel'
import { QuotaStoreUnavailable } from '@tollgate/quotas'
import type { ProfiledTenant, ReadTenants } from './tenant-profiles.ts'

// Relies on the primary key (id).
const PROFILED_TENANTS = 'select id, tier, time_zone, billing_anchor_day from accounts.tenants where id = any ($1::text[])'

const TENANT_IDS = 'select id from accounts.tenants order by id'

interface Row {
  id: string
  tier: string | null
  time_zone: string
  billing_anchor_day: number
}

/** Reads what quotas must know of tenants. Whoever hands in a transaction is in it, so that no second connection is waited for. */
export function readProfiledTenants(database: PostgresDatabase): ReadTenants {
  return async (ids, transaction) => {
    const rows = await (transaction === undefined
      ? database.query<Row>(tenantScope(...ids), PROFILED_TENANTS, [ids]).catch(unavailable)
      : (transaction as PostgresTransaction).query<Row>(PROFILED_TENANTS, [ids]))
    return rows.map(({ id, tier, time_zone: timeZone, billing_anchor_day: billingAnchorDay }): ProfiledTenant => ({ id, tier, timeZone, billingAnchorDay }))
  }
}

/** The ids of all tenants that the transaction sees. */
export async function readTenantIds(transaction: Transaction): Promise<readonly string[]> {
  const rows = await (transaction as PostgresTransaction).query<Pick<Row, 'id'>>(TENANT_IDS)
  return rows.map(({ id }) => id)
}

/** Quotas decide without a database that does not answer, where a policy says so; they must be told that it does not. */
function unavailable(error: unknown): never {
  throw isDatabaseUnavailable(error) ? new QuotaStoreUnavailable({ cause: error }) : error
}
