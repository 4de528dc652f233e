/** What an operator decides about webhooks. */
export interface WebhookSettings {
  /** Whether endpoints of tenants may use http and private addresses. Endpoints of operators always may. */
  readonly allowPrivate: boolean
  /** Seconds to wait before each retry. Its length is the maximum number of retries. */
  readonly retrySeconds: readonly number[]
}
