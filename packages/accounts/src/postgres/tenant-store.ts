import { type InferEntity, UniqueConstraintViolationException } from '@mikro-orm/core'
import { OPERATOR_SCOPE, toPage } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { Tenant } from '../model/tenant.ts'
import type { TenantStore } from '../tenant-store.ts'
import { TenantRow } from './entities.ts'
import { updateTenant } from './update-tenant.ts'

/** Stores tenants in `accounts.tenants`. */
export function postgresTenantStore(database: PostgresDatabase): TenantStore {
  return {
    async add(tenant) {
      try {
        await database.entities(OPERATOR_SCOPE, async entities => void entities.create(TenantRow, tenant, { persist: true }))
        return true
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) return false
        throw error
      }
    },
    update: (id, change) => updateTenant(database, id, change),
    byIds: (scope, ids) => database.entities(scope, async entities => (await entities.find(TenantRow, { id: { $in: [...ids] } })).map(toTenant)),
    list: (scope, { first, after }) =>
      database.entities(scope, async entities => {
        const where = after === undefined ? {} : { id: { $gt: after } }
        const rows = await entities.find(TenantRow, where, { orderBy: { id: 'asc' }, limit: first + 1 })
        return toPage(rows.map(toTenant), first)
      }),
  }
}

function toTenant({ id, name, tier, timeZone, currency, billingAnchorDay, createdAt }: InferEntity<typeof TenantRow>): Tenant {
  return { id, name, tier, timeZone, currency, billingAnchorDay, createdAt }
}
