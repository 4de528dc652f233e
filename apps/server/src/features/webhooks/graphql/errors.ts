import { TooManyWebhookEndpoints, WebhookEndpointDisabled } from '@tollgate/webhooks'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'
import { WebhookEndpointId } from '../ids.ts'

builder.objectType(TooManyWebhookEndpoints, {
  name: 'TooManyWebhookEndpointsError',
  description: 'There are as many webhook endpoints as there may be.',
  interfaces: [ErrorInterface],
  fields: t => ({ limit: t.exposeInt('limit', { description: 'Maximum number of endpoints of one owner.' }) }),
})

builder.objectType(WebhookEndpointDisabled, {
  name: 'WebhookEndpointDisabledError',
  description: 'The webhook endpoint is switched off, so that nothing can be sent to it. Switch it on first.',
  interfaces: [ErrorInterface],
  fields: t => ({ endpointId: t.id({ description: 'The endpoint.', resolve: ({ endpointId }) => WebhookEndpointId.encode(endpointId) }) }),
})
