import { hash } from 'node:crypto'
import type { Metadata } from '@tollgate/metadata'
import { FREQUENT_TOKEN_POOLS, type TokenUsage } from '@tollgate/tokens'
import type { CheckedEvent } from '../model/event.ts'

/** The fields that are hashed: everything that a client sends except the key and the time. */
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
 * Returns the SHA-256 (hexadecimal) of the canonical form of what the client sent: null equals omitted, "1.50" equals
 * 1.5, the order of attributes does not matter, empty metadata equals none, and the service tier "standard" equals none.
 * Hashes are stored, so the form must never change: add a new field only at the end, and only if it is set.
 */
export function payloadHash(event: HashedFields): string {
  return hash('sha256', canonicalForm(event))
}

/** A JSON list with a fixed position for each field, so that no two payloads share a form. Fields after the reservation are present only if set. */
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
  return FREQUENT_TOKEN_POOLS.map(pool => tokens[pool])
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
