import { type AttributeValue, mergeMetadata, type Metadata, METADATA_LIMITS } from '@tollgate/metadata'
import type { CallRecord } from '../model/call-record.ts'
import type { DecimalInput } from '../model/decimal-input.ts'
import type { MetadataInput, UsageEventInput } from '../model/operations.ts'

/** Operation of a call that names none. */
export const DEFAULT_OPERATION = 'ai_call'

/** The server rejects a longer message. */
const MAX_ERROR_MESSAGE_LENGTH = 2_000

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
  const attributed = attributes === undefined ? metadata : mergeMetadata({ attributes }, metadata)
  return {
    idempotencyKey: callId,
    occurredAt,
    operation: call.operation ?? DEFAULT_OPERATION,
    ...(call.status !== undefined && call.status !== 'SUCCESS' && { status: call.status }),
    ...(call.provider !== undefined && { provider: call.provider }),
    ...(call.model !== undefined && { model: call.model }),
    ...(call.tokens !== undefined && { tokens: call.tokens }),
    ...(call.units !== undefined && call.units.length > 0 && { units: call.units }),
    ...(call.quantity !== undefined && { quantity: decimalText(call.quantity) }),
    ...(call.reportedCost !== undefined && { reportedCost: decimalText(call.reportedCost) }),
    ...(call.latencyMs !== undefined && { latencyMs: Math.round(call.latencyMs) }),
    ...(call.statusCode !== undefined && { statusCode: call.statusCode }),
    ...(call.errorMessage !== undefined && call.errorMessage !== '' && { errorMessage: storableText(call.errorMessage, MAX_ERROR_MESSAGE_LENGTH) }),
    ...(call.serviceTier !== undefined && { serviceTier: call.serviceTier }),
    ...(call.speed !== undefined && { speed: call.speed }),
    ...(call.region !== undefined && { region: call.region }),
    ...(call.reservationId !== undefined && call.reservationId !== null && { reservationId: call.reservationId }),
    ...(hasFields(attributed) && { metadata: attributed satisfies MetadataInput }),
  }
}

/** Fields that the server has no place for. */
function attributesOf(call: CallRecord): Record<string, AttributeValue> | undefined {
  const attributes: Record<string, AttributeValue> = {}
  if (call.timeToFirstTokenMs !== undefined) attributes['time_to_first_token_ms'] = Math.round(call.timeToFirstTokenMs)
  if (call.estimated === true) attributes['estimated'] = true
  if (call.aborted === true) attributes['aborted'] = true
  if (call.credits !== undefined) attributes['credits'] = decimalText(call.credits)
  if (call.description !== undefined) attributes['description'] = storableText(call.description, METADATA_LIMITS.attributeValueLength)
  if (call.resourceType !== undefined) attributes['resource_type'] = call.resourceType
  if (call.resourceId !== undefined) attributes['resource_id'] = call.resourceId
  return hasFields(attributes) ? attributes : undefined
}

/** Returns the decimal of a number as JavaScript prints it, which is the shortest text that reads as the same number. */
export function decimalText(value: DecimalInput): string {
  return typeof value === 'string' ? value : String(value)
}

/** Shortens a text that this package adds, and removes what PostgreSQL cannot store, because either would reject the event. */
export function storableText(text: string, maxLength: number): string {
  return text.replaceAll('\0', '\uFFFD').slice(0, maxLength).toWellFormed()
}

function hasFields(record: object): boolean {
  return Object.keys(record).length > 0
}
