import type { AttemptOutcome } from '../model/attempt-outcome.ts'
import type { WebhookResponse } from '../model/webhook-response.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Seconds to wait before each retry by default, as Standard Webhooks suggests: three days in total. */
export const DEFAULT_RETRY_SECONDS: readonly number[] = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

/** A receiver can ask for a longer delay than the schedule has, up to this one. */
const MAX_RETRY_AFTER_MS = 24 * HOUR * 1_000
/** Delays are up to this fraction longer, at random, so that deliveries that failed together are not retried together. */
const JITTER = 0.2

/** What an outcome depends on besides the response. */
export interface AttemptFacts {
  /** Attempts of this round, including this one. */
  readonly roundAttemptCount: number
  readonly nowMs: number
  readonly retrySeconds: readonly number[]
  /** Returns a number from 0 to below 1. */
  readonly random: () => number
}

/** Any 2xx status is a success. 410 means that the endpoint no longer exists. Everything else is retried until the schedule ends. */
export function classifyAttempt(response: WebhookResponse, { roundAttemptCount, nowMs, retrySeconds, random }: AttemptFacts): AttemptOutcome {
  const { statusCode } = response
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) return { state: 'DELIVERED' }
  const error = statusCode === null ? response.error : describeStatus(statusCode)
  if (statusCode === 410) return { state: 'FAILED', error, failure: 'The endpoint responded with 410 Gone.', isGone: true }
  const delaySeconds = retrySeconds[roundAttemptCount - 1]
  if (delaySeconds === undefined) return { state: 'FAILED', error, failure: `Gave up after ${roundAttemptCount} attempts.`, isGone: false }
  const scheduledMs = Math.round(delaySeconds * 1_000 * (1 + JITTER * random()))
  const requestedMs = statusCode === null ? 0 : parseRetryAfter(response.retryAfter, nowMs)
  return { state: 'PENDING', error, retryAfterMs: Math.max(scheduledMs, Math.min(requestedMs, MAX_RETRY_AFTER_MS)) }
}

function describeStatus(statusCode: number): string {
  return `The endpoint responded with ${statusCode}${statusCode >= 300 && statusCode < 400 ? '. Redirects are not followed' : ''}.`
}

/** Parses seconds or a date (RFC 9110, section 10.2.3). Returns 0 for anything else. */
function parseRetryAfter(text: string | null, nowMs: number): number {
  if (text === null) return 0
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? 0 : Math.max(at - nowMs, 0)
}
