import { type EncodedColumns, type PostgresTransaction, sqlState } from '@tollgate/postgres'
import { Temporal } from '@tollgate/kernel'
import type { RatedEvent } from '../../model/event.ts'
import { EVENT_KEY_COLUMNS, KEY_COLUMNS, type PreparedEvent } from '../schema/event-columns.ts'

const UNIQUE_VIOLATION = '23505'

// Sorted, so that two writers with the same keys wait for each other in one order. Waiting is what makes a claim final:
// a key that another transaction is inserting is ours if that one rolls back, and taken if it commits.
// Relies on the primary key (tenant_id, idempotency_key).
function insertKeys(firstParameter: number): string {
  return `
  insert into usage.event_keys (${EVENT_KEY_COLUMNS.names})
  select ${EVENT_KEY_COLUMNS.unnest(firstParameter)}
  order by tenant_id, idempotency_key`
}

const CLAIM_FREE_KEYS = insertKeys(1)

const CLAIM_KEYS = `
  with claimed as (${insertKeys(2)}
    on conflict do nothing
    returning event_id
  )
  select case when count(*) = $1::bigint then null else coalesce(array_agg(event_id), '{}')::text[] end as claimed
  from claimed`

// Relies on the primary key (tenant_id, idempotency_key).
const KEY_OWNERS = `
  select tenant_id, idempotency_key, encode(payload_hash, 'hex') as payload_hash, occurred_at_sent, occurred_at, event_id
  from ${KEY_COLUMNS.unnestAs('taken', 1)}
  join usage.event_keys using (${KEY_COLUMNS.names})`

/** The event that a key stands for. A repeat of the key is compared with it. */
export type KeyOwner = Pick<RatedEvent, 'tenantId' | 'idempotencyKey' | 'payloadHash' | 'occurredAtSent' | 'occurredAt' | 'id'>

interface OwnerRow {
  tenant_id: string
  idempotency_key: string
  payload_hash: string
  occurred_at_sent: boolean
  occurred_at: string
  event_id: string
}

/** The events whose keys to claim, each key once. */
export interface Claim {
  readonly events: readonly PreparedEvent[]
  readonly encoded: EncodedColumns<PreparedEvent>
}

/**
 * Claims keys, and fails (`isKeyTaken`) unless all are free. Costs a third less than `claimKeys`, which looks up each key
 * before it inserts it, and marks and confirms it.
 */
export async function claimFreeKeys(transaction: PostgresTransaction, { events, encoded }: Claim): Promise<'all'> {
  await transaction.query(CLAIM_FREE_KEYS, EVENT_KEY_COLUMNS.values(events, encoded))
  return 'all'
}

/** Whether the error says that a key of `claimFreeKeys` was taken. */
export function isKeyTaken(error: unknown): boolean {
  return sqlState(error) === UNIQUE_VIOLATION && (error as { table?: string }).table === 'event_keys'
}

/** Claims the keys that are free. Returns the ids of the events that got their key, or "all". */
export async function claimKeys(transaction: PostgresTransaction, { events, encoded }: Claim): Promise<'all' | ReadonlySet<string>> {
  const values = [events.length, ...EVENT_KEY_COLUMNS.values(events, encoded)]
  const [row] = await transaction.query<{ claimed: string[] | null }>(CLAIM_KEYS, values)
  return row?.claimed ? new Set(row.claimed) : 'all'
}

/**
 * Returns the owners of keys that could not be claimed. A separate statement, because the snapshot of the claim does not
 * include an owner that committed while the claim was waiting for it.
 */
export async function findKeyOwners(transaction: PostgresTransaction, events: readonly PreparedEvent[]): Promise<KeyOwner[]> {
  const rows = await transaction.query<OwnerRow>(KEY_OWNERS, KEY_COLUMNS.values(events))
  return rows.map(row => ({
    tenantId: row.tenant_id,
    idempotencyKey: row.idempotency_key,
    payloadHash: row.payload_hash,
    occurredAtSent: row.occurred_at_sent,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    id: row.event_id,
  }))
}
