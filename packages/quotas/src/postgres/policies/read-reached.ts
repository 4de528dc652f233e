import { type PostgresTransaction, timestampText } from '@tollgate/postgres'
import { MAX_REACHED, type ReachedCounter, type ReachedLimit } from '../../policy-store.ts'
import { currentUsed } from '../usage/read-counters.ts'

// Uses the index (tenant_id, slot, window_from, scope_key, id) for each limit: without `offset 0`, PostgreSQL would rather read all counters and join them.
export const READ_REACHED = `
  select (wanted.position - 1)::int as limit_number, reading.scope_value
  from unnest($1::text[], $2::text[], $3::timestamptz[], $4::numeric[], $5::timestamptz[])
    with ordinality as wanted (tenant_id, slot, window_from, min_used, at, position)
  cross join lateral (
    select counter.scope_value, ${currentUsed('wanted.at')} as used
    from quotas.counters as counter
    where counter.tenant_id = wanted.tenant_id and counter.slot = wanted.slot and counter.window_from = wanted.window_from
    offset 0
  ) as reading
  where reading.used > 0 and reading.used >= wanted.min_used
  order by reading.used desc
  limit ${MAX_REACHED}`

/** Reads which counters of limits have used at least an amount. */
export async function readReached(transaction: PostgresTransaction, limits: readonly ReachedLimit[]): Promise<readonly ReachedCounter[]> {
  const rows = await transaction.query<{ limit_number: number; scope_value: string }>(READ_REACHED, [
    limits.map(({ tenantId }) => tenantId),
    limits.map(({ limitKey }) => limitKey),
    limits.map(({ fromMs }) => timestampText(fromMs)),
    limits.map(({ minUsed }) => minUsed.toFixed()),
    limits.map(({ nowMs }) => timestampText(nowMs)),
  ])
  return rows.map(row => ({ limit: row.limit_number, scopeValue: row.scope_value }))
}
