import { tenantScope, type Transaction } from '@tollgate/kernel'
import { type PostgresDatabase, postgresTransaction } from '@tollgate/postgres'
import type { Tenant } from '../model/tenant.ts'
import { readTenantColumns, TENANT_COLUMNS, type TenantColumns } from './tenant-columns.ts'

/** Relies on the primary key (id). */
export const TENANTS_BY_IDS = `select ${TENANT_COLUMNS} from accounts.tenants where id = any ($1::text[])`

/** Uses the index (tier, id). */
export const TENANT_IDS_OF_TIER = 'select id from accounts.tenants where tier = $1 order by id'

const TENANT_IDS_OF_OTHER_TIERS = 'select id from accounts.tenants where tier is null or tier <> all ($1::text[]) order by id'

/** Tenants of one tier, or those without a tier or with any but these. */
export type TenantTiers = { readonly tier: string } | { readonly tierNotIn: readonly string[] }

/** Reads tenants by id, through a transaction if one is given: its caller need not wait for a second connection. */
export async function readTenants(database: PostgresDatabase, ids: readonly string[], transaction?: Transaction): Promise<readonly Tenant[]> {
  const rows = await (transaction === undefined
    ? database.query<TenantColumns>(tenantScope(...ids), TENANTS_BY_IDS, [ids])
    : postgresTransaction(transaction).query<TenantColumns>(TENANTS_BY_IDS, [ids]))
  return rows.map(readTenantColumns)
}

/** Reads the ids of tenants by their tier, as far as the transaction's scope includes them. */
export async function readTenantIds(transaction: Transaction, tiers: TenantTiers): Promise<readonly string[]> {
  const [statement, value] = 'tier' in tiers ? [TENANT_IDS_OF_TIER, tiers.tier] : [TENANT_IDS_OF_OTHER_TIERS, tiers.tierNotIn]
  const rows = await postgresTransaction(transaction).query<{ id: string }>(statement, [value])
  return rows.map(({ id }) => id)
}
