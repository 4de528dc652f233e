import { type WebhookDelivery, WebhookEndpointDisabled } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'
import { WebhookDeliveryRef } from './webhook-delivery.ts'

const SendTestWebhookInputRef = builder.inputType('SendTestWebhookInput', {
  description: 'A webhook endpoint to be tried.',
  fields: t => ({ endpointId: t.id({ required: true, description: 'The endpoint: "whe_…".' }) }),
})

const SendTestWebhookPayloadRef = builder.objectRef<{ delivery: WebhookDelivery }>('SendTestWebhookPayload').implement({
  description: 'A test is about to be sent.',
  fields: t => ({
    delivery: t.expose('delivery', { type: WebhookDeliveryRef, description: 'Its delivery: ask for it again to see what became of it.' }),
  }),
})

builder.mutationField('sendTestWebhook', t =>
  t.field({
    type: SendTestWebhookPayloadRef,
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, WebhookEndpointDisabled] },
    description: 'Sends a message of the type "webhook.test" to a webhook endpoint, signed and tried again as any other.',
    args: { input: t.arg({ type: SendTestWebhookInputRef, required: true, description: 'Which endpoint.' }) },
    resolve: async (_root, { input }, { viewer, tollgate }) => ({
      delivery: await tollgate.webhooks.sendTest(scopeOf(viewer), WebhookEndpointId.decode(input.endpointId, 'endpointId')),
    }),
  }),
)
