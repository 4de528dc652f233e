import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { type PostgresDatabase, retryOnConflict } from '@tollgate/postgres'
import type { Tenant } from '../model/tenant.ts'
import { isSameTenant } from '../model/is-same-tenant.ts'
import type { TenantChange } from '../tenant-store.ts'
import { readTenantColumns, TENANT_COLUMNS, type TenantColumns } from './tenant-columns.ts'

const LOCK_TENANT = `select ${TENANT_COLUMNS} from accounts.tenants where id = $1 for update`

const UPDATE_TENANT = `
  update accounts.tenants set name = $2, tier = $3, time_zone = $4, currency = $5, billing_anchor_day = $6 where id = $1`

/**
 * Updates a tenant in a transaction that the change can join. In SQL, because a transaction of entities cannot be
 * passed on.
 */
export async function updateTenant(database: PostgresDatabase, id: string, { apply, afterwards }: TenantChange): Promise<Tenant | undefined> {
  return retryOnConflict(() =>
    database.transaction(OPERATOR_SCOPE, async transaction => {
      const [row] = await transaction.query<TenantColumns>(LOCK_TENANT, [id])
      if (row === undefined) return undefined
      const before = readTenantColumns(row)
      const tenant = apply(before)
      if (isSameTenant(before, tenant)) return before
      const { name, tier, timeZone, currency, billingAnchorDay } = tenant
      await transaction.query(UPDATE_TENANT, [id, name, tier, timeZone, currency, billingAnchorDay])
      await afterwards(before, transaction)
      return tenant
    }),
  )
}
