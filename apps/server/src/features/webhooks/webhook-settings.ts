import { DEFAULT_RETRY_SECONDS, type WebhookSettings } from '@tollgate/webhooks'
import type { Environment } from '../../environment.ts'

/** Reads the settings of webhooks from the environment. Defaults to https, public addresses, and the retries of Standard Webhooks. */
export function webhookSettings({ webhookAllowPrivate = false, webhookRetrySeconds = DEFAULT_RETRY_SECONDS }: Partial<Environment> = {}): WebhookSettings {
  return { allowPrivate: webhookAllowPrivate, retrySeconds: webhookRetrySeconds }
}
