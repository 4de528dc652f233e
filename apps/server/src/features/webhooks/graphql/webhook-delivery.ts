import type { WebhookAttempt, WebhookDelivery } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointRef } from './webhook-endpoint.ts'
import { WebhookDeliveryStateRef } from './webhook-enums.ts'

const WebhookAttemptRef = builder.objectRef<WebhookAttempt>('WebhookAttempt').implement({
  description: 'One time that a delivery was sent.',
  fields: t => ({
    number: t.exposeInt('number', { description: 'Counted from 1.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    statusCode: t.exposeInt('statusCode', { nullable: true, description: 'What the receiver answered; null where it did not.' }),
    error: t.exposeString('error', { nullable: true, description: 'Why it was no success; null where it was one.' }),
    durationMs: t.exposeInt('durationMs', { description: 'How long it took, in milliseconds.' }),
  }),
})

/** A delivery; wherever an id is resolved, they are loaded together. */
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
  description: 'One notice for one endpoint. Its id goes out as the header "webhook-id". Kept for 30 days.',
  fields: t => ({
    endpoint: t.field({ type: WebhookEndpointRef, description: 'For whom.', resolve: ({ endpointId }) => endpointId }),
    type: t.exposeString('type', { description: 'What it tells: "quota.threshold_reached", "alert.raised", "alert.recovered", "webhook.test".' }),
    payload: t.exposeString('payload', { description: 'The body, byte for byte as it is sent.' }),
    state: t.expose('state', { type: WebhookDeliveryStateRef, description: 'What became of it.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'Why it was given up.' }),
    attemptCount: t.exposeInt('attemptCount', { description: 'How often it was sent.' }),
    attempts: t.loadableList({
      type: WebhookAttemptRef,
      description: 'The last 25 attempts, the latest first.',
      load: async (ids: string[], { viewer, tollgate }) => (await tollgate.webhooks.attempts(scopeOf(viewer), ids)).map(attempts => [...attempts]),
      resolve: ({ id }) => id,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    nextAttemptAt: t.expose('nextAttemptAt', { type: 'DateTime', nullable: true, description: 'When it is sent next; null where it is not.' }),
    settledAt: t.expose('settledAt', { type: 'DateTime', nullable: true, description: 'When it was taken by the receiver, or given up.' }),
  }),
})
