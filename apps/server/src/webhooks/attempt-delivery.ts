import type { Clock } from '@tollgate/kernel'
import { mayBePrivate } from './check-webhook-endpoint.ts'
import { judgeAttempt, type WebhookVerdict } from './judge-attempt.ts'
import { signWebhook } from './sign-webhook.ts'
import type { WebhookEndpoint } from './webhook-endpoint.ts'
import type { WebhookSender } from './webhook-sender.ts'
import type { WebhookSettings } from './webhook-settings.ts'
import type { Sendable, WebhookStore } from './webhook-store.ts'

/** What an attempt stands on. */
export interface AttemptDependencies {
  readonly store: WebhookStore
  readonly sender: WebhookSender
  readonly settings: WebhookSettings
  readonly clock: Clock
  readonly random: () => number
}

/** An endpoint that nothing has reached for so long is switched off when a delivery to it is given up. */
const DEAD_AFTER_HOURS = 5 * 24

/**
 * Makes one attempt and keeps what came of it, with the job of the next one. An attempt that was made already, or is not
 * due any more, is none. One that was made and could not be kept is made again: receivers tell it by its id.
 */
export async function attemptDelivery(
  { store, sender, settings, clock, random }: AttemptDependencies,
  { deliveryId, attempt }: { readonly deliveryId: string; readonly attempt: number },
  signal: AbortSignal,
): Promise<void> {
  const sendable = await store.sendable(deliveryId)
  if (sendable === undefined || sendable.delivery.attempts + 1 !== attempt) return
  const { delivery, endpoint } = sendable
  const at = clock.now()
  if (!endpoint.enabled) return store.giveUp(deliveryId, { failure: 'The endpoint is switched off.', at })

  const started = performance.now()
  const answer = await sender.send({
    url: endpoint.url,
    headers: headersOf(sendable, at),
    body: delivery.payload,
    allowPrivate: mayBePrivate(endpoint, settings.allowPrivate),
    signal,
  })
  const durationMs = Math.round(performance.now() - started)
  const verdict = judgeAttempt(answer, { tries: delivery.tries + 1, nowMs: at.epochMilliseconds, retrySeconds: settings.retrySeconds, random })
  await store.record({
    deliveryId,
    attempt: { number: attempt, at, statusCode: answer.statusCode, error: verdict.state === 'DELIVERED' ? null : verdict.error, durationMs },
    state: verdict.state,
    failure: verdict.state === 'FAILED' ? verdict.failure : null,
    pauseMs: verdict.state === 'PENDING' ? verdict.pauseMs : null,
    disable: reasonToDisable(verdict, endpoint, at),
  })
}

function headersOf({ delivery, secret, oldSecret }: Sendable, at: ReturnType<Clock['now']>): Record<string, string> {
  const isOldValid = oldSecret !== null && oldSecret.until.epochMilliseconds > at.epochMilliseconds
  const secrets = isOldValid ? [secret, oldSecret.secret] : [secret]
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Tollgate-Webhooks',
    ...signWebhook(secrets, { id: `whd_${delivery.id}`, at, body: delivery.payload }),
  }
}

function reasonToDisable(verdict: WebhookVerdict, { failingSince }: WebhookEndpoint, at: ReturnType<Clock['now']>): string | null {
  if (verdict.state !== 'FAILED') return null
  if (verdict.gone) return verdict.failure
  const isDead = failingSince !== null && at.since(failingSince).total('hours') >= DEAD_AFTER_HOURS
  return isDead ? `Nothing has reached the endpoint since ${failingSince.toString({ smallestUnit: 'second' })}.` : null
}
