import type { Temporal } from '@tollgate/kernel'
import { Webhook } from 'standardwebhooks'

/** A message to sign. */
export interface SignableMessage {
  /** The same at every attempt, so that receivers can recognise repeats. */
  readonly id: string
  readonly at: Temporal.Instant
  readonly body: string
}

/** Returns the headers of Standard Webhooks, with one signature for each valid secret. A receiver accepts any of them. */
export function signWebhook(secrets: readonly string[], { id, at, body }: SignableMessage): Record<string, string> {
  const timestamp = new Date(at.epochMilliseconds)
  return {
    'webhook-id': id,
    'webhook-timestamp': Math.floor(at.epochMilliseconds / 1_000).toString(),
    'webhook-signature': secrets.map(secret => new Webhook(secret).sign(id, timestamp, body)).join(' '),
  }
}
