import { TooManyWebhookEndpoints, WebhookEndpointDisabled } from '@tollgate/webhooks'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'
import { WebhookEndpointId } from '../ids.ts'

builder.objectType(TooManyWebhookEndpoints, {
  name: 'TooManyWebhookEndpointsError',
  description: 'The owner has the maximum number of webhook endpoints.',
  interfaces: [ErrorInterface],
  fields: t => ({ limit: t.exposeInt('limit', { description: 'Maximum number of endpoints of one owner.' }) }),
})

builder.objectType(WebhookEndpointDisabled, {
  name: 'WebhookEndpointDisabledError',
  description: 'The webhook endpoint is disabled. Enable it to send to it.',
  interfaces: [ErrorInterface],
  fields: t => ({ endpointId: t.id({ description: 'The endpoint.', resolve: ({ endpointId }) => WebhookEndpointId.encode(endpointId) }) }),
})
