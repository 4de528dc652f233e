import { readTenants } from '@tollgate/accounts/postgres'
import type { PostgresDatabase } from '@tollgate/postgres'
import { quotaStoreFailure } from '@tollgate/quotas/postgres'
import type { ReadTenants } from './tenant-profiles.ts'

/**
 * Reads tenants for quotas. A database that is down is reported as `QuotaStoreUnavailable`, so that policies that fail
 * open decide without it, and a busy one as `QuotasOverloaded`.
 */
export function readQuotaTenants(database: PostgresDatabase): ReadTenants {
  return (ids, transaction) => {
    const tenants = readTenants(database, ids, transaction)
    return transaction === undefined ? tenants.catch(reportFailure) : tenants
  }
}

function reportFailure(error: unknown): never {
  throw quotaStoreFailure(error)
}
