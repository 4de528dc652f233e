import { WebhookEndpointDisabled } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'

const RedeliverFailedWebhooksInputRef = builder.inputType('RedeliverFailedWebhooksInput', {
  description: 'Deliveries that were given up, to be sent again.',
  fields: t => ({
    endpointId: t.id({ required: true, description: 'The endpoint: "whe_…".' }),
    from: t.field({ type: 'DateTime', required: true, description: 'Those that were made then or later,' }),
    to: t.field({ type: 'DateTime', required: true, description: 'and before this time.' }),
  }),
})

const RedeliverFailedWebhooksPayloadRef = builder.objectRef<{ count: number }>('RedeliverFailedWebhooksPayload').implement({
  description: 'Deliveries are about to be sent again.',
  fields: t => ({ count: t.exposeInt('count', { description: 'How many; where it is 1,000, there may be more: ask again.' }) }),
})

builder.mutationField('redeliverFailedWebhooks', t =>
  t.field({
    type: RedeliverFailedWebhooksPayloadRef,
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, WebhookEndpointDisabled] },
    description: 'Sends again what was given up in a range of time: up to 1,000 deliveries, the oldest first.',
    args: { input: t.arg({ type: RedeliverFailedWebhooksInputRef, required: true, description: 'Which.' }) },
    resolve: async (_root, { input: { endpointId, from, to } }, { viewer, tollgate }) => ({
      count: await tollgate.webhooks.redeliverFailed(scopeOf(viewer), { endpointId: WebhookEndpointId.decode(endpointId, 'endpointId'), from, to }),
    }),
  }),
)
