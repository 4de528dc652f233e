import { type IdSource, type Issue, Temporal, toMicrosecond } from '@tollgate/kernel'
import { checkMetadata } from '@tollgate/metadata'
import { checkAmount, checkServiceTier, checkStatus, checkText, checkTokens, checkWholeNumber, type Field } from './check-fields.ts'
import type { CheckedEvent, UsageEventDraft } from './event.ts'
import { EVENT_LIMITS } from './event-limits.ts'
import { type HashedFields, payloadHash } from './payload-hash.ts'

/** Whose event it is, and when and with which ids it comes in. */
export interface EventReceipt {
  readonly tenantId: string
  readonly ids: IdSource
  /** Now, in whole microseconds. Becomes `recordedAt`, and says what is too far ahead. */
  readonly now: Temporal.Instant
  /** The time of an event that brings none, in whole microseconds; `now` where it is left out. */
  readonly receivedAt?: Temporal.Instant
}

/** An event that may be recorded, or everything that keeps it from being so, field by field. */
export type CheckedDraft = { readonly event: CheckedEvent; readonly issues?: never } | { readonly event?: never; readonly issues: readonly Issue[] }

const EARLIEST_MS = Temporal.Instant.from(EVENT_LIMITS.earliest).epochMilliseconds
const AHEAD_MS = EVENT_LIMITS.minutesAhead * 60_000

/**
 * Checks an event from outside and fills in what it left out: key, time, status. Takes any value, not only what the type
 * allows; fields that it does not know are not looked at.
 */
export function checkEvent(draft: UsageEventDraft, receipt: EventReceipt): CheckedDraft {
  if (typeof draft !== 'object' || draft === null) return { issues: [{ path: '', message: 'an event must be an object' }] }
  const issues: Issue[] = []
  const key = checkText(draft.idempotencyKey, EVENT_LIMITS.idempotencyKeyLength, { path: 'idempotencyKey', issues })
  const occurredAt = checkOccurredAt(draft.occurredAt, receipt, { path: 'occurredAt', issues })
  const payload = checkPayload(draft, issues)
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
  const operation = checkText(draft.operation, limits.operationLength, field('operation'))
  if (draft.operation === undefined || draft.operation === null) issues.push({ path: 'operation', message: 'is missing' })
  const payload = {
    operation: operation ?? '',
    status: checkStatus(draft.status, field('status')),
    provider: checkText(draft.provider, limits.providerLength, field('provider')),
    model: checkText(draft.model, limits.modelLength, field('model')),
    tokens: checkTokens(draft.tokens, field('tokens')),
    quantity: checkAmount(draft.quantity, field('quantity')),
    reportedCost: checkAmount(draft.reportedCost, field('reportedCost')),
    latencyMs: checkWholeNumber(draft.latencyMs, 0, limits.latencyMs, field('latencyMs')),
    statusCode: checkWholeNumber(draft.statusCode, limits.statusCodeFrom, limits.statusCodeTo, field('statusCode')),
    errorMessage: checkText(draft.errorMessage, limits.errorMessageLength, field('errorMessage')),
    reservationId: checkText(draft.reservationId, limits.reservationIdLength, field('reservationId')),
    serviceTier: checkServiceTier(draft.serviceTier, field('serviceTier')),
  }
  const { metadata, issues: found } = checkMetadata(draft.metadata)
  issues.push(...found)
  return { ...payload, metadata }
}

function checkOccurredAt(value: unknown, { now, receivedAt = now }: EventReceipt, { path, issues }: Field): Temporal.Instant {
  if (value === undefined || value === null) return receivedAt
  if (!(value instanceof Temporal.Instant)) {
    issues.push({ path, message: 'must be an instant: a date and time with a UTC offset' })
    return now
  }
  const ms = value.epochMilliseconds
  if (ms > now.epochMilliseconds + AHEAD_MS)
    issues.push({ path, message: `is more than ${EVENT_LIMITS.minutesAhead} minutes ahead of now (${now.toString()})` })
  if (ms < EARLIEST_MS) issues.push({ path, message: `is before ${EVENT_LIMITS.earliest}` })
  return toMicrosecond(value)
}
