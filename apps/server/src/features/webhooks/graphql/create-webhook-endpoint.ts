import { TooManyWebhookEndpoints } from '@tollgate/webhooks'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { endpointWithSecret } from './endpoint-with-secret.ts'
import { WebhookTypeRef } from './webhook-enums.ts'

const CreateWebhookEndpointInputRef = builder.inputType('CreateWebhookEndpointInput', {
  description: 'A webhook endpoint to create.',
  fields: t => ({
    tenantId: t.id({
      description:
        'Tenant that owns the endpoint. Defaults to the tenant of the key. An operator key that omits it creates an endpoint of the operator, which receives notifications of all tenants.',
    }),
    url: t.string({
      required: true,
      description:
        'URL to send to. A tenant must use https and a public address, unless TOLLGATE_WEBHOOK_ALLOW_PRIVATE is set; an operator may use http and private addresses.',
    }),
    types: t.field({ type: [WebhookTypeRef], description: 'Types to receive. Defaults to all types.' }),
    description: t.string({ description: 'Description, up to 500 characters.' }),
  }),
})

const CreateWebhookEndpointPayloadRef = endpointWithSecret('CreateWebhookEndpointPayload', 'The webhook endpoint was created.')

builder.mutationField('createWebhookEndpoint', t =>
  t.field({
    type: CreateWebhookEndpointPayloadRef,
    audit: 'webhook.endpointCreated',
    authScopes: { can: 'webhooks:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, TooManyWebhookEndpoints] },
    description: 'Creates a webhook endpoint, which receives notifications from now on. Each owner can have 50.',
    args: { input: t.arg({ type: CreateWebhookEndpointInputRef, required: true, description: 'The endpoint.' }) },
    resolve: async (_root, { input: { tenantId: named, ...draft } }, context) => {
      const isOperatorEndpoint = context.viewer.kind === 'operator' && (named === null || named === undefined)
      return context.tollgate.webhooks.createEndpoint({ ...draft, tenantId: isOperatorEndpoint ? null : await tenantOf(context, named) })
    },
  }),
)
