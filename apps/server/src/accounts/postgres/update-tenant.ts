import { isConflict, type PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE, Temporal, type Transaction } from '@tollgate/kernel'
import type { Tenant } from '../tenant.ts'

const LOCK_TENANT = `
  select id, name, tier, time_zone, currency, billing_anchor_day, created_at from accounts.tenants where id = $1 for update`

const UPDATE_TENANT = `
  update accounts.tenants set name = $2, tier = $3, time_zone = $4, currency = $5, billing_anchor_day = $6 where id = $1`

interface Row {
  id: string
  name: string
  tier: string | null
  time_zone: string
  currency: string
  billing_anchor_day: number
  created_at: string
}

/** A change of one tenant, and what must follow from it. */
export interface TenantChange {
  readonly id: string
  readonly change: (tenant: Tenant) => Tenant
  /** Told how the tenant was. */
  readonly also: (transaction: Transaction, before: Tenant) => Promise<void>
}

const ATTEMPTS = 5

/**
 * Changes a tenant, in a transaction with what follows from it: an entity's transaction could not be handed on. Again
 * where PostgreSQL gave it up for another's sake.
 */
export async function updateTenant(database: PostgresDatabase, change: TenantChange): Promise<Tenant | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await updateOnce(database, change)
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error
    }
  }
}

async function updateOnce(database: PostgresDatabase, { id, change, also }: TenantChange): Promise<Tenant | undefined> {
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    const [row] = await transaction.query<Row>(LOCK_TENANT, [id])
    if (row === undefined) return undefined
    const before = toTenant(row)
    const tenant = change(before)
    const { name, tier, timeZone, currency, billingAnchorDay } = tenant
    await transaction.query(UPDATE_TENANT, [id, name, tier, timeZone, currency, billingAnchorDay])
    await also(transaction, before)
    return tenant
  })
}

function toTenant({ time_zone: timeZone, billing_anchor_day: billingAnchorDay, created_at, ...row }: Row): Tenant {
  return { ...row, timeZone, billingAnchorDay, createdAt: Temporal.Instant.from(created_at) }
}
