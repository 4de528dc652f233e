import type { Span } from './span.ts'

/** Attributes that fields of the metadata are read from, the first that is set. Those of the span go before those of its resource. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  customerId: ['tollgate.customer.id', 'user.id', 'enduser.id', 'traceloop.association.properties.user_id', 'ai.telemetry.metadata.userId'],
  organizationId: ['tollgate.organization.id'],
  productId: ['tollgate.product.id'],
  featureId: ['tollgate.feature.id'],
  subscriptionTier: ['tollgate.subscription.tier'],
  environment: ['tollgate.environment', 'deployment.environment.name', 'deployment.environment'],
  taskType: ['tollgate.task.type'],
  sessionId: ['session.id', 'gen_ai.conversation.id', 'traceloop.association.properties.session_id', 'ai.telemetry.metadata.sessionId'],
}

/** Attributes that are kept as they are. */
const KEPT = ['service.name', 'gen_ai.agent.name', 'gen_ai.response.id']

/** Returns the metadata of a span: what it is attributed to. */
export function spanMetadata(span: Span): Record<string, unknown> {
  const metadata: Record<string, unknown> = { traceId: span.traceId }
  for (const [field, names] of Object.entries(SOURCES)) {
    const value = firstText(span, names)
    if (value !== undefined) metadata[field] = value
  }
  const attributes: Record<string, string> = {}
  for (const name of KEPT) {
    const value = firstText(span, [name])
    if (value !== undefined) attributes[name] = value
  }
  return Object.keys(attributes).length > 0 ? { ...metadata, attributes } : metadata
}

/** Returns the first of the named attributes of a span, or else of its resource. Ids can be numbers. */
export function firstText({ attributes, resource }: Pick<Span, 'attributes' | 'resource'>, names: readonly string[]): string | undefined {
  for (const from of [attributes, resource]) {
    for (const name of names) {
      const value = from[name]
      if (typeof value === 'string' && value !== '') return value
      if (typeof value === 'number') return String(value)
    }
  }
  return undefined
}
