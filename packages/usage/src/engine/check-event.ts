import { type IdSource, type Issue, Temporal, toMicrosecond } from '@tollgate/kernel'
import { readTime } from '@tollgate/kernel/input'
import { checkMetadata } from '@tollgate/metadata'
import { EVENT_LIMITS } from '../model/event-limits.ts'
import type { CheckedEvent, UsageEventDraft } from '../model/event.ts'
import { type Field, isRecord } from './field.ts'
import { findUnknownFields } from './find-unknown-fields.ts'
import { readAmount, readInteger, readMilliseconds, readServiceTier, readStatus, readText, readTokens } from './read-fields.ts'
import { readUnits } from './read-units.ts'
import { type HashedFields, payloadHash } from './payload-hash.ts'

/** The tenant of an event, the time of receipt and a source of ids. */
export interface EventReceipt {
  readonly tenantId: string
  readonly ids: IdSource
  /** The current time in microseconds. Becomes `recordedAt`, and limits how far ahead `occurredAt` may be. */
  readonly now: Temporal.Instant
  /** `occurredAt` of an event that has none, in microseconds. Defaults to `now`. */
  readonly receivedAt?: Temporal.Instant
}

/** A valid event, or all issues of an invalid one. */
export type CheckedDraft = { readonly event: CheckedEvent; readonly issues?: never } | { readonly event?: never; readonly issues: readonly Issue[] }

const EARLIEST_MS = Temporal.Instant.from(EVENT_LIMITS.earliest).epochMilliseconds
const AHEAD_MS = EVENT_LIMITS.minutesAhead * 60_000

/**
 * Validates an event and fills in the defaults of key, time and status. Accepts any value, not only what the type
 * allows, and rejects unknown fields.
 */
export function checkEvent(draft: UsageEventDraft, receipt: EventReceipt): CheckedDraft {
  if (!isRecord(draft)) return { issues: [{ path: '', message: 'the event must be an object' }] }
  const issues: Issue[] = []
  const key = readText(draft.idempotencyKey, EVENT_LIMITS.idempotencyKeyLength, { path: 'idempotencyKey', issues })
  const occurredAt = checkOccurredAt(draft.occurredAt, receipt, { path: 'occurredAt', issues })
  const payload = checkPayload(draft, issues)
  findUnknownFields(draft, issues)
  if (issues.length > 0) return { issues }

  const { tenantId, ids, now } = receipt
  return {
    event: {
      id: ids.uuidV7(occurredAt.epochMilliseconds),
      tenantId,
      idempotencyKey: key ?? ids.uuidV7(now.epochMilliseconds),
      payloadHash: payloadHash(payload),
      occurredAtSent: draft.occurredAt !== undefined && draft.occurredAt !== null,
      occurredAt,
      recordedAt: now,
      ...payload,
    },
  }
}

function checkPayload(draft: UsageEventDraft, issues: Issue[]): HashedFields {
  const field = (path: string): Field => ({ path, issues })
  const limits = EVENT_LIMITS
  const operation = readText(draft.operation, limits.operationLength, field('operation'))
  if (draft.operation === undefined || draft.operation === null) issues.push({ path: 'operation', message: 'is missing' })
  const payload = {
    operation: operation ?? '',
    status: readStatus(draft.status, field('status')),
    provider: readText(draft.provider, limits.providerLength, field('provider')),
    model: readText(draft.model, limits.modelLength, field('model')),
    tokens: readTokens(draft.tokens, field('tokens')),
    quantity: readAmount(draft.quantity, field('quantity')),
    reportedCost: readAmount(draft.reportedCost, field('reportedCost')),
    latencyMs: readMilliseconds(draft.latencyMs, limits.latencyMs, field('latencyMs')),
    statusCode: readInteger(draft.statusCode, limits.statusCodeFrom, limits.statusCodeTo, field('statusCode')),
    errorMessage: readText(draft.errorMessage, limits.errorMessageLength, field('errorMessage')),
    reservationId: readText(draft.reservationId, limits.reservationIdLength, field('reservationId')),
    serviceTier: readServiceTier(draft.serviceTier, field('serviceTier')),
    units: readUnits(draft.units, field('units')),
    speed: readText(draft.speed, limits.speedLength, field('speed')),
    region: readText(draft.region, limits.regionLength, field('region')),
    credits: readAmount(draft.credits, field('credits')),
    description: readText(draft.description, limits.descriptionLength, field('description')),
    resourceType: readText(draft.resourceType, limits.resourceTypeLength, field('resourceType')),
    resourceId: readText(draft.resourceId, limits.resourceIdLength, field('resourceId')),
  }
  const { metadata, issues: found } = checkMetadata(draft.metadata)
  issues.push(...found)
  return { ...payload, metadata }
}

function checkOccurredAt(value: unknown, { now, receivedAt = now }: EventReceipt, { path, issues }: Field): Temporal.Instant {
  if (value === undefined || value === null) return receivedAt
  const instant = value instanceof Temporal.Instant ? value : readTime(value)
  if (instant === undefined) {
    issues.push({ path, message: 'must be an instant: a date and time with a UTC offset' })
    return now
  }
  const ms = instant.epochMilliseconds
  if (ms > now.epochMilliseconds + AHEAD_MS)
    issues.push({ path, message: `must be at most ${EVENT_LIMITS.minutesAhead} minutes ahead of now (${now.toString()})` })
  if (ms < EARLIEST_MS) issues.push({ path, message: `must be ${EVENT_LIMITS.earliest} or later` })
  return toMicrosecond(instant)
}
