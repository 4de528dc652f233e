import type { InferEntity } from '@mikro-orm/core'
import { type Encryption, OPERATOR_SCOPE, toPage } from '@tollgate/kernel'
import { type PostgresDatabase, textArray } from '@tollgate/postgres'
import { entityDatabase } from '@tollgate/postgres/mikro-orm'
import type { MetadataRule } from '../model/metadata-rule.ts'
import type { Tenant } from '../model/tenant.ts'
import type { TenantStore } from '../tenant-store.ts'
import { TenantRow } from './entities.ts'
import { newPseudonymKey } from './metadata-policies.ts'
import { TENANTS_BY_IDS } from './read-tenants.ts'
import { readTenantColumns, TENANT_COLUMNS, type TenantColumns } from './tenant-columns.ts'
import { updateTenant } from './update-tenant.ts'

// In SQL, because a change must be able to join a transaction, and entities cannot.
const ADD_TENANT = `insert into accounts.tenants (${TENANT_COLUMNS}, pseudonym_key) values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, $9) on conflict (id) do nothing returning id`

/** Stores tenants in `accounts.tenants`. */
export function postgresTenantStore(database: PostgresDatabase, encryption: Encryption): TenantStore {
  return {
    async add(tenant) {
      const { id, name, tier, timeZone, currency, billingAnchorDay, metadataRules, createdAt } = tenant
      const rules = JSON.stringify(metadataRules)
      const values = [id, name, tier, timeZone, currency, billingAnchorDay, rules, createdAt.toString(), newPseudonymKey(tenant, encryption)]
      return (await database.query(OPERATOR_SCOPE, ADD_TENANT, values)).length > 0
    },
    update: (id, change) => updateTenant({ database, encryption }, id, change),
    // In SQL: a billing run reads thousands.
    byIds: async (scope, ids) => (await database.query<TenantColumns>(scope, TENANTS_BY_IDS, [textArray(ids)])).map(readTenantColumns),
    list: (scope, { first, after }) =>
      entityDatabase(database).entities(scope, async entities => {
        const where = after === undefined ? {} : { id: { $gt: after } }
        const rows = await entities.find(TenantRow, where, { orderBy: { id: 'asc' }, limit: first + 1 })
        return toPage(rows.map(toTenant), first)
      }),
  }
}

function toTenant({ metadataRules, ...row }: InferEntity<typeof TenantRow>): Tenant {
  const { id, name, tier, timeZone, currency, billingAnchorDay, createdAt } = row
  return { id, name, tier, timeZone, currency, billingAnchorDay, metadataRules: JSON.parse(metadataRules) as MetadataRule[], createdAt }
}
