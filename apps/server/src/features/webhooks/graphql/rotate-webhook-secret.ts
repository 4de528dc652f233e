import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'
import { endpointWithSecret } from './endpoint-with-secret.ts'

const RotateWebhookSecretInputRef = builder.inputType('RotateWebhookSecretInput', {
  description: 'A webhook endpoint to give a new secret.',
  fields: t => ({ endpointId: t.id({ required: true, description: 'Id of the endpoint: "whe_…".' }) }),
})

const RotateWebhookSecretPayloadRef = endpointWithSecret('RotateWebhookSecretPayload', 'The webhook endpoint has a new secret.')

builder.mutationField('rotateWebhookSecret', t =>
  t.field({
    type: RotateWebhookSecretPayloadRef,
    audit: 'webhook.secretRotated',
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Replaces the secret of a webhook endpoint. For 24 hours, messages are signed with both secrets so that receivers can switch.',
    args: { input: t.arg({ type: RotateWebhookSecretInputRef, required: true, description: 'The endpoint.' }) },
    resolve: (_root, { input }, { viewer, tollgate }) =>
      tollgate.webhooks.rotateSecret(scopeOf(viewer), WebhookEndpointId.decode(input.endpointId, 'endpointId')),
  }),
)
