import type { WebhookAnswer } from './webhook-sender.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Seconds to wait before each further attempt: as Standard Webhooks suggests, three days in all. */
export const RETRY_SECONDS: readonly number[] = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

/** A receiver may ask for more time than the schedule has, up to this. */
const MAX_RETRY_AFTER_MS = 24 * HOUR * 1_000
/** Pauses are longer by up to a fifth, at random: what failed together is not to come back together. */
const JITTER = 0.2

/** What becomes of a delivery after an attempt. */
export type WebhookVerdict =
  | { readonly state: 'DELIVERED' }
  | { readonly state: 'PENDING'; readonly error: string; readonly pauseMs: number }
  | { readonly state: 'FAILED'; readonly error: string; readonly failure: string; readonly gone: boolean }

/** What a verdict depends on, beside the answer. */
export interface AttemptFacts {
  /** Attempts of this round, with the one that is judged. */
  readonly tries: number
  readonly nowMs: number
  readonly retrySeconds: readonly number[]
  /** From 0 to below 1. */
  readonly random: () => number
}

/** Any 2xx is a success. 410 means that nobody will ever listen there again. All else is tried again, as often as the schedule has it. */
export function judgeAttempt(answer: WebhookAnswer, { tries, nowMs, retrySeconds, random }: AttemptFacts): WebhookVerdict {
  const { statusCode } = answer
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) return { state: 'DELIVERED' }
  const error = statusCode === null ? answer.error : `It answered ${statusCode}${statusCode >= 300 && statusCode < 400 ? '; redirects are not followed' : ''}.`
  if (statusCode === 410) return { state: 'FAILED', error, failure: 'The endpoint answered 410 Gone.', gone: true }
  const pauseSeconds = retrySeconds[tries - 1]
  if (pauseSeconds === undefined) return { state: 'FAILED', error, failure: `Given up after ${tries} attempts.`, gone: false }
  const pauseMs = Math.round(pauseSeconds * 1_000 * (1 + JITTER * random()))
  const asked = statusCode === null ? 0 : retryAfterMs(answer.retryAfter, nowMs)
  return { state: 'PENDING', error, pauseMs: Math.max(pauseMs, Math.min(asked, MAX_RETRY_AFTER_MS)) }
}

/** Seconds, or a date (RFC 9110, section 10.2.3); 0 for anything else. */
function retryAfterMs(text: string | null, nowMs: number): number {
  if (text === null) return 0
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? 0 : Math.max(at - nowMs, 0)
}
