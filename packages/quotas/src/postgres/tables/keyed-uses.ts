import { defineColumns, type PostgresTransaction, type PreparedStatement } from '@tollgate/postgres'
import type { QuotaCommand } from '../../engine/command.ts'
import { type KeyedUse, keyedUseId } from '../../engine/state/quota-state.ts'

/** The columns of `quotas.keyed_uses`. */
export const KEYED_USE_COLUMNS = defineColumns<KeyedUse>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('idempotency_key', 'text', ({ key }) => key),
  column('content', 'uuid', ({ content }) => content),
  column('counted_at', 'timestamptz', ({ atMs }) => atMs * 1_000),
])

/** Separates these advisory locks from others. */
const LOCK_SEED = 0x6b657973

// Sorted, like all locks here, so that transactions cannot deadlock. Keys are locked before counters: a repeat in a later window has other
// counters, and must still wait for the first call.
const LOCK_KEYS: PreparedStatement = {
  name: 'quotas_lock_keys',
  text: `
  select pg_advisory_xact_lock(lock)
  from (
    select distinct hashtextextended(tenant_id || ' ' || idempotency_key, ${LOCK_SEED}) as lock
    from unnest($1::text[], $2::text[]) as wanted (tenant_id, idempotency_key) order by lock
  ) as locks`,
}

// Uses the primary key (tenant_id, idempotency_key).
export const READ_KEYED_USES: PreparedStatement = {
  name: 'quotas_read_keyed_uses',
  text: `
  select tenant_id, idempotency_key, content, (extract(epoch from counted_at) * 1000)::bigint::text as at_ms
  from quotas.keyed_uses where (tenant_id, idempotency_key) in (select * from unnest($1::text[], $2::text[]))`,
}

interface KeyedUseRow {
  tenant_id: string
  idempotency_key: string
  content: string
  at_ms: string
}

/** Locks the idempotency keys of commands until the transaction ends, and returns what was counted under them, by `keyedUseId`. */
export async function lockKeyedUses(transaction: PostgresTransaction, commands: readonly QuotaCommand[]): Promise<Map<string, KeyedUse>> {
  const [tenantIds, keys]: [string[], string[]] = [[], []]
  for (const command of commands) {
    if (command.kind !== 'enforce' || command.once === undefined) continue
    tenantIds.push(command.tenantId)
    keys.push(command.once.key)
  }
  if (keys.length === 0) return new Map()
  const values = [tenantIds, keys]
  const [, rows] = await Promise.all([transaction.query(LOCK_KEYS, values), transaction.query<KeyedUseRow>(READ_KEYED_USES, values)])
  return new Map(
    rows.map(row => {
      const use = { tenantId: row.tenant_id, key: row.idempotency_key, content: row.content, atMs: Number(row.at_ms) }
      return [keyedUseId(use), use]
    }),
  )
}
