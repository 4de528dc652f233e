import type { MetadataDraft } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { METADATA_DESCRIPTIONS } from './metadata.ts'

/** The metadata of an event to track. */
export const MetadataInputRef = builder.inputRef<MetadataDraft>('MetadataInput').implement({
  description: 'What an event is attributed to. The first seven fields are dimensions, by which usage can be grouped.',
  fields: t => ({
    customerId: t.id({ description: METADATA_DESCRIPTIONS.customerId }),
    organizationId: t.id({ description: METADATA_DESCRIPTIONS.organizationId }),
    productId: t.id({ description: METADATA_DESCRIPTIONS.productId }),
    featureId: t.id({ description: METADATA_DESCRIPTIONS.featureId }),
    subscriptionTier: t.string({ description: METADATA_DESCRIPTIONS.subscriptionTier }),
    environment: t.string({ description: METADATA_DESCRIPTIONS.environment }),
    taskType: t.string({ description: METADATA_DESCRIPTIONS.taskType }),
    sessionId: t.id({ description: METADATA_DESCRIPTIONS.sessionId }),
    traceId: t.id({ description: METADATA_DESCRIPTIONS.traceId }),
    requestId: t.id({ description: METADATA_DESCRIPTIONS.requestId }),
    attributes: t.field({ type: 'JSON', description: METADATA_DESCRIPTIONS.attributes }),
  }),
})
