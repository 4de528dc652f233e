import type { Metadata } from '@tollgate/metadata'
import { builder } from '../../../graphql/builder.ts'

/** The descriptions of the fields of metadata, for input and output. */
export const METADATA_DESCRIPTIONS: Record<keyof Metadata, string> = {
  customerId: 'End customer.',
  organizationId: 'Organization, team or cost centre.',
  productId: 'Product.',
  featureId: 'Feature of the product, such as "chat" or "search".',
  subscriptionTier: 'Plan of the customer, such as "free" or "enterprise".',
  environment: 'Environment, such as "production" or "staging".',
  taskType: 'Kind of task, such as "summarization".',
  sessionId: 'Session or conversation.',
  traceId: 'Id of the distributed trace.',
  requestId: 'Id of the request in your logs.',
  attributes:
    'Custom attributes: a flat object of strings, numbers and booleans. Send integers beyond 2^53 - 1 and numbers of more than 17 digits as strings. Usage cannot be grouped by them.',
}

/** The metadata of a recorded event. */
export const MetadataRef = builder.objectRef<Metadata>('Metadata').implement({
  description: 'What an event is attributed to. The first seven fields are dimensions, by which usage can be grouped.',
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
