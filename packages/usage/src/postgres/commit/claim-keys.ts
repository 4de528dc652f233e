import { booleanArray, bytesArray, type PostgresTransaction, sqlState, textArray } from '@tollgate/postgres'
import { Temporal } from '@tollgate/kernel'
import type { RatedEvent } from '../../event.ts'
import type { PlacedEvent } from './placed-event.ts'
import type { SharedColumns } from './shared-columns.ts'

const UNIQUE_VIOLATION = '23505'

// Sorted, so that two writers with the same keys wait for each other in one order. Waiting is what makes a claim final:
// a key that another transaction is inserting is ours if that one rolls back, and taken if it commits.
// Relies on the primary key (tenant_id, idempotency_key).
const CLAIM_FREE_KEYS = `
  insert into usage.event_keys (tenant_id, idempotency_key, payload_hash, occurred_at_sent, occurred_at, event_id)
  select unnest($1::text[]) as tenant_id, unnest($2::text[]) as idempotency_key,
    unnest($3::bytea[]), unnest($4::boolean[]), unnest($5::timestamptz[]), unnest($6::uuid[])
  order by tenant_id, idempotency_key`

const CLAIM_KEYS = `
  with claimed as (${CLAIM_FREE_KEYS}
    on conflict do nothing
    returning event_id
  )
  select case when count(*) = cardinality($6::uuid[]) then null else coalesce(array_agg(event_id), '{}')::text[] end as claimed
  from claimed`

// Relies on the primary key (tenant_id, idempotency_key).
const OWNERS_OF_KEYS = `
  select tenant_id, idempotency_key, encode(payload_hash, 'hex') as payload_hash, occurred_at_sent,
    occurred_at, event_id
  from unnest($1::text[], $2::text[]) as taken (tenant_id, idempotency_key)
  join usage.event_keys using (tenant_id, idempotency_key)`

/** The event that a key stands for: what a repeat is held against. */
export type KeyOwner = Pick<RatedEvent, 'tenantId' | 'idempotencyKey' | 'payloadHash' | 'occurredAtSent' | 'occurredAt' | 'id'>

interface OwnerRow {
  tenant_id: string
  idempotency_key: string
  payload_hash: string
  occurred_at_sent: boolean
  occurred_at: string
  event_id: string
}

/** Events whose keys are to be claimed, each key once. */
export interface Claim {
  readonly placed: readonly PlacedEvent[]
  readonly shared: SharedColumns
}

/**
 * Claims keys where all are free; fails (`isKeyTaken`) where one is not. Cheaper than `claimKeys` by a third: that looks
 * each key up before it inserts it, and marks and confirms it.
 */
export async function claimFreeKeys(transaction: PostgresTransaction, claim: Claim): Promise<'all'> {
  await transaction.query(CLAIM_FREE_KEYS, claimColumns(claim))
  return 'all'
}

/** Whether the error says that `claimFreeKeys` met a key that was taken. */
export function isKeyTaken(error: unknown): boolean {
  return sqlState(error) === UNIQUE_VIOLATION && (error as { table?: string }).table === 'event_keys'
}

/** Claims keys. Answers whose were free: all, or those of the events with these ids. */
export async function claimKeys(transaction: PostgresTransaction, claim: Claim): Promise<'all' | ReadonlySet<string>> {
  const [row] = await transaction.query<{ claimed: string[] | null }>(CLAIM_KEYS, claimColumns(claim))
  return row?.claimed ? new Set(row.claimed) : 'all'
}

function claimColumns({ placed, shared }: Claim): unknown[] {
  const hashes = placed.map(({ event }) => event.payloadHash)
  const timesSent = placed.map(({ event }) => event.occurredAtSent)
  return [shared.tenantIds, shared.idempotencyKeys, bytesArray(hashes), booleanArray(timesSent), shared.occurredAt, shared.ids]
}

/**
 * Who has the keys of events that could not be claimed. A statement of its own: the claim's snapshot does not show an
 * owner that committed while the claim waited for it.
 */
export async function ownersOfKeys(transaction: PostgresTransaction, placed: readonly PlacedEvent[]): Promise<KeyOwner[]> {
  const rows = await transaction.query<OwnerRow>(OWNERS_OF_KEYS, [
    textArray(placed.map(({ event }) => event.tenantId)),
    textArray(placed.map(({ event }) => event.idempotencyKey)),
  ])
  return rows.map(row => ({
    tenantId: row.tenant_id,
    idempotencyKey: row.idempotency_key,
    payloadHash: row.payload_hash,
    occurredAtSent: row.occurred_at_sent,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    id: row.event_id,
  }))
}
