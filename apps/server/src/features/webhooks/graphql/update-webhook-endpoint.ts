import type { WebhookEndpoint } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'
import { WebhookEndpointRef } from './webhook-endpoint.ts'
import { WebhookTypeRef } from './webhook-enums.ts'

const UpdateWebhookEndpointInputRef = builder.inputType('UpdateWebhookEndpointInput', {
  description: 'What is to be changed of a webhook endpoint. What is left out stays as it is.',
  fields: t => ({
    id: t.id({ required: true, description: 'The endpoint: "whe_…".' }),
    url: t.string({ description: 'Where it is. Deliveries that wait go there too.' }),
    types: t.field({ type: [WebhookTypeRef], description: 'What it is told of; null for everything.' }),
    description: t.string({ description: 'What it is for; null for nothing.' }),
    enabled: t.boolean({ description: 'Switched off, it is told of nothing, and what waits is given up when its time comes.' }),
  }),
})

const UpdateWebhookEndpointPayloadRef = builder.objectRef<{ endpoint: WebhookEndpoint }>('UpdateWebhookEndpointPayload').implement({
  description: 'A webhook endpoint was changed.',
  fields: t => ({ endpoint: t.expose('endpoint', { type: WebhookEndpointRef, description: 'The endpoint, as it is now.' }) }),
})

builder.mutationField('updateWebhookEndpoint', t =>
  t.field({
    type: UpdateWebhookEndpointPayloadRef,
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Changes a webhook endpoint, or switches it on or off.',
    args: { input: t.arg({ type: UpdateWebhookEndpointInputRef, required: true, description: 'Which, and what of it.' }) },
    resolve: async (_root, { input: { id, url, enabled, ...change } }, { viewer, tollgate }) => ({
      endpoint: await tollgate.webhooks.updateEndpoint(scopeOf(viewer), WebhookEndpointId.decode(id), {
        ...change,
        url: url ?? undefined,
        enabled: enabled ?? undefined,
      }),
    }),
  }),
)
