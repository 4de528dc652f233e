import type { PostgresTransaction, PreparedStatement } from '@tollgate/postgres'

/** Tenants share so many locks: a batch of a thousand tenants must not fill PostgreSQL's table of locks. */
const LOCKS = 64

/** What sets these advisory locks apart from others: "quot" in ASCII. */
const LOCK_CLASS = 0x71756f74

// Sorted, as everything here that locks: who waits for several never waits in a circle.
const locksOfTenants = (lock: string) => `
  select ${lock}(${LOCK_CLASS}, place)
  from (select distinct hashtext(tenant_id) & ${LOCKS - 1} as place from unnest($1::text[]) as asked (tenant_id) order by place) as places`
const SHARE: PreparedStatement = { name: 'quotas_share_opening', text: locksOfTenants('pg_advisory_xact_lock_shared') }
const HOLD = locksOfTenants('pg_advisory_xact_lock')
const HOLD_ALL = `select pg_advisory_xact_lock(${LOCK_CLASS}, place) from (select generate_series(0, ${LOCKS - 1}) as place order by place) as places`

/**
 * Counts among those that changes of these tenants' policies wait for, until the transaction ends. Held in memory: it writes
 * nothing, and those who share it do not wait for each other.
 */
export async function shareOpening(transaction: PostgresTransaction, tenantIds: readonly string[]): Promise<void> {
  await transaction.query(SHARE, [[...new Set(tenantIds)]])
}

/**
 * Waits until every transaction that counts usage of the tenants, or gives leases to them, has ended, and keeps others
 * from it until this one has: what a statement after this reads of usage is all that was counted before.
 */
export async function holdOpening(transaction: PostgresTransaction, tenantIds: readonly string[] | 'all'): Promise<void> {
  await (tenantIds === 'all' ? transaction.query(HOLD_ALL) : transaction.query(HOLD, [tenantIds]))
}
