import type { WebhookEndpoint } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'
import { WebhookEndpointRef } from './webhook-endpoint.ts'
import { WebhookTypeRef } from './webhook-enums.ts'

const UpdateWebhookEndpointInputRef = builder.inputType('UpdateWebhookEndpointInput', {
  description: 'A change to a webhook endpoint. Omitted fields stay as they are.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the endpoint: "whe_…".' }),
    url: t.string({ description: 'URL to send to. Pending deliveries go there too.' }),
    types: t.field({ type: [WebhookTypeRef], description: 'Types to receive. Null means all types.' }),
    description: t.string({ description: 'Description. Null removes it.' }),
    enabled: t.boolean({ description: 'Whether the endpoint receives notifications. Disabling it fails its pending deliveries at their next attempt.' }),
  }),
})

const UpdateWebhookEndpointPayloadRef = builder.objectRef<{ endpoint: WebhookEndpoint }>('UpdateWebhookEndpointPayload').implement({
  description: 'The webhook endpoint was changed.',
  fields: t => ({ endpoint: t.expose('endpoint', { type: WebhookEndpointRef, description: 'The endpoint.' }) }),
})

builder.mutationField('updateWebhookEndpoint', t =>
  t.field({
    type: UpdateWebhookEndpointPayloadRef,
    audit: 'webhook.endpointUpdated',
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Changes, enables or disables a webhook endpoint.',
    args: { input: t.arg({ type: UpdateWebhookEndpointInputRef, required: true, description: 'The endpoint and the change.' }) },
    resolve: async (_root, { input: { id, url, enabled, ...change } }, { viewer, tollgate }) => ({
      endpoint: await tollgate.webhooks.updateEndpoint(scopeOf(viewer), WebhookEndpointId.decode(id), {
        ...change,
        url: url ?? undefined,
        enabled: enabled ?? undefined,
      }),
    }),
  }),
)
