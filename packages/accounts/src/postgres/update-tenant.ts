import { type Encryption, OPERATOR_SCOPE } from '@tollgate/kernel'
import { type PostgresDatabase, retryOnConflict } from '@tollgate/postgres'
import type { Tenant } from '../model/tenant.ts'
import { isSameTenant } from '../model/is-same-tenant.ts'
import type { TenantChange } from '../tenant-store.ts'
import { newPseudonymKey } from './metadata-policies.ts'
import { readTenantColumns, TENANT_COLUMNS, type TenantColumns } from './tenant-columns.ts'

const LOCK_TENANT = `select ${TENANT_COLUMNS} from accounts.tenants where id = $1 for update`

const UPDATE_TENANT = `
  update accounts.tenants set name = $2, tier = $3, time_zone = $4, currency = $5, billing_anchor_day = $6, metadata_rules = $7,
    pseudonym_key = coalesce(pseudonym_key, $8)
  where id = $1`

/**
 * Updates a tenant in a transaction that the change can join. In SQL, because a transaction of entities cannot be
 * passed on.
 */
export async function updateTenant(
  { database, encryption }: { readonly database: PostgresDatabase; readonly encryption: Encryption },
  id: string,
  { apply, afterwards }: TenantChange,
): Promise<Tenant | undefined> {
  return retryOnConflict(() =>
    database.transaction(OPERATOR_SCOPE, async transaction => {
      const [row] = await transaction.query<TenantColumns>(LOCK_TENANT, [id])
      if (row === undefined) return undefined
      const before = readTenantColumns(row)
      const tenant = apply(before)
      if (isSameTenant(before, tenant)) return before
      const { name, tier, timeZone, currency, billingAnchorDay, metadataRules } = tenant
      const rules = JSON.stringify(metadataRules)
      // Rules that are set again keep their key, so that a value keeps its pseudonym.
      await transaction.query(UPDATE_TENANT, [id, name, tier, timeZone, currency, billingAnchorDay, rules, newPseudonymKey(tenant, encryption)])
      await afterwards(before, transaction)
      return tenant
    }),
  )
}
