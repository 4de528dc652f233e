export type { AttemptScheduler, ScheduledAttempt } from './attempt-scheduler.ts'
export { createWebhooks, type WebhooksDependencies } from './create-webhooks.ts'
export { DEFAULT_RETRY_SECONDS } from './engine/classify-attempt.ts'
export { TooManyWebhookEndpoints, WebhookEndpointDisabled } from './errors.ts'
export { type Notification, NOTIFICATION_TYPES, type NotificationType } from './model/notification.ts'
export type { WebhookAttempt, WebhookDelivery, WebhookDeliveryState } from './model/webhook-delivery.ts'
export type { WebhookEndpoint, WebhookEndpointChange, WebhookEndpointDraft } from './model/webhook-endpoint.ts'
export type { WebhookResponse } from './model/webhook-response.ts'
export type { NotificationSource } from './notification-source.ts'
export type { WebhookRequest, WebhookSender } from './webhook-sender.ts'
export type { WebhookSettings } from './webhook-settings.ts'
export type {
  AttemptResult,
  DeliveriesQuery,
  NewDelivery,
  NotificationBatch,
  OutgoingNotification,
  PendingDelivery,
  RedeliverQuery,
  WebhookStore,
} from './webhook-store.ts'
export type { EndpointWithSecret, FailedDeliveries, Webhooks } from './webhooks.ts'
