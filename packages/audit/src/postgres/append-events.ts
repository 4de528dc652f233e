import { Temporal } from '@tollgate/kernel'
import { awaitAll, instantOrNull, type PostgresTransaction, textArray } from '@tollgate/postgres'
import type { AuditAppend } from '../audit-store.ts'
import { appendEntries } from '../engine/append-entries.ts'
import { classifyDuplicate } from '../engine/classify-duplicate.ts'
import type { PersonalVault } from '../engine/personal-vault.ts'
import type { KeyedAuditEvent } from '../engine/entry-hash.ts'
import type { CheckedAuditEvent } from '../model/audit-event.ts'
import type { LogHead } from '../model/log-head.ts'
import type { AppendedEvent } from '../model/recorded-audit-event.ts'
import { EVENT_COLUMNS, KEY_COLUMNS, PERSONAL_COLUMNS, personalOf, type PersonalRow, type RecordedKey } from './event-columns.ts'
import { frontierHex, toFrontier } from './frontier-bytes.ts'
import { locateLog, type LogLocation } from './log-tables.ts'
import type { PartitionedMonths } from './partitions.ts'
import { FIND_SUBJECT_KEYS, sealEvents, type SubjectKeyRow, subjectsOf } from './subject-keys.ts'

// Relies on the primary keys of heads (tenant_id), event_keys (tenant_id, idempotency_key) and personal_data (tenant_id, sequence).
export const LOCK_HEAD = `
  select size, encode(last_hash, 'hex') as last_hash, encode(frontier, 'hex') as frontier, last_recorded_at
  from {heads} where tenant_id = $1 for update`
const CREATE_HEAD = `insert into {heads} (tenant_id, size, frontier) values ($1, 0, '') on conflict do nothing`
export const FIND_KEYS = `
  select keys.idempotency_key, encode(keys.payload_hash, 'hex') as payload_hash, keys.occurred_at_sent, keys.occurred_at, keys.sequence,
    encode(keys.personal_hash, 'hex') as personal_hash, encode(personal.salt, 'hex') as personal_salt, personal.data as personal,
    personal.key_id, encode(personal.ciphertext, 'hex') as ciphertext, encode(subject.wrapped_key, 'hex') as wrapped_key
  from {event_keys} as keys
  left join {personal_data} as personal on personal.tenant_id = keys.tenant_id and personal.sequence = keys.sequence
  left join {subject_keys} as subject on subject.tenant_id = keys.tenant_id and subject.key_id = personal.key_id
  where keys.tenant_id = $1 and keys.idempotency_key = any ($2::text[])`
const INSERT_EVENTS = `insert into {events} (${EVENT_COLUMNS.names}) select ${EVENT_COLUMNS.unnest(1)}`
const INSERT_KEYS = `insert into {event_keys} (${KEY_COLUMNS.names}) select ${KEY_COLUMNS.unnest(1)}`
const INSERT_PERSONAL_DATA = `insert into {personal_data} (${PERSONAL_COLUMNS.names}) select ${PERSONAL_COLUMNS.unnest(1)}`
const MOVE_HEAD = `
  update {heads} set size = $2, last_hash = decode($3, 'hex'), frontier = decode($4, 'hex'), last_recorded_at = $5::timestamptz
  where tenant_id = $1`

/** A row of the head of a log. */
export interface HeadRow {
  readonly size: string
  readonly last_hash: string | null
  readonly frontier: string
  readonly last_recorded_at: string | null
}

interface KeyRow extends PersonalRow {
  readonly idempotency_key: string
  readonly payload_hash: string
  readonly occurred_at_sent: boolean
  readonly occurred_at: string
  readonly sequence: string
}

/** The first event that used a key. */
interface KeyOwner extends KeyedAuditEvent {
  readonly sequence: number
}

/** What an append needs besides the events. */
export interface AppendTools {
  readonly months: PartitionedMonths
  readonly vault: PersonalVault
}

/**
 * Appends events to a log, in two round trips: lock the head and look the keys up, then write. The lock is held until
 * the transaction ends, so no other append reads the log in the meantime.
 */
