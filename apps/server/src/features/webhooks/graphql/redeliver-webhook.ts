import { type WebhookDelivery, WebhookEndpointDisabled } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookDeliveryId } from '../ids.ts'
import { WebhookDeliveryRef } from './webhook-delivery.ts'

const RedeliverWebhookInputRef = builder.inputType('RedeliverWebhookInput', {
  description: 'A delivery to send again.',
  fields: t => ({ deliveryId: t.id({ required: true, description: 'Id of the delivery: "whd_…".' }) }),
})

const RedeliverWebhookPayloadRef = builder.objectRef<{ delivery: WebhookDelivery }>('RedeliverWebhookPayload').implement({
  description: 'The delivery is sent again now.',
  fields: t => ({ delivery: t.expose('delivery', { type: WebhookDeliveryRef, description: 'The delivery.' }) }),
})

builder.mutationField('redeliverWebhook', t =>
  t.field({
    type: RedeliverWebhookPayloadRef,
    audit: 'webhook.redelivered',
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, WebhookEndpointDisabled] },
    description: 'Sends a delivery again now, in any state, with the same id and body and a new round of retries.',
    args: { input: t.arg({ type: RedeliverWebhookInputRef, required: true, description: 'The delivery.' }) },
    resolve: async (_root, { input }, { viewer, tollgate }) => ({
      delivery: await tollgate.webhooks.redeliver(scopeOf(viewer), WebhookDeliveryId.decode(input.deliveryId, 'deliveryId')),
    }),
  }),
)
