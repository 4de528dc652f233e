import { type WebhookDelivery, WebhookEndpointDisabled } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'
import { WebhookDeliveryRef } from './webhook-delivery.ts'

const SendTestWebhookInputRef = builder.inputType('SendTestWebhookInput', {
  description: 'A webhook endpoint to test.',
  fields: t => ({ endpointId: t.id({ required: true, description: 'Id of the endpoint: "whe_…".' }) }),
})

const SendTestWebhookPayloadRef = builder.objectRef<{ delivery: WebhookDelivery }>('SendTestWebhookPayload').implement({
  description: 'The test is sent now.',
  fields: t => ({
    delivery: t.expose('delivery', { type: WebhookDeliveryRef, description: 'The delivery of the test. Query it again to see the result.' }),
  }),
})

builder.mutationField('sendTestWebhook', t =>
  t.field({
    type: SendTestWebhookPayloadRef,
    audit: 'webhook.testSent',
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, WebhookEndpointDisabled] },
    description: 'Sends a message of type "webhook.test" to a webhook endpoint, signed and retried like any other.',
    args: { input: t.arg({ type: SendTestWebhookInputRef, required: true, description: 'The endpoint.' }) },
    resolve: async (_root, { input }, { viewer, tollgate }) => ({
      delivery: await tollgate.webhooks.sendTest(scopeOf(viewer), WebhookEndpointId.decode(input.endpointId, 'endpointId')),
    }),
  }),
)
