import { Temporal } from '@tollgate/kernel'
import { defineColumns, toEpochMicroseconds } from '@tollgate/postgres'
import type { PersonalVault } from '../engine/personal-vault.ts'
import type { AuditActor, AuditEvent, AuditResult, CheckedAuditEvent, JsonObject, PersonalData } from '../model/audit-event.ts'

/** Columns of an entry. */
export const EVENT_COLUMNS = defineColumns<AuditEvent & { readonly key: string }>(column => [
  column('tenant_id', 'text', entry => entry.key),
  column('sequence', 'bigint', entry => entry.sequence),
  column('recorded_at', 'timestamptz', entry => entry.recordedAt),
  column('occurred_at', 'timestamptz', entry => entry.occurredAt),
  column('idempotency_key', 'text', entry => entry.idempotencyKey),
  column('family', 'text', entry => entry.family),
  column('action', 'text', entry => entry.action),
  column('actor_kind', 'text', entry => entry.actor.kind),
  column('actor_id', 'text', entry => entry.actor.id),
  column('resource_type', 'text', entry => entry.resource?.type),
  column('resource_id', 'text', entry => entry.resource?.id),
  column('result', 'text', entry => entry.result),
  column('count', 'bigint', entry => entry.count),
  column('error_message', 'text', entry => entry.errorMessage),
  column('request_id', 'text', entry => entry.requestId),
  column('reported_by', 'text', entry => entry.reportedBy),
  column('details', 'jsonb', entry => entry.details),
  column('before', 'jsonb', entry => entry.before),
  column('after', 'jsonb', entry => entry.after),
  column('personal_hash', 'bytea', entry => entry.personalHash),
  column('previous_hash', 'bytea', entry => entry.previousHash),
  column('hash', 'bytea', entry => entry.hash),
])

/** An event with the sequence of its entry. */
export interface RecordedKey {
  readonly key: string
  readonly sequence: number
  readonly event: CheckedAuditEvent
}

/** Columns of the key of an entry. */
export const KEY_COLUMNS = defineColumns<RecordedKey>(column => [
  column('tenant_id', 'text', ({ key }) => key),
  column('idempotency_key', 'text', ({ event }) => event.idempotencyKey),
  column('sequence', 'bigint', ({ sequence }) => sequence),
  column('occurred_at', 'timestamptz', ({ event }) => event.occurredAt),
  column('occurred_at_sent', 'boolean', ({ event }) => event.occurredAtSent),
  column('payload_hash', 'bytea', ({ event }) => event.payloadHash),
  column('personal_hash', 'bytea', ({ event }) => event.personalHash),
])

/** Personal data of an entry, encrypted. */
export interface SealedRow {
  readonly key: string
  readonly sequence: number
  readonly keyId: string
  readonly ciphertext: Uint8Array
}

/** Columns of the personal data of an entry. */
export const PERSONAL_COLUMNS = defineColumns<SealedRow>(column => [
  column('tenant_id', 'text', ({ key }) => key),
  column('sequence', 'bigint', ({ sequence }) => sequence),
  column('key_id', 'uuid', ({ keyId }) => keyId),
  column('ciphertext', 'bytea', ({ ciphertext }) => Buffer.from(ciphertext).toString('hex')),
])

/** Selects an entry from `event` and `personal`. */
export const EVENT_SELECTION = `
  event.tenant_id, event.sequence, event.recorded_at, event.occurred_at, event.idempotency_key, event.family, event.action,
  event.actor_kind, event.actor_id, event.resource_type, event.resource_id, event.result, event.count, event.error_message,
  event.request_id, event.reported_by, event.details, event.before, event.after, encode(event.personal_hash, 'hex') as personal_hash,
  encode(event.previous_hash, 'hex') as previous_hash, encode(event.hash, 'hex') as hash,
  encode(personal.salt, 'hex') as personal_salt, personal.data as personal,
  personal.key_id, encode(personal.ciphertext, 'hex') as ciphertext, encode(personal.wrapped_key, 'hex') as wrapped_key`

/** A row of `EVENT_SELECTION`. */
export interface EventRow {
  readonly tenant_id: string
  readonly sequence: string
  readonly recorded_at: string
  readonly occurred_at: string
  readonly idempotency_key: string
  readonly family: string
  readonly action: string
  readonly actor_kind: AuditActor['kind']
  readonly actor_id: string | null
  readonly resource_type: string | null
  readonly resource_id: string | null
  readonly result: AuditResult
  readonly count: string
  readonly error_message: string | null
  readonly request_id: string | null
  readonly reported_by: string | null
  readonly details: JsonObject | null
  readonly before: JsonObject | null
  readonly after: JsonObject | null
  readonly personal_hash: string | null
  readonly previous_hash: string | null
  readonly hash: string
  readonly personal_salt: string | null
  readonly personal: PersonalData | null
  readonly key_id: string | null
  readonly ciphertext: string | null
  /** Null if the key was erased. */
  readonly wrapped_key: string | null
}

/** Reads an entry of the log of a tenant, or of the installation. */
export function toEvent(row: EventRow, tenantId: string | null, vault: PersonalVault): AuditEvent {
  const recordedAt = Temporal.Instant.from(row.recorded_at)
  return {
    // The row itself says which tenant it belongs to, so that an entry of another log does not verify.
    tenantId: tenantId === null ? null : row.tenant_id,
    sequence: Number(row.sequence),
    recordedAt,
    occurredAt: row.occurred_at === row.recorded_at ? recordedAt : Temporal.Instant.from(row.occurred_at),
    idempotencyKey: row.idempotency_key,
    family: row.family,
    action: row.action,
    actor: { kind: row.actor_kind, id: row.actor_id },
    resource: row.resource_type === null ? null : { type: row.resource_type, id: row.resource_id },
    result: row.result,
    count: Number(row.count),
    errorMessage: row.error_message,
    requestId: row.request_id,
    reportedBy: row.reported_by,
    details: row.details,
    before: row.before,
    after: row.after,
    personalHash: row.personal_hash,
    previousHash: row.previous_hash,
    hash: row.hash,
    ...personalOf(row, tenantId, vault),
  }
}

/** Columns of personal data: encrypted, or as earlier versions stored it. */
export type PersonalRow = Pick<EventRow, 'personal_hash' | 'personal_salt' | 'personal' | 'key_id' | 'ciphertext' | 'wrapped_key'>

/** Decrypts personal data. Data that was changed does not match the hash of the entry. */
export function personalOf(row: PersonalRow, tenantId: string | null, vault: PersonalVault): Pick<AuditEvent, 'personal' | 'personalSalt' | 'sealed'> {
  if (row.key_id === null || row.ciphertext === null) return { personal: row.personal, personalSalt: row.personal_salt }
  const sealed = { keyId: row.key_id, ciphertext: Buffer.from(row.ciphertext, 'hex') }
  if (row.wrapped_key === null) return { personal: null, personalSalt: null, sealed }
  const key = { keyId: row.key_id, wrappedKey: Buffer.from(row.wrapped_key, 'hex') }
  const opened = vault.open(tenantId, key, { ciphertext: sealed.ciphertext, personalHash: row.personal_hash })
  return { personal: opened?.personal ?? {}, personalSalt: opened?.salt ?? '', sealed }
}

/** Returns the first day (UTC) of the month of an instant, such as "2026-11-01". */
export function monthOf(instant: Temporal.Instant): string {
  return `${new Date(toEpochMicroseconds(instant) / 1_000).toISOString().slice(0, 7)}-01`
}
