import { isStorableText, NOT_STORABLE } from '@tollgate/kernel/text'
import { z } from 'zod'
import { isExact } from '../is-exact.ts'
import { METADATA_LIMITS } from '../limits.ts'
import type { AttributeValue, Metadata, MetadataDraft } from '../metadata.ts'

const storable = { error: NOT_STORABLE }
const text = z.string().min(1).max(METADATA_LIMITS.textLength).refine(isStorableText, storable).nullish()

const attributes = z
  .record(
    z.string().min(1).max(METADATA_LIMITS.attributeKeyLength).refine(isStorableText, storable),
    z
      .union([
        z.string().max(METADATA_LIMITS.attributeValueLength).refine(isStorableText, storable),
        z.number().refine(isExact, { error: 'must be an integer up to 2^53 - 1, or a string' }),
        z.boolean(),
      ])
      .nullish(),
  )
  .transform(withoutNulls<AttributeValue>)
  .refine(record => Object.keys(record).length <= METADATA_LIMITS.attributeCount, { error: `has more than ${METADATA_LIMITS.attributeCount} attributes` })
  .nullish()

/**
 * Zod schema of metadata from clients, for forms, JSON Schema and tools. Accepts and returns exactly what `checkMetadata`
 * does. On hot paths, use `checkMetadata`, which is faster.
 */
export const metadataSchema: z.ZodType<Metadata, MetadataDraft> = z
  .strictObject({
    customerId: text,
    organizationId: text,
    productId: text,
    featureId: text,
    subscriptionTier: text,
    environment: text,
    taskType: text,
    sessionId: text,
    traceId: text,
    requestId: text,
    attributes,
  })
  .transform(({ attributes: own, ...fields }) => ({
    ...withoutNulls<string>(fields),
    ...(own && Object.keys(own).length > 0 ? { attributes: own } : {}),
  }))

function withoutNulls<Value>(record: Readonly<Record<string, Value | null | undefined>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, Value] => entry[1] !== null && entry[1] !== undefined))
}
