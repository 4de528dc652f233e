import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { type PostgresDatabase, timestampText } from '@tollgate/postgres'
import type { SweepQuery } from '../../quota-upkeep.ts'

// Locks the counters first, in the order of ids like everything else; then the delete reads their expired holds in a snapshot of its
// own. Uses the indexes of holds (expires_at) and (counter_id, expires_at).
const LOCK_COUNTERS = `
  select counter.id
  from (select distinct counter_id as id from (
    select counter_id from quotas.holds
    where expires_at <= $1::timestamptz and ($3::text[] = '{}' or not exists (select from quotas.counters where id = counter_id and tenant_id = any ($3)))
    order by expires_at limit $2) as oldest) as wanted
  join quotas.counters as counter using (id)
  order by counter.id
  for update of counter`

const SWEEP = `
  with ended as (
    delete from quotas.holds where counter_id = any ($1::uuid[]) and expires_at <= $2::timestamptz returning counter_id, amount, lease_revision
  ), sums as (
    -- What a lease held may have been spent, so it counts as used.
    select counter_id, sum(amount) as amount, coalesce(sum(amount) filter (where lease_revision is not null), 0) as leased, count(*) as holds
    from ended group by counter_id
  ), freed as (
    update quotas.counters as counter set reserved = counter.reserved - sums.amount, used = counter.used + sums.leased, leased = counter.leased - sums.leased
    from sums where counter.id = sums.counter_id
  )
  select coalesce(sum(holds), 0)::text as holds from sums`

/** Deletes expired holds, the oldest first. Returns how many. */
export async function sweepHolds(database: PostgresDatabase, { nowMs, except, limit }: Pick<SweepQuery, 'nowMs' | 'except' | 'limit'>): Promise<number> {
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    const counters = await transaction.query<{ id: string }>(LOCK_COUNTERS, [timestampText(nowMs), limit, except])
    if (counters.length === 0) return 0
    const [row] = await transaction.query<{ holds: string }>(SWEEP, [counters.map(({ id }) => id), timestampText(nowMs)])
    return Number(row?.holds ?? 0)
  })
}
