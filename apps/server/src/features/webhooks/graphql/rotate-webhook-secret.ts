import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointId } from '../ids.ts'
import { endpointWithSecret } from './endpoint-with-secret.ts'

const RotateWebhookSecretInputRef = builder.inputType('RotateWebhookSecretInput', {
  description: 'A webhook endpoint that is to have a new secret.',
  fields: t => ({ endpointId: t.id({ required: true, description: 'The endpoint: "whe_…".' }) }),
})

const RotateWebhookSecretPayloadRef = endpointWithSecret('RotateWebhookSecretPayload', 'A webhook endpoint has a new secret.')

builder.mutationField('rotateWebhookSecret', t =>
  t.field({
    type: RotateWebhookSecretPayloadRef,
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Gives a webhook endpoint a new secret. The one of until now signs beside it for 24 hours, so that receivers can change over.',
    args: { input: t.arg({ type: RotateWebhookSecretInputRef, required: true, description: 'Which endpoint.' }) },
    resolve: (_root, { input }, { viewer, tollgate }) =>
      tollgate.webhooks.rotateSecret(scopeOf(viewer), WebhookEndpointId.decode(input.endpointId, 'endpointId')),
  }),
)
