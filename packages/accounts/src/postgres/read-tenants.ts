import { tenantScope, type Transaction } from '@tollgate/kernel'
import { type PostgresDatabase, postgresTransaction } from '@tollgate/postgres'
import type { Tenant } from '../model/tenant.ts'
import { readTenantColumns, TENANT_COLUMNS, type TenantColumns } from './tenant-columns.ts'

/** Relies on the primary key (id). */
export const TENANTS_BY_IDS = `select ${TENANT_COLUMNS} from accounts.tenants where id = any ($1::text[])`

const TENANT_IDS = 'select id from accounts.tenants order by id'

/** Reads tenants by id, through a transaction if one is given: its caller need not wait for a second connection. */
export async function readTenants(database: PostgresDatabase, ids: readonly string[], transaction?: Transaction): Promise<readonly Tenant[]> {
  const rows = await (transaction === undefined
    ? database.query<TenantColumns>(tenantScope(...ids), TENANTS_BY_IDS, [ids])
    : postgresTransaction(transaction).query<TenantColumns>(TENANTS_BY_IDS, [ids]))
  return rows.map(readTenantColumns)
}

/** Reads the ids of all tenants in the transaction's scope. */
export async function readTenantIds(transaction: Transaction): Promise<readonly string[]> {
  const rows = await postgresTransaction(transaction).query<{ id: string }>(TENANT_IDS)
  return rows.map(({ id }) => id)
}
