import type { Feature } from '../feature.ts'
import { WebhookDeliveryId, WebhookEndpointId } from './ids.ts'

/** Webhook endpoints and their deliveries. */
export const webhooksFeature = {
  name: 'webhooks',
  ids: [WebhookEndpointId, WebhookDeliveryId],
  keyScopes: { tenant: ['webhooks:read', 'webhooks:write'], operatorOnly: [] },
  tables: async () => ({ migrations: (await import('@tollgate/webhooks/postgres')).webhooksMigrations }),
  graphql: () => import('./graphql/index.ts'),
  commands: async () => [(await import('./commands/webhooks.ts')).webhooksCommand()],
  jobs: async ({ tollgate }) => (await import('./jobs.ts')).webhookJobs(tollgate.webhooks),
  follow: async ({ tollgate: { webhooks }, listener, log }) => (await import('./follow-notifications.ts')).followNotifications({ listener, webhooks, log }),
} as const satisfies Feature
