import type { Temporal } from '@tollgate/kernel'
import { defineColumns, type EncryptedColumn, type PostgresTransaction, textArray } from '@tollgate/postgres'
import { type PersonalVault, subjectKeyContext } from '../engine/personal-vault.ts'
import type { CheckedAuditEvent } from '../model/audit-event.ts'
import type { SubjectKey } from '../model/personal-record.ts'
import type { LogLocation, LogStatements } from './log-tables.ts'

// Relies on the index `subject_keys_in_use` (tenant_id, subject_id).
export const FIND_SUBJECT_KEYS = `
  select key_id, subject_id, encode(wrapped_key, 'hex') as wrapped_key from {subject_keys}
  where tenant_id = $1 and subject_id = any ($2::text[]) and wrapped_key is not null`
export const ERASE_SUBJECT_KEYS = `
  update {subject_keys} set wrapped_key = null, erased_at = $3 where tenant_id = $1 and subject_id = $2 and wrapped_key is not null returning key_id`

const SUBJECT_KEY = defineColumns<SubjectKey & { readonly tenant: string; readonly createdAt: Temporal.Instant }>(column => [
  column('tenant_id', 'text', ({ tenant }) => tenant),
  column('key_id', 'uuid', ({ keyId }) => keyId),
  column('subject_id', 'text', ({ subjectId }) => subjectId),
  column('wrapped_key', 'bytea', ({ wrappedKey }) => hex(wrappedKey)),
  column('created_at', 'timestamptz', ({ createdAt }) => createdAt),
])
const INSERT_SUBJECT_KEYS = `insert into {subject_keys} (${SUBJECT_KEY.names}) select ${SUBJECT_KEY.unnest(1)}`

/** A row of a key that is not erased. */
export interface SubjectKeyRow {
  readonly key_id: string
  readonly subject_id: string
  readonly wrapped_key: string
}

/** The encrypted columns of audit logs. */
export const auditEncryptedColumns: readonly EncryptedColumn[] = [
  {
    table: 'audit.subject_keys',
    key: ['tenant_id', 'key_id'],
    column: 'wrapped_key',
    type: 'bytea',
    context: (tenantId = '', keyId = '') => subjectKeyContext(tenantId, keyId),
  },
  {
    table: 'audit.installation_subject_keys',
    key: ['tenant_id', 'key_id'],
    column: 'wrapped_key',
    type: 'bytea',
    context: (_tenantId = '', keyId = '') => subjectKeyContext(null, keyId),
  },
]

/** Returns the subjects of the personal data of events: each once, or with `isEach` one for each event that has one. */
export function subjectsOf(events: readonly CheckedAuditEvent[], { isEach = false }: { readonly isEach?: boolean } = {}): ReturnType<typeof textArray> {
  const subjects = events.flatMap(({ personal, subjectId }) => (personal === null || subjectId === null ? [] : [subjectId]))
  return textArray(isEach ? subjects : [...new Set(subjects)])
}

/** Encrypted personal data of an event. */
export interface SealedEvent {
  readonly keyId: string
  readonly ciphertext: Uint8Array
}

/** What encrypting needs. The log is locked, so nobody else creates keys of its subjects. */
export interface SealingOptions {
  readonly log: LogLocation
  readonly vault: PersonalVault
  readonly found: readonly SubjectKeyRow[]
  readonly now: Temporal.Instant
}

/** Encrypted personal data, and the keys that were made for it. */
export interface SealedEvents {
  readonly sealed: ReadonlyMap<CheckedAuditEvent, SealedEvent>
  readonly created: readonly SubjectKey[]
}

/** Encrypts the personal data of events, with new keys for new subjects, which are inserted. */
export function sealEvents(
  transaction: PostgresTransaction,
  events: readonly CheckedAuditEvent[],
  { log: { tenantId, key: tenant, statements }, vault, found, now }: SealingOptions,
): { readonly sealed: ReadonlyMap<CheckedAuditEvent, SealedEvent>; readonly inserted: Promise<unknown> } {
  const { sealed, created } = sealWith(events, { tenantId, vault, found })
  return {
    sealed,
    inserted: insertSubjectKeys(
      transaction,
      statements,
      created.map(key => ({ ...key, tenant, createdAt: now })),
    ),
  }
}

/** Encrypts the personal data of events of a log, with new keys for new subjects. */
export function sealWith(
  events: readonly CheckedAuditEvent[],
  { tenantId, vault, found }: Pick<SealingOptions, 'vault' | 'found'> & { readonly tenantId: string | null },
): SealedEvents {
  const keys = new Map<string, SubjectKey>()
  for (const row of found) keys.set(row.subject_id, { keyId: row.key_id, subjectId: row.subject_id, wrappedKey: Buffer.from(row.wrapped_key, 'hex') })
  const created: SubjectKey[] = []
  const sealed = new Map<CheckedAuditEvent, SealedEvent>()
  for (const event of events) {
    const { personal, personalSalt: salt, personalHash, subjectId } = event
    if (personal === null || salt === null || personalHash === null || subjectId === null) continue
    let key = keys.get(subjectId)
    if (key === undefined) {
      key = vault.createKey(tenantId, subjectId)
      keys.set(subjectId, key)
      created.push(key)
    }
    sealed.set(event, { keyId: key.keyId, ciphertext: vault.seal(tenantId, key, { personal, salt, personalHash }) })
  }
  return { sealed, created }
}

/** Inserts the keys of new subjects. */
export function insertSubjectKeys(
  transaction: PostgresTransaction,
  statements: LogStatements,
  rows: readonly (SubjectKey & { readonly tenant: string; readonly createdAt: Temporal.Instant })[],
): Promise<unknown> {
  return rows.length === 0 ? Promise.resolve() : transaction.query(statements.text(INSERT_SUBJECT_KEYS), SUBJECT_KEY.values(rows))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
