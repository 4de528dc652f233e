import type { Metadata } from '@tollgate/metadata'
import type { DimensionValues } from '@tollgate/quotas'

/** What else than metadata quotas can be scoped by. The operation is told with each amount. */
export interface ServedBy {
  readonly provider?: string | null | undefined
  readonly model?: string | null | undefined
}

/** What is counted for whom: the same of an event that is recorded, and of a question before it. */
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
