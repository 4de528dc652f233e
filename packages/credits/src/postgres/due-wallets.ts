import { OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'

// Uses wallets_due_first, and open_reservations.
const DUE_TENANTS = `select tenant_id from credits.wallets where next_due <= $1::timestamptz
  union select tenant_id from credits.reservations where state = 'open' and expires_at <= $1::timestamptz
  order by 1 limit $2`

/** Returns tenants in whose wallets something is due. */
export async function readDueTenants(database: PostgresDatabase, now: Temporal.Instant, first: number): Promise<readonly string[]> {
  const rows = await database.query<{ tenant_id: string }>(OPERATOR_SCOPE, DUE_TENANTS, [now.toString(), first])
  return rows.map(({ tenant_id }) => tenant_id)
}

// Uses wallets_due, and open_reservations.
const NEXT_DUE = `select min(due)::text as due from (
    select min(next_due) as due from credits.wallets where tenant_id = $1
    union all select min(expires_at) from credits.reservations where tenant_id = $1 and state = 'open'
  ) as dates`

/** Returns when something is due first in the wallets of a tenant. */
export async function readNextDue(database: PostgresDatabase, tenantId: string): Promise<Temporal.Instant | null> {
  const [row] = await database.query<{ due: string | null }>(tenantScope(tenantId), NEXT_DUE, [tenantId])
  return row === undefined || row.due === null ? null : Temporal.Instant.from(row.due)
}

// Uses wallets_due, and open_reservations.
const DUE_WALLETS = `select id from credits.wallets where tenant_id = $1 and next_due <= $2::timestamptz
  union select wallet_id from credits.reservations where tenant_id = $1 and state = 'open' and expires_at <= $2::timestamptz
  order by 1 limit $3`

/** Returns wallets of a tenant in which something is due, in the order of their ids, so that alerts of the same time are in a certain order. */
export async function readDueWallets(
  database: PostgresDatabase,
  { tenantId, now, first }: { readonly tenantId: string; readonly now: Temporal.Instant; readonly first: number },
): Promise<readonly string[]> {
  return (await database.query<{ id: string }>(tenantScope(tenantId), DUE_WALLETS, [tenantId, now.toString(), first])).map(({ id }) => id)
}
