import type { Environment } from '../environment.ts'
import { RETRY_SECONDS } from './judge-attempt.ts'

/** What an operator decides about webhooks. */
export interface WebhookSettings {
  /** Whether tenants' endpoints may be on http, and at addresses that are not public. */
  readonly allowPrivate: boolean
  /** Seconds to wait before each further attempt. */
  readonly retrySeconds: readonly number[]
}

/** As the environment has them: by default public addresses over https only, and the pauses of Standard Webhooks. */
export function webhookSettings({ webhookAllowPrivate = false, webhookRetrySeconds = RETRY_SECONDS }: Partial<Environment> = {}): WebhookSettings {
  return { allowPrivate: webhookAllowPrivate, retrySeconds: webhookRetrySeconds }
}