export async function appendEvents(
  transaction: PostgresTransaction,
  { tenantId, events, now }: AuditAppend,
  { months, vault }: AppendTools,
): Promise<AppendedEvent[]> {
  const log = locateLog(tenantId)
  const { head, owners, subjectKeys } = await lockLog(transaction, log, { events, vault })
  const firsts = new Map<string, CheckedAuditEvent>()
  for (const event of events) if (!owners.has(event.idempotencyKey) && !firsts.has(event.idempotencyKey)) firsts.set(event.idempotencyKey, event)
  if (firsts.size > 0) {
    const added = [...firsts.values()]
    await writeEntries(transaction, log, { head, added, now, months, vault, subjectKeys })
    for (const [i, event] of added.entries()) owners.set(event.idempotencyKey, { ...event, sequence: head.size + 1 + i })
  }
  return events.map(event => {
    const owner = owners.get(event.idempotencyKey)
    if (owner === undefined) throw new Error(`No entry has the key ${event.idempotencyKey}`)
    return { outcome: firsts.get(event.idempotencyKey) === event ? 'accepted' : classifyDuplicate(owner, event), sequence: owner.sequence }
  })
}

interface LockedLog {
  readonly head: LogHead
  readonly owners: Map<string, KeyOwner>
  readonly subjectKeys: readonly SubjectKeyRow[]
}

/** Locks a log, creating it if necessary, and finds the keys that it has. */
async function lockLog(
  transaction: PostgresTransaction,
  log: LogLocation,
  { events, vault }: { events: readonly CheckedAuditEvent[]; vault: PersonalVault },
): Promise<LockedLog> {
  const { tenantId, key, statements } = log
  const keys = textArray(events.map(({ idempotencyKey }) => idempotencyKey))
  // One round trip, and in this order: the keys are read when the lock is held, so nobody can add one afterwards.
  const isPersonal = events.some(({ personal }) => personal !== null)
  const [[head], rows, subjectKeys] = await awaitAll([
    transaction.query<HeadRow>(statements.text(LOCK_HEAD), [key]),
    transaction.query<KeyRow>(statements.text(FIND_KEYS), [key, keys]),
    isPersonal ? transaction.query<SubjectKeyRow>(statements.text(FIND_SUBJECT_KEYS), [key, subjectsOf(events)]) : Promise.resolve([]),
  ])
  if (head !== undefined) return { head: toHead(head), owners: new Map(rows.map(row => [row.idempotency_key, toOwner(row, tenantId, vault)])), subjectKeys }
  // Waits for another transaction that creates it.
  await transaction.query(statements.text(CREATE_HEAD), [key])
  return lockLog(transaction, log, { events, vault })
}

interface NewEntries extends AppendTools {
  readonly subjectKeys: readonly SubjectKeyRow[]
  readonly head: LogHead
  readonly added: readonly CheckedAuditEvent[]
  readonly now: Temporal.Instant
}

async function writeEntries(transaction: PostgresTransaction, log: LogLocation, { head, added, now, months, vault, subjectKeys }: NewEntries): Promise<void> {
  const { tenantId, key, statements } = log
  const { entries, head: next } = appendEntries(head, added, { tenantId, now })
  const keys = added.map((event, i): RecordedKey => ({ key, sequence: head.size + 1 + i, event }))
  const { size, lastHash, frontier, lastRecordedAt } = next
  const isUnprepared = statements.isPartitioned && lastRecordedAt !== null
  if (isUnprepared) await months.ensure(transaction, lastRecordedAt)
  const { sealed, inserted } = sealEvents(transaction, added, { log, vault, found: subjectKeys, now })
  const personal = keys.flatMap(({ event, sequence }) => {
    const of = sealed.get(event)
    return of === undefined ? [] : [{ key, sequence, ...of }]
  })
  const writes: Promise<unknown>[] = [
    inserted,
    transaction.query(statements.text(INSERT_EVENTS), EVENT_COLUMNS.values(entries.map(entry => ({ ...entry, key })))),
    transaction.query(statements.text(INSERT_KEYS), KEY_COLUMNS.values(keys)),
    transaction.query(statements.text(MOVE_HEAD), [key, size, lastHash, frontierHex(frontier), lastRecordedAt?.toString() ?? null]),
  ]
  if (personal.length > 0) writes.push(transaction.query(statements.text(INSERT_PERSONAL_DATA), PERSONAL_COLUMNS.values(personal)))
  await awaitAll(writes)
}

/** Reads a head. */
export function toHead(row: HeadRow): LogHead {
  return { size: Number(row.size), lastHash: row.last_hash, frontier: toFrontier(row.frontier), lastRecordedAt: instantOrNull(row.last_recorded_at) }
}

function toOwner(row: KeyRow, tenantId: string | null, vault: PersonalVault): KeyOwner {
  return {
    sequence: Number(row.sequence),
    payloadHash: row.payload_hash,
    occurredAtSent: row.occurred_at_sent,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    personalHash: row.personal_hash,
    personalSalt: personalOf(row, tenantId, vault).personalSalt,
  }
}
