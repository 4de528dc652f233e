import { type WebhookDelivery, WebhookEndpointDisabled } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookDeliveryId } from '../ids.ts'
import { WebhookDeliveryRef } from './webhook-delivery.ts'

const RedeliverWebhookInputRef = builder.inputType('RedeliverWebhookInput', {
  description: 'A delivery to be sent again.',
  fields: t => ({ deliveryId: t.id({ required: true, description: 'The delivery: "whd_…".' }) }),
})

const RedeliverWebhookPayloadRef = builder.objectRef<{ delivery: WebhookDelivery }>('RedeliverWebhookPayload').implement({
  description: 'A delivery is about to be sent again.',
  fields: t => ({ delivery: t.expose('delivery', { type: WebhookDeliveryRef, description: 'The delivery, as it is now.' }) }),
})

builder.mutationField('redeliverWebhook', t =>
  t.field({
    type: RedeliverWebhookPayloadRef,
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, WebhookEndpointDisabled] },
    description: 'Sends a delivery again, now, whatever became of it: with the same id and body, and as often as it takes.',
    args: { input: t.arg({ type: RedeliverWebhookInputRef, required: true, description: 'Which delivery.' }) },
    resolve: async (_root, { input }, { viewer, tollgate }) => ({
      delivery: await tollgate.webhooks.redeliver(scopeOf(viewer), WebhookDeliveryId.decode(input.deliveryId, 'deliveryId')),
    }),
  }),
)
