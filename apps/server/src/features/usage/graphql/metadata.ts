import type { Metadata } from '@tollgate/metadata'
import { builder } from '../../../graphql/builder.ts'

/** What the fields of metadata say, as input and as output. */
export const METADATA_DESCRIPTIONS: Record<keyof Metadata, string> = {
  customerId: 'The end customer it was done for.',
  organizationId: 'The organization, team or cost centre.',
  productId: 'The product it belongs to.',
  featureId: 'The feature of the product: "chat", "search".',
  subscriptionTier: 'The customer\'s plan: "free", "enterprise".',
  environment: 'Where it ran: "production", "staging".',
  taskType: 'What kind of task it was: "summarization".',
  sessionId: 'The session or conversation.',
  traceId: 'The trace of distributed tracing.',
  requestId: 'The request in your own logs.',
  attributes: 'Whatever else you want to find on the event: a flat object of strings, numbers and booleans. Not for grouping.',
}

/** Who and what a recorded event is attributed to. */
export const MetadataRef = builder.objectRef<Metadata>('Metadata').implement({
  description: 'Who and what an event is attributed to. The first seven fields are dimensions: usage can be grouped by them.',
  fields: t => ({
    customerId: t.exposeID('customerId', { nullable: true, description: METADATA_DESCRIPTIONS.customerId }),
    organizationId: t.exposeID('organizationId', { nullable: true, description: METADATA_DESCRIPTIONS.organizationId }),
    productId: t.exposeID('productId', { nullable: true, description: METADATA_DESCRIPTIONS.productId }),
    featureId: t.exposeID('featureId', { nullable: true, description: METADATA_DESCRIPTIONS.featureId }),
    subscriptionTier: t.exposeString('subscriptionTier', { nullable: true, description: METADATA_DESCRIPTIONS.subscriptionTier }),
    environment: t.exposeString('environment', { nullable: true, description: METADATA_DESCRIPTIONS.environment }),
    taskType: t.exposeString('taskType', { nullable: true, description: METADATA_DESCRIPTIONS.taskType }),
    sessionId: t.exposeID('sessionId', { nullable: true, description: METADATA_DESCRIPTIONS.sessionId }),
    traceId: t.exposeID('traceId', { nullable: true, description: METADATA_DESCRIPTIONS.traceId }),
    requestId: t.exposeID('requestId', { nullable: true, description: METADATA_DESCRIPTIONS.requestId }),
    attributes: t.expose('attributes', { type: 'JSON', nullable: true, description: METADATA_DESCRIPTIONS.attributes }),
  }),
})
