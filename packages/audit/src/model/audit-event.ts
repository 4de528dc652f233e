import type { Temporal } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import type { PersonalRecord } from './personal-record.ts'

/** How an operation ended. `denied`: the actor was not allowed to do it, or a limit refused it. */
export type AuditResult = 'success' | 'failure' | 'denied'

export const AUDIT_RESULTS: readonly AuditResult[] = ['success', 'failure', 'denied']

/** Who did something: a person, an API key, or the system itself. */
export interface AuditActor {
  readonly kind: 'user' | 'key' | 'system'
  readonly id: string | null
}

/** What something was done to. */
export interface AuditResource {
  readonly type: string
  readonly id: string | null
}

/** An object of JSON values. */
export interface JsonObject {
  readonly [name: string]: unknown
}

/** Data of a person. The log has only a salted hash of it, and a store encrypts it with a key of the person, so that it can be erased. */
export interface PersonalData {
  readonly ipAddress?: string
  readonly userAgent?: string
  /** Details that identify a person, such as an email address. */
  readonly details?: JsonObject
  /** Fields of `before` and `after` that identify a person. */
  readonly before?: JsonObject
  readonly after?: JsonObject
}

/** An audit event as a caller sends it. */
export interface AuditEventDraft {
  /** Recorded once for each log and key. Made if omitted. */
  readonly idempotencyKey?: string | null
  /** Defaults to the time of receipt. */
  readonly occurredAt?: TimeInput | null
  readonly family: string
  readonly action: string
  /** Defaults to the system. */
  readonly actor?: AuditActor | null
  readonly resource?: AuditResource | null
  /** Defaults to `success`. */
  readonly result?: AuditResult | null
  readonly errorMessage?: string | null
  /** Number of occurrences that the event stands for in reports. 0 if other events count them. Defaults to 1. */
  readonly count?: number | null
  readonly requestId?: string | null
  /** Who reported the event, if it did not happen in the program that records it: an API key. Defaults to nobody. */
  readonly reportedBy?: string | null
  readonly ipAddress?: string | null
  readonly userAgent?: string | null
  readonly details?: JsonObject | null
  /** Details that identify a person. */
  readonly personalDetails?: JsonObject | null
  /** The person whom the personal data is about, for erasure. Defaults to the id of the actor, or else to "unknown". */
  readonly subjectId?: string | null
  /** The resource, or its changed fields, before the operation. */
  readonly before?: JsonObject | null
  /** The resource, or its changed fields, after the operation. */
  readonly after?: JsonObject | null
}

/** The content of a valid event, without secrets. */
export interface AuditContent {
  readonly occurredAt: Temporal.Instant
  readonly family: string
  readonly action: string
  readonly actor: AuditActor
  readonly resource: AuditResource | null
  readonly result: AuditResult
  /** Number of occurrences that it stands for. */
  readonly count: number
  readonly errorMessage: string | null
  readonly requestId: string | null
  /** Who reported it. Null if the program that recorded it knows of it by itself. */
  readonly reportedBy: string | null
  readonly details: JsonObject | null
  readonly before: JsonObject | null
  readonly after: JsonObject | null
}

/** A valid event that is not in the log yet. */
export interface CheckedAuditEvent extends AuditContent {
  readonly idempotencyKey: string
  /** Whether the caller sent `occurredAt`. */
  readonly occurredAtSent: boolean
  /** SHA-256 (hexadecimal) of what the caller sent, without key, time and personal data. */
  readonly payloadHash: string
  readonly personal: PersonalData | null
  /** Random bytes (hexadecimal) that keep `personalHash` from being guessed; null without personal data. */
  readonly personalSalt: string | null
  /** Salted SHA-256 (hexadecimal) of the personal data; null without personal data. */
  readonly personalHash: string | null
  /** The person whom the personal data is about; null without personal data. */
  readonly subjectId: string | null
}

/** An entry of a log. It never changes; only `personal` and its salt can be erased. */
export interface AuditEvent extends AuditContent {
  /** The tenant of the log; null for the log of the installation. */
  readonly tenantId: string | null
  /** The position in the log, from 1, without gaps. */
  readonly sequence: number
  readonly idempotencyKey: string
  /** Never earlier than the previous entry. */
  readonly recordedAt: Temporal.Instant
  readonly personalHash: string | null
  /** Null if there was none, or it was erased. */
  readonly personal: PersonalData | null
  readonly personalSalt: string | null
  /** The personal data as it is stored, also after its key was erased. Undefined if the store does not encrypt it. */
  readonly sealed?: PersonalRecord | undefined
  /** Hash (hexadecimal) of the entry before it; null for the first one. */
  readonly previousHash: string | null
  /** Leaf hash (hexadecimal) of the entry in the Merkle tree. The next entry contains it. */
  readonly hash: string
}

/** Returns the name of the kind of an event, such as "trial.created". */
export function eventType({ family, action }: Pick<AuditContent, 'family' | 'action'>): string {
  return `${family}.${action}`
}
