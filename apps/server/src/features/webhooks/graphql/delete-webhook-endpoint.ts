import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'

const DeleteWebhookEndpointInputRef = builder.inputType('DeleteWebhookEndpointInput', {
  description: 'A webhook endpoint to delete.',
  fields: t => ({ id: t.id({ required: true, description: 'Id of the endpoint: "whe_…".' }) }),
})

const DeleteWebhookEndpointPayloadRef = builder.objectRef<{ id: string }>('DeleteWebhookEndpointPayload').implement({
  description: 'The webhook endpoint was deleted.',
  fields: t => ({ id: t.exposeID('id', { description: 'Id of the deleted endpoint.' }) }),
})

builder.mutationField('deleteWebhookEndpoint', t =>
  t.field({
    type: DeleteWebhookEndpointPayloadRef,
    audit: 'webhook.endpointDeleted',
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Deletes a webhook endpoint with all its deliveries, including pending ones.',
    args: { input: t.arg({ type: DeleteWebhookEndpointInputRef, required: true, description: 'The endpoint.' }) },
    resolve: async (_root, { input: { id } }, { viewer, tollgate }) => {
      await tollgate.webhooks.deleteEndpoint(scopeOf(viewer), WebhookEndpointId.decode(id))
      return { id }
    },
  }),
)
