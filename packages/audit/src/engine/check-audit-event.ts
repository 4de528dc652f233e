import { type IdSource, type Issue, Temporal, toMicrosecond } from '@tollgate/kernel'
import { readTimeAt } from '@tollgate/kernel/input'
import {
  AUDIT_RESULTS,
  type AuditActor,
  type AuditEventDraft,
  type AuditResource,
  type AuditResult,
  type CheckedAuditEvent,
  type JsonObject,
  type PersonalData,
} from '../model/audit-event.ts'
import { AUDIT_LIMITS } from '../model/audit-limits.ts'
import { payloadHash, personalHash } from './entry-hash.ts'
import { type Field, isRecord, readObject, readText } from './read-fields.ts'
import { redactText } from './redact-secrets.ts'
import { splitPersonalFields } from './split-personal-fields.ts'

/** The time of receipt, and sources of ids and salts. */
export interface AuditReceipt {
  readonly now: Temporal.Instant
  readonly ids: IdSource
  /** Returns cryptographically secure random bytes. */
  readonly randomBytes: (size: number) => Uint8Array
}

/** A valid event, or all issues of an invalid one. */
export type CheckedAuditDraft = { readonly event: CheckedAuditEvent; readonly issues?: never } | { readonly event?: never; readonly issues: readonly Issue[] }

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/
const EARLIEST_MS = Temporal.Instant.from(AUDIT_LIMITS.earliest).epochMilliseconds
const AHEAD_MS = AUDIT_LIMITS.minutesAhead * 60_000
const SALT_BYTES = 16
/** The subject of personal data of which nobody knows whom it is about. */
const UNKNOWN_SUBJECT = 'unknown'

const FIELDS: ReadonlySet<string> = new Set<keyof AuditEventDraft>([
  'idempotencyKey',
  'occurredAt',
  'family',
  'action',
  'actor',
  'resource',
  'result',
  'count',
  'errorMessage',
  'requestId',
  'reportedBy',
  'ipAddress',
  'userAgent',
  'details',
  'personalDetails',
  'subjectId',
  'before',
  'after',
])

const ACTOR_FIELDS: ReadonlySet<string> = new Set<keyof AuditActor>(['kind', 'id'])
const RESOURCE_FIELDS: ReadonlySet<string> = new Set<keyof AuditResource>(['type', 'id'])

/** Validates an event, redacts its secrets and fills in the defaults. Accepts any value, and rejects unknown fields. */
export function checkAuditEvent(draft: AuditEventDraft, { now, ids, randomBytes }: AuditReceipt): CheckedAuditDraft {
  if (!isRecord(draft)) return { issues: [{ path: '', message: 'the event must be an object' }] }
  const issues: Issue[] = []
  const field = (path: string): Field => ({ path, issues })
  const key = readText(draft.idempotencyKey, AUDIT_LIMITS.idempotencyKeyLength, field('idempotencyKey'))
  const occurredAt = readOccurredAt(draft.occurredAt, now, field('occurredAt'))
  const [details, before, after] = (['details', 'before', 'after'] as const).map(name => splitPersonalFields(readObject(draft[name], field(name))))
  const payload = {
    family: readName(draft.family, field('family')),
    action: readName(draft.action, field('action')),
    actor: readActor(draft.actor, field('actor')),
    resource: readResource(draft.resource, field('resource')),
    result: readResult(draft.result, field('result')),
    count: readCount(draft.count, field('count')),
    errorMessage: readRedacted(draft.errorMessage, AUDIT_LIMITS.errorMessageLength, field('errorMessage')),
    requestId: readText(draft.requestId, AUDIT_LIMITS.requestIdLength, field('requestId')),
    reportedBy: readText(draft.reportedBy, AUDIT_LIMITS.actorIdLength, field('reportedBy')),
    details: details?.open ?? null,
    before: before?.open ?? null,
    after: after?.open ?? null,
  }
  const personal = readPersonalData(draft, { details: details?.personal, before: before?.personal, after: after?.personal }, field)
  const subjectId = readText(draft.subjectId, AUDIT_LIMITS.actorIdLength, field('subjectId')) ?? payload.actor.id ?? UNKNOWN_SUBJECT
  for (const name of Object.keys(draft)) if (!FIELDS.has(name)) issues.push({ path: name.slice(0, 60), message: 'is not a field of an audit event' })
  if (issues.length > 0) return { issues }

  const personalSalt = personal === null ? null : Buffer.from(randomBytes(SALT_BYTES)).toString('hex')
  return {
    event: {
      ...payload,
      occurredAt,
      occurredAtSent: draft.occurredAt !== undefined && draft.occurredAt !== null,
      idempotencyKey: key ?? ids.uuidV7(now.epochMilliseconds),
      payloadHash: payloadHash(payload),
      personal,
      personalSalt,
      personalHash: personal === null || personalSalt === null ? null : personalHash(personalSalt, personal),
      subjectId: personal === null ? null : subjectId,
    },
  }
}

