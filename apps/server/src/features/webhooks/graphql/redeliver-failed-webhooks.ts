import { WebhookEndpointDisabled } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'

const RedeliverFailedWebhooksInputRef = builder.inputType('RedeliverFailedWebhooksInput', {
  description: 'Failed deliveries to send again.',
  fields: t => ({
    endpointId: t.id({ required: true, description: 'Id of the endpoint: "whe_…".' }),
    from: t.field({ type: 'DateTime', required: true, description: 'Deliveries that were created at this time or later.' }),
    to: t.field({ type: 'DateTime', required: true, description: 'Deliveries that were created before this time.' }),
  }),
})

const RedeliverFailedWebhooksPayloadRef = builder.objectRef<{ count: number }>('RedeliverFailedWebhooksPayload').implement({
  description: 'The deliveries are sent again now.',
  fields: t => ({ count: t.exposeInt('count', { description: 'Number of deliveries. If it is 1,000, there may be more: repeat the call.' }) }),
})

builder.mutationField('redeliverFailedWebhooks', t =>
  t.field({
    type: RedeliverFailedWebhooksPayloadRef,
    audit: 'webhook.redelivered',
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, WebhookEndpointDisabled] },
    description: 'Sends failed deliveries of a time range again: up to 1,000, oldest first.',
    args: { input: t.arg({ type: RedeliverFailedWebhooksInputRef, required: true, description: 'The endpoint and the range.' }) },
    resolve: async (_root, { input: { endpointId, from, to } }, { viewer, tollgate }) => ({
      count: await tollgate.webhooks.redeliverFailed(scopeOf(viewer), { endpointId: WebhookEndpointId.decode(endpointId, 'endpointId'), from, to }),
    }),
  }),
)
