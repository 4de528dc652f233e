import { readTenants } from '@tollgate/accounts/postgres'
import { isDatabaseUnavailable, type PostgresDatabase } from '@tollgate/postgres'
import { QuotaStoreUnavailable } from '@tollgate/quotas'
import type { ReadTenants } from './tenant-profiles.ts'

/**
 * Reads tenants for quotas. A database that does not answer is reported as `QuotaStoreUnavailable`, so that policies
 * that fail open decide without it.
 */
export function readQuotaTenants(database: PostgresDatabase): ReadTenants {
  return (ids, transaction) => {
    const tenants = readTenants(database, ids, transaction)
    return transaction === undefined ? tenants.catch(reportUnavailability) : tenants
  }
}

function reportUnavailability(error: unknown): never {
  throw isDatabaseUnavailable(error) ? new QuotaStoreUnavailable({ cause: error }) : error
}
