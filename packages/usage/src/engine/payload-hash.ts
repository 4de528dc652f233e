import { hash } from 'node:crypto'
import type { Metadata } from '@tollgate/metadata'
import { FREQUENT_TOKEN_POOLS, RARE_TOKEN_POOLS, type TokenUsage } from '@tollgate/tokens'
import type { CheckedEvent } from '../model/event.ts'
import { compareUnits } from '../model/measure-details.ts'

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
  | 'units'
  | 'speed'
  | 'region'
  | 'credits'
  | 'description'
  | 'resourceType'
  | 'resourceId'
>

/** The service tier of an event that names none. */
const STANDARD = 'standard'

/**
 * Returns the SHA-256 (hexadecimal) of the canonical form of what the client sent: null equals omitted, "1.50" equals
 * 1.5, the order of attributes and units does not matter, empty metadata equals none, and the service tier "standard"
 * equals none.
 * Hashes are stored, so the form must never change: add a new field only at the end, and only if it is set.
 */
export function payloadHash(event: HashedFields): string {
  return hash('sha256', canonicalForm(event))
}

/** A JSON list with a fixed position for each field, so that no two payloads share a form. Fields after the reservation are present only if set. */
function canonicalForm(event: HashedFields): string {
  const fields: unknown[] = [
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
  const rare = rareFields(event)
  if (rare !== undefined) fields.push(rare)
  return JSON.stringify(fields)
}

/** An object, so that it cannot be taken for the service tier, which is a text. Undefined if the event has none of these fields. */
function rareFields(event: HashedFields): Record<string, unknown> | undefined {
  const { tokens, units, speed, region } = event
  const pools = tokens === null ? undefined : rarePoolCounts(tokens)
  const forCredits = creditFields(event)
  if (pools === undefined && units.length === 0 && speed === null && region === null && forCredits === undefined) return undefined
  return {
    ...(pools && { tokens: pools }),
    ...(units.length > 0 && { units: units.toSorted(compareUnits).map(({ kind, quantity, variant }) => [kind, quantity, variant ?? null]) }),
    ...(speed !== null && { speed }),
    ...(region !== null && { region }),
    ...forCredits,
  }
}

/** What an event says for entries of credits; undefined if it says nothing. */
function creditFields({ credits, description, resourceType, resourceId }: HashedFields): Record<string, unknown> | undefined {
  if (credits === null && description === null && resourceType === null && resourceId === null) return undefined
  return {
    ...(credits !== null && { credits: credits.toFixed() }),
    ...(description !== null && { description }),
    ...(resourceType !== null && { resourceType }),
    ...(resourceId !== null && { resourceId }),
  }
}

/** The names and counts of rare pools, in the order of their names; undefined if there are none. */
function rarePoolCounts(tokens: TokenUsage): (string | number)[] | undefined {
  let counts: [string, number][] | undefined
  for (const pool of RARE_TOKEN_POOLS) {
    const count = tokens[pool]
    if (count !== undefined) (counts ??= []).push([pool, count])
  }
  return counts?.sort(([a], [b]) => (a < b ? -1 : 1)).flat()
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
