import { hash } from 'node:crypto'
import type { AuditContent, AuditEvent, CheckedAuditEvent, PersonalData } from '../model/audit-event.ts'
import { canonicalJson } from './canonical-json.ts'

/** The version of the form. Entries of all versions stay verifiable. */
const VERSION = 1

/** The fields of an entry that its hash covers. */
export type HashedEntry = Omit<AuditEvent, 'hash' | 'personal' | 'personalSalt'>

/**
 * Returns the canonical form of an entry, which is what the log commits to. It contains the hash of the entry before it,
 * and of personal data only a salted hash. Stored hashes depend on this form, so it must never change: add a new field
 * only if it is set, or with a new version.
 */
export function canonicalEntry(entry: HashedEntry): string {
  return canonicalJson({
    version: VERSION,
    log: entry.tenantId === null ? 'installation' : `tenants/${entry.tenantId}`,
    sequence: entry.sequence,
    ...(entry.previousHash !== null && { previousHash: entry.previousHash }),
    idempotencyKey: entry.idempotencyKey,
    recordedAt: entry.recordedAt.toString(),
    occurredAt: entry.occurredAt.toString(),
    ...contentForm(entry),
    ...(entry.personalHash !== null && { personalHash: entry.personalHash }),
  })
}

function contentForm({
  family,
  action,
  actor,
  resource,
  result,
  count,
  errorMessage,
  requestId,
  reportedBy,
  details,
  before,
  after,
}: Omit<AuditContent, 'occurredAt'>): object {
  return {
    family,
    action,
    actor: actor.id === null ? { kind: actor.kind } : { kind: actor.kind, id: actor.id },
    result,
    ...(count !== 1 && { count }),
    ...(resource !== null && { resource: resource.id === null ? { type: resource.type } : { type: resource.type, id: resource.id } }),
    ...(errorMessage !== null && { errorMessage }),
    ...(requestId !== null && { requestId }),
    ...(reportedBy !== null && { reportedBy }),
    ...(details !== null && { details }),
    ...(before !== null && { before }),
    ...(after !== null && { after }),
  }
}

/** Returns the hash (hexadecimal) of a leaf of the Merkle tree: SHA-256 of a zero byte and the canonical form (RFC 6962). */
export function leafHash(canonical: string): string {
  return hash('sha256', `\0${canonical}`)
}

/** Returns the hash (hexadecimal) of an entry. */
export function entryHash(entry: HashedEntry): string {
  return leafHash(canonicalEntry(entry))
}

/** Returns the salted hash (hexadecimal) of personal data. Without the salt, it cannot be guessed from likely values. */
export function personalHash(salt: string, personal: PersonalData): string {
  return hash('sha256', `${salt}\n${canonicalJson(personal)}`)
}

/** Returns the hash (hexadecimal) of what a caller sent, without key, time, reporter and personal data. Stored, so its form must never change. */
export function payloadHash(content: Omit<AuditContent, 'occurredAt' | 'reportedBy'>): string {
  const { family, action, actor, resource, result, count, errorMessage, requestId, details, before, after } = content
  // A list with a fixed position for each field. Only objects need the canonical form, because their order does not matter.
  const objects = [details, before, after].map(value => value && canonicalJson(value))
  return hash(
    'sha256',
    JSON.stringify([
      family,
      action,
      actor.kind,
      actor.id,
      resource && [resource.type, resource.id],
      result,
      errorMessage,
      requestId,
      ...objects,
      ...(count === 1 ? [] : [count]),
    ]),
  )
}

/** The first event that used a key, as far as a repeat is compared with it. */
export type KeyedAuditEvent = Pick<CheckedAuditEvent, 'payloadHash' | 'occurredAtSent' | 'occurredAt' | 'personalHash' | 'personalSalt'>
