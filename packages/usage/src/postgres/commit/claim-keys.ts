import { Temporal } from '@tollgate/kernel'
import type { PostgresTransaction } from '@tollgate/kernel/postgres'
import type { RatedEvent } from '../../event.ts'
import { booleanArray, bytesArray, textArray, timestampArray, uuidArray } from '../column-array.ts'
import { instantMicroseconds } from '../instant-microseconds.ts'

// Sorted, so that two writers with the same keys wait for each other in one order. Waiting is what makes a claim final:
// a key that another transaction is inserting is ours if that one rolls back, and taken if it commits.
// Relies on the primary key (tenant_id, idempotency_key).
const CLAIM_KEYS = `
  with claims as (
    select *
    from unnest($1::text[], $2::text[], $3::bytea[], $4::boolean[], $5::timestamptz[], $6::uuid[])
      as claim (tenant_id, idempotency_key, payload_hash, occurred_at_sent, occurred_at, event_id)
  ), claimed as (
    insert into usage.event_keys (tenant_id, idempotency_key, payload_hash, occurred_at_sent, occurred_at, event_id)
    select tenant_id, idempotency_key, payload_hash, occurred_at_sent, occurred_at, event_id
    from claims
    order by tenant_id, idempotency_key
    on conflict do nothing
    returning event_id
  )
  select event_id from claims where event_id not in (select event_id from claimed)`

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

/** Claims the keys of events, each key once. Answers the ids of those whose key is taken: few, as a rule. */
export async function claimKeys(transaction: PostgresTransaction, events: readonly RatedEvent[]): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ event_id: string }>(CLAIM_KEYS, [
    textArray(events.map(event => event.tenantId)),
    textArray(events.map(event => event.idempotencyKey)),
    bytesArray(32, events.map(event => event.payloadHash)),
    booleanArray(events.map(event => event.occurredAtSent)),
    timestampArray(events.map(event => instantMicroseconds(event.occurredAt))),
    uuidArray(events.map(event => event.id)),
  ])
  return new Set(rows.map(row => row.event_id))
}

/**
 * Who has the keys that could not be claimed. A statement of its own: the claim's snapshot does not show an owner that
 * committed while the claim waited for it.
 */
export async function ownersOfKeys(transaction: PostgresTransaction, events: readonly RatedEvent[]): Promise<KeyOwner[]> {
  const rows = await transaction.query<OwnerRow>(OWNERS_OF_KEYS, [
    textArray(events.map(event => event.tenantId)),
    textArray(events.map(event => event.idempotencyKey)),
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
