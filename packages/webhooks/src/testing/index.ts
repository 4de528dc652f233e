export { describeWebhookStore } from './describe-webhook-store.ts'
export { type ReceivedWebhook, startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts'
