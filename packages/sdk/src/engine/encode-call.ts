import { type AttributeValue, mergeMetadata, type Metadata } from '@tollgate/metadata'
import type { CallRecord, UsageStatus } from '../model/call-record.ts'
import type { DecimalInput } from '../model/decimal-input.ts'
import type { UsageEventInput } from '../model/operations.ts'
import { decimalText, measured, oneOf } from './read-input.ts'

/** Operation of a call that names none. */
export const DEFAULT_OPERATION = 'ai_call'

/** The server rejects longer texts. */
const MAX_ERROR_MESSAGE_LENGTH = 2_000
const MAX_DESCRIPTION_LENGTH = 1_000

/** What an event has besides its call. */
export interface EncodedWith {
  readonly callId: string
  readonly occurredAt: string
  /** Metadata of the client, the context and the call together. */
  readonly metadata: Metadata
}

/** Returns the event that is sent for a call. */
export function encodeCall(call: CallRecord, { callId, occurredAt, metadata }: EncodedWith): UsageEventInput {
  const attributes = attributesOf(call)
  const attributed = hasFields(attributes) ? mergeMetadata({ attributes }, metadata) : metadata
  // JSON leaves out what is undefined.
  return {
    idempotencyKey: callId,
    occurredAt,
    operation: call.operation ?? DEFAULT_OPERATION,
    status: call.status === 'SUCCESS' || !call.status ? undefined : oneOf<UsageStatus>('status', call.status, ['SUCCESS', 'FAILURE', 'RATE_LIMITED']),
    provider: call.provider,
    model: call.model,
    tokens: call.tokens,
    units: call.units?.length === 0 ? undefined : call.units,
    quantity: decimalOf('quantity', call.quantity),
    credits: decimalOf('credits', call.credits),
    description: storableText(call.description, MAX_DESCRIPTION_LENGTH),
    resourceType: call.resourceType,
    resourceId: call.resourceId,
    reportedCost: decimalOf('reportedCost', call.reportedCost),
    latencyMs: measured('latencyMs', call.latencyMs),
    statusCode: measured('statusCode', call.statusCode),
    errorMessage: storableText(call.errorMessage, MAX_ERROR_MESSAGE_LENGTH),
    serviceTier: call.serviceTier,
    speed: call.speed,
    region: call.region,
    reservationId: call.reservationId,
    metadata: hasFields(attributed) ? attributed : undefined,
  }
}

/** Fields that the server has no place for. */
function attributesOf(call: CallRecord): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue | undefined> = {
    time_to_first_token_ms: measured('timeToFirstTokenMs', call.timeToFirstTokenMs),
    estimated: call.estimated === true ? true : undefined,
    aborted: call.aborted === true ? true : undefined,
  }
  return Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined))
}

/**
 * Shortens a text that this package adds, and removes what PostgreSQL cannot store, because either would reject the event. An
 * empty text is left out for the same reason.
 */
export function storableText(text: string | null | undefined, maxLength: number): string | undefined {
  return text === undefined || text === null || text === '' ? undefined : text.replaceAll('\0', '\uFFFD').slice(0, maxLength).toWellFormed()
}

function decimalOf(path: string, value: DecimalInput | null | undefined): string | undefined {
  return value === undefined || value === null ? undefined : decimalText(path, value)
}

function hasFields(record: object): boolean {
  return Object.keys(record).length > 0
}
