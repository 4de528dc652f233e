import { TooManyWebhookEndpoints } from '@tollgate/webhooks'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { endpointWithSecret } from './endpoint-with-secret.ts'
import { WebhookTypeRef } from './webhook-enums.ts'

const CreateWebhookEndpointInputRef = builder.inputType('CreateWebhookEndpointInput', {
  description: 'A webhook endpoint to be made.',
  fields: t => ({
    tenantId: t.id({
      description: "Whose it is. A tenant key's is its own tenant's; an operator key that leaves it out makes an operator's, which hears of all tenants.",
    }),
    url: t.string({
      required: true,
      description:
        "Where it is: https, at a public address. An operator's own, or any where the setting TOLLGATE_WEBHOOK_ALLOW_PRIVATE is on, may be on http and in a private network.",
    }),
    types: t.field({ type: [WebhookTypeRef], description: 'What it is told of; everything where it is left out or null.' }),
    description: t.string({ description: 'What it is for; up to 500 characters.' }),
  }),
})

const CreateWebhookEndpointPayloadRef = endpointWithSecret('CreateWebhookEndpointPayload', 'A webhook endpoint was made.')

builder.mutationField('createWebhookEndpoint', t =>
  t.field({
    type: CreateWebhookEndpointPayloadRef,
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, TooManyWebhookEndpoints] },
    description: 'Makes a webhook endpoint, which is told of what happens from now on. Fifty of an owner at the most.',
    args: { input: t.arg({ type: CreateWebhookEndpointInputRef, required: true, description: 'The endpoint.' }) },
    resolve: async (_root, { input: { tenantId: named, ...draft } }, context) => {
      const isOperators = context.viewer.kind === 'operator' && (named === null || named === undefined)
      return context.tollgate.webhooks.createEndpoint({ ...draft, tenantId: isOperators ? null : await tenantOf(context, named) })
    },
  }),
)
