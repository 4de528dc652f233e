import type { Clock, Temporal } from '@tollgate/kernel'
import { classifyAttempt } from './engine/classify-attempt.ts'
import { signWebhook } from './engine/sign-webhook.ts'
import type { AttemptOutcome } from './model/attempt-outcome.ts'
import { mayUsePrivateAddress } from './model/check-webhook-endpoint.ts'
import type { WebhookEndpoint } from './model/webhook-endpoint.ts'
import type { WebhookSender } from './webhook-sender.ts'
import type { WebhookSettings } from './webhook-settings.ts'
import type { PendingDelivery, WebhookStore } from './webhook-store.ts'

/** What an attempt needs. */
export interface AttemptDependencies {
  readonly store: WebhookStore
  readonly sender: WebhookSender
  readonly settings: WebhookSettings
  readonly clock: Clock
  readonly random: () => number
}

/** An endpoint is disabled when a delivery to it fails and no attempt has succeeded for this long. */
const MAX_FAILING_HOURS = 5 * 24

/**
 * Makes one attempt and records its result. Does nothing if the attempt was made already or is no longer due. An attempt
 * whose result could not be recorded is made again; the receiver recognises it by its id.
 */
export async function attemptDelivery(
  { store, sender, settings, clock, random }: AttemptDependencies,
  { deliveryId, attempt }: { readonly deliveryId: string; readonly attempt: number },
  signal: AbortSignal,
): Promise<void> {
  const pending = await store.pendingDelivery(deliveryId)
  if (pending === undefined || pending.delivery.attemptCount + 1 !== attempt) return
  const { delivery, endpoint } = pending
  const at = clock.now()
  if (!endpoint.enabled) return store.failDelivery(deliveryId, { failure: 'The endpoint is disabled.', at })

  const response = await sender.send({
    url: endpoint.url,
    headers: headersOf(pending, at),
    body: delivery.payload,
    allowPrivate: mayUsePrivateAddress(endpoint, settings.allowPrivate),
    signal,
  })
  const { retrySeconds } = settings
  const facts = { roundAttemptCount: delivery.roundAttemptCount + 1, nowMs: at.epochMilliseconds, retrySeconds, random }
  const outcome = classifyAttempt(response, facts)
  const { statusCode, durationMs } = response
  await store.recordAttempt({
    deliveryId,
    attempt: { number: attempt, at, statusCode, error: outcome.state === 'DELIVERED' ? null : outcome.error, durationMs },
    state: outcome.state,
    failure: outcome.state === 'FAILED' ? outcome.failure : null,
    retryAfterMs: outcome.state === 'PENDING' ? outcome.retryAfterMs : null,
    disable: reasonToDisable(outcome, endpoint, at),
  })
}

function headersOf({ delivery, secret, oldSecret }: PendingDelivery, at: Temporal.Instant): Record<string, string> {
  const isOldValid = oldSecret !== null && oldSecret.until.epochMilliseconds > at.epochMilliseconds
  const secrets = isOldValid ? [secret, oldSecret.secret] : [secret]
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Tollgate-Webhooks',
    ...signWebhook(secrets, { id: `whd_${delivery.id}`, at, body: delivery.payload }),
  }
}

function reasonToDisable(outcome: AttemptOutcome, { failingSince }: WebhookEndpoint, at: Temporal.Instant): string | null {
  if (outcome.state !== 'FAILED') return null
  if (outcome.isGone) return outcome.failure
  const hasFailedTooLong = failingSince !== null && at.since(failingSince).total('hours') >= MAX_FAILING_HOURS
  return hasFailedTooLong ? `No attempt has succeeded since ${failingSince.toString({ smallestUnit: 'second' })}.` : null
}
