import { NOTIFICATION_TYPES, type WebhookAttempt, type WebhookDelivery } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointRef } from './webhook-endpoint.ts'
import { WebhookDeliveryStateRef } from './webhook-enums.ts'

const WebhookAttemptRef = builder.objectRef<WebhookAttempt>('WebhookAttempt').implement({
  description: 'One request of a delivery, and its result.',
  fields: t => ({
    number: t.exposeInt('number', { description: 'Number of the attempt, from 1.' }),
    at: t.expose('at', { type: 'DateTime', description: 'Time of the request.' }),
    statusCode: t.exposeInt('statusCode', { nullable: true, description: 'Status code of the response. Null if there was none.' }),
    error: t.exposeString('error', { nullable: true, description: 'Why the attempt failed. Null if it succeeded.' }),
    durationMs: t.exposeInt('durationMs', { description: 'Duration of the request, in milliseconds.' }),
  }),
})

/** GraphQL type `WebhookDelivery`. Ids in one request are loaded together. */
export const WebhookDeliveryRef = builder.loadableNodeRef('WebhookDelivery', {
  id: { resolve: (delivery: WebhookDelivery) => delivery.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<WebhookDelivery[]> => {
    requireScope(viewer, 'webhooks:read')
    return [...(await tollgate.webhooks.deliveriesByIds(scopeOf(viewer), ids))]
  },
  sort: delivery => delivery.id,
})

builder.objectType(WebhookDeliveryRef, {
  name: 'WebhookDelivery',
  description: 'One notification for one endpoint. Its id is sent as the header "webhook-id". Deliveries are kept for 30 days.',
  fields: t => ({
    endpoint: t.field({ type: WebhookEndpointRef, description: 'The endpoint.', resolve: ({ endpointId }) => endpointId }),
    type: t.exposeString('type', {
      description: `Type of the message: ${NOTIFICATION_TYPES.map(type => `"${type}"`).join(', ')} or "webhook.test".`,
    }),
    payload: t.exposeString('payload', { description: 'The body, exactly as it is sent.' }),
    state: t.expose('state', { type: WebhookDeliveryStateRef, description: 'State of the delivery.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'Why the delivery failed. Null if it did not.' }),
    attemptCount: t.exposeInt('attemptCount', { description: 'Number of attempts.' }),
    attempts: t.loadableList({
      type: WebhookAttemptRef,
      description: 'The last 25 attempts, latest first.',
      load: async (ids: string[], { viewer, tollgate }) => (await tollgate.webhooks.attempts(scopeOf(viewer), ids)).map(attempts => [...attempts]),
      resolve: ({ id }) => id,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Time of creation.' }),
    nextAttemptAt: t.expose('nextAttemptAt', { type: 'DateTime', nullable: true, description: 'Time of the next attempt. Null if there is none.' }),
    settledAt: t.expose('settledAt', { type: 'DateTime', nullable: true, description: 'When the delivery was delivered or failed. Null while it is pending.' }),
  }),
})
