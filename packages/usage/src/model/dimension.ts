import type { CheckedEvent } from './event.ts'

/** The dimensions that usage can be grouped and filtered by. */
export const DIMENSIONS = [
  'provider',
  'model',
  'operation',
  'status',
  'customer',
  'organization',
  'product',
  'feature',
  'tier',
  'environment',
  'taskType',
  'tenant',
] as const

/** The name of one dimension. */
export type Dimension = (typeof DIMENSIONS)[number]

/** One value per dimension; null if the event has none. */
export type DimensionSet = Readonly<Record<Dimension, string | null>>

/** Returns the dimension values of an event. */
export function dimensionsOf(event: Pick<CheckedEvent, 'provider' | 'model' | 'operation' | 'status' | 'tenantId' | 'metadata'>): DimensionSet {
  const { metadata } = event
  return {
    provider: event.provider,
    model: event.model,
    operation: event.operation,
    status: event.status,
    customer: metadata.customerId ?? null,
    organization: metadata.organizationId ?? null,
    product: metadata.productId ?? null,
    feature: metadata.featureId ?? null,
    tier: metadata.subscriptionTier ?? null,
    environment: metadata.environment ?? null,
    taskType: metadata.taskType ?? null,
    tenant: event.tenantId,
  }
}