function readName(value: unknown, field: Field): string {
  const name = readText(value, AUDIT_LIMITS.nameLength, field)
  if (value === undefined || value === null) field.issues.push({ path: field.path, message: 'is missing' })
  else if (name !== null && !NAME.test(name)) {
    field.issues.push({ path: field.path, message: 'must consist of letters, digits and underscores, and start with a letter' })
  }
  return name ?? ''
}

function readRedacted(value: unknown, max: number, field: Field): string | null {
  const text = readText(value, max, field)
  return text === null ? null : redactText(text)
}

function unknownFields(value: JsonObject, fields: ReadonlySet<string>, path: string): Issue[] {
  const unknown = Object.keys(value).filter(name => !fields.has(name))
  return unknown.map(name => ({ path: `${path}.${name.slice(0, 60)}`, message: `is not a field of it; it has ${[...fields].join(' and ')}` }))
}

function readActor(value: unknown, { path, issues }: Field): AuditActor {
  const system: AuditActor = { kind: 'system', id: null }
  if (value === undefined || value === null) return system
  if (!isRecord(value)) {
    issues.push({ path, message: 'must be an object with a kind and an id' })
    return system
  }
  issues.push(...unknownFields(value, ACTOR_FIELDS, path))
  const { kind } = value
  const id = readText(value.id, AUDIT_LIMITS.actorIdLength, { path: `${path}.id`, issues })
  if (kind === 'user' || kind === 'key' || kind === 'system') return { kind, id }
  issues.push({ path: `${path}.kind`, message: 'must be "user", "key" or "system"' })
  return system
}

function readResource(value: unknown, { path, issues }: Field): AuditResource | null {
  if (value === undefined || value === null) return null
  if (!isRecord(value)) {
    issues.push({ path, message: 'must be an object with a type and an id' })
    return null
  }
  issues.push(...unknownFields(value, RESOURCE_FIELDS, path))
  const type = readText(value.type, AUDIT_LIMITS.resourceTypeLength, { path: `${path}.type`, issues })
  if (value.type === undefined || value.type === null) issues.push({ path: `${path}.type`, message: 'is missing' })
  return { type: type ?? '', id: readRedacted(value.id, AUDIT_LIMITS.resourceIdLength, { path: `${path}.id`, issues }) }
}

function readResult(value: unknown, { path, issues }: Field): AuditResult {
  if (value === undefined || value === null) return 'success'
  const result = AUDIT_RESULTS.find(known => known === value)
  if (result === undefined) issues.push({ path, message: 'must be "success", "failure" or "denied"' })
  return result ?? 'success'
}

function readCount(value: unknown, { path, issues }: Field): number {
  if (value === undefined || value === null) return 1
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= AUDIT_LIMITS.count) return value
  issues.push({ path, message: `must be a whole number from 0 to ${AUDIT_LIMITS.count.toLocaleString('en')}` })
  return 1
}

/** Personal fields of the objects of an event. */
type PersonalFields = { readonly [Name in 'details' | 'before' | 'after']: JsonObject | null | undefined }

function readPersonalData(draft: AuditEventDraft, found: PersonalFields, field: (path: string) => Field): PersonalData | null {
  const ipAddress = readText(draft.ipAddress, AUDIT_LIMITS.ipAddressLength, field('ipAddress'))
  const userAgent = readRedacted(draft.userAgent, AUDIT_LIMITS.userAgentLength, field('userAgent'))
  const named = readObject(draft.personalDetails, field('personalDetails'))
  const details = named === null ? found.details : { ...found.details, ...named }
  const data = Object.entries({ ipAddress, userAgent, details, before: found.before, after: found.after }).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  return data.length === 0 ? null : (Object.fromEntries(data) as PersonalData)
}

function readOccurredAt(value: unknown, now: Temporal.Instant, { path, issues }: Field): Temporal.Instant {
  const occurredAt = readTimeAt(path, value as AuditEventDraft['occurredAt'], issues)
  if (occurredAt === null) return now
  const ms = occurredAt.epochMilliseconds
  if (ms > now.epochMilliseconds + AHEAD_MS) {
    issues.push({ path, message: `must be at most ${AUDIT_LIMITS.minutesAhead} minutes ahead of now (${now.toString()})` })
  }
  if (ms < EARLIEST_MS) issues.push({ path, message: `must be ${AUDIT_LIMITS.earliest} or later` })
  return toMicrosecond(occurredAt)
}
