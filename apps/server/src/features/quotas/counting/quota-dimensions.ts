import type { Metadata } from '@tollgate/metadata'
import type { DimensionValues } from '@tollgate/quotas'

/** Dimensions of quotas that metadata does not have. The operation is part of each request. */
export interface ServedBy {
  readonly provider?: string | null | undefined
  readonly model?: string | null | undefined
}

/** Returns the dimensions that quotas are scoped by, the same for a usage event and for a decision before it. */
export function quotaDimensions(metadata: Metadata, { provider, model }: ServedBy): DimensionValues {
  const { customerId, organizationId, productId, featureId, subscriptionTier, environment, taskType, sessionId } = metadata
  return {
    provider,
    model,
    customer: customerId,
    organization: organizationId,
    product: productId,
    feature: featureId,
    tier: subscriptionTier,
    environment,
    taskType,
    session: sessionId,
  }
}
