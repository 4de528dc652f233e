import { randomBytes } from 'node:crypto'
import type { Temporal } from '@tollgate/kernel'
import { Webhook } from 'standardwebhooks'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** Draws a secret to sign with, as Standard Webhooks writes one. */
export function drawWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

/** A message to be signed. */
export interface SignableMessage {
  /** The same at every attempt: receivers tell repeats by it. */
  readonly id: string
  readonly at: Temporal.Instant
  readonly body: string
}

/** The headers of Standard Webhooks, with a signature for each secret that holds: receivers take any. */
export function signWebhook(secrets: readonly string[], { id, at, body }: SignableMessage): Record<string, string> {
  const timestamp = new Date(at.epochMilliseconds)
  return {
    'webhook-id': id,
    'webhook-timestamp': Math.floor(at.epochMilliseconds / 1_000).toString(),
    'webhook-signature': secrets.map(secret => new Webhook(secret).sign(id, timestamp, body)).join(' '),
  }
}
