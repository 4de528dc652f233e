/** A value of a custom attribute. */
export type AttributeValue = string | number | boolean

/** Who and what a usage event is attributed to. The first seven are dimensions: usage can be grouped by them. */
export interface Metadata {
  readonly customerId?: string
  readonly organizationId?: string
  readonly productId?: string
  readonly featureId?: string
  readonly subscriptionTier?: string
  readonly environment?: string
  readonly taskType?: string
  readonly sessionId?: string
  readonly traceId?: string
  readonly requestId?: string
  /** Flat; for looking at one event, not for grouping. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>
}
