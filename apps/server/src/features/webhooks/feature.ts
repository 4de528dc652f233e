import type { Feature } from '../feature.ts'
import { WebhookDeliveryId, WebhookEndpointId } from './ids.ts'

/** Webhook endpoints and their deliveries. */
export const webhooksFeature = {
  name: 'webhooks',
  ids: [WebhookEndpointId, WebhookDeliveryId],
  keyScopes: { tenant: ['webhooks:read', 'webhooks:write'], operatorOnly: [] },
  tables: async () => {
    const { webhooksEncryptedColumns, webhooksMigrations } = await import('@tollgate/webhooks/postgres')
    return { migrations: webhooksMigrations, encrypted: webhooksEncryptedColumns }
  },
  graphql: () => import('./graphql/index.ts'),
  commands: async () => [(await import('./commands/webhooks.ts')).webhooksCommand()],
  jobs: async ({ tollgate }) => (await import('./jobs.ts')).webhookJobs(tollgate.webhooks),
  follow: async ({ tollgate: { webhooks }, listener, log }) => (await import('./follow-notifications.ts')).followNotifications({ listener, webhooks, log }),
} as const satisfies Feature
