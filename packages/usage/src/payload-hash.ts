import { hash } from 'node:crypto'
import type { Metadata } from '@tollgate/metadata'
import { TOKEN_POOLS, type TokenUsage } from '@tollgate/tokens'
import type { CheckedEvent } from './event.ts'

/** The fields that make two events with one key the same: all that a client sends, but the key and the time. */
export type HashedFields = Pick<
  CheckedEvent,
  | 'operation'
  | 'status'
  | 'provider'
  | 'model'
  | 'tokens'
  | 'quantity'
  | 'reportedCost'
  | 'latencyMs'
  | 'statusCode'
  | 'errorMessage'
  | 'metadata'
  | 'reservationId'
  | 'serviceTier'
>

/** The service tier of an event that names none. */
const STANDARD = 'standard'

/**
 * SHA-256, hexadecimal, of what the client sent, in a form that does not depend on how it was written: a field that is
 * null is as one that was left out, "1.50" is 1.5, attributes may come in any order, metadata that says nothing is none,
 * and the service tier "standard" is what an event without one has. Stored, so the form must never change: a new field
 * may only be added at the end, and only where it is set.
 */
export function payloadHash(event: HashedFields): string {
  return hash('sha256', canonicalForm(event))
}

/** JSON of a list: every field has its place, so no two events share a form. Those after the reservation are there only where they are set. */
function canonicalForm(event: HashedFields): string {
  const fields = [
    event.operation,
    event.status,
    event.provider,
    event.model,
    event.tokens && poolCounts(event.tokens),
    event.quantity && event.quantity.toFixed(),
    event.reportedCost && event.reportedCost.toFixed(),
    event.latencyMs,
    event.statusCode,
    event.errorMessage,
    metadataValues(event.metadata),
    event.reservationId,
  ]
  if (event.serviceTier !== null && event.serviceTier !== STANDARD) fields.push(event.serviceTier)
  return JSON.stringify(fields)
}

function poolCounts(tokens: TokenUsage): number[] {
  return TOKEN_POOLS.map(pool => tokens[pool])
}

function metadataValues(metadata: Metadata): unknown[] {
  return [
    metadata.customerId,
    metadata.organizationId,
    metadata.productId,
    metadata.featureId,
    metadata.subscriptionTier,
    metadata.environment,
    metadata.taskType,
    metadata.sessionId,
    metadata.traceId,
    metadata.requestId,
    sortedAttributes(metadata.attributes),
  ]
}

function sortedAttributes(attributes: Metadata['attributes']): unknown[] {
  return attributes === undefined ? [] : Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))
}
