import type { PostgresTransaction, PreparedStatement } from '@tollgate/postgres'

/** Tenants share 64 locks, so that a batch of a thousand tenants does not fill PostgreSQL's lock table. */
const LOCKS = 64

/** Separates these advisory locks from others: "quot" in ASCII. */
const LOCK_CLASS = 0x71756f74

// Sorted, like all locks here, so that transactions that take several cannot deadlock.
const locksOfTenants = (lock: string) => `
  select ${lock}(${LOCK_CLASS}, place)
  from (select distinct hashtext(tenant_id) & ${LOCKS - 1} as place from unnest($1::text[]) as requested (tenant_id) order by place) as places`
const LOCK_SHARED: PreparedStatement = { name: 'quotas_share_opening', text: locksOfTenants('pg_advisory_xact_lock_shared') }
const LOCK = locksOfTenants('pg_advisory_xact_lock')
const LOCK_ALL = `select pg_advisory_xact_lock(${LOCK_CLASS}, place) from (select generate_series(0, ${LOCKS - 1}) as place order by place) as places`

/**
 * Makes changes of these tenants' policies wait until this transaction ends: it counts their usage, or grants them leases. The
 * lock is in memory, writes nothing, and holders do not wait for each other.
 */
export async function lockSeedingShared(transaction: PostgresTransaction, tenantIds: readonly string[]): Promise<void> {
  await transaction.query(LOCK_SHARED, [[...new Set(tenantIds)]])
}

/**
 * Waits until every transaction that counts usage of these tenants, or grants them leases, has ended, and makes new ones wait until
 * this transaction ends. Usage that a later statement reads is all that was counted before.
 */
export async function lockSeeding(transaction: PostgresTransaction, tenantIds: readonly string[] | 'all'): Promise<void> {
  await (tenantIds === 'all' ? transaction.query(LOCK_ALL) : transaction.query(LOCK, [tenantIds]))
}
