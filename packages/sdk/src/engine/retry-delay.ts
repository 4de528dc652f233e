/** How retries are delayed. */
export interface RetryDelay {
  /** 1 for the first retry. */
  readonly attempt: number
  /** Upper limit of the first delay. */
  readonly baseMs: number
  /** What the server asked for. */
  readonly retryAfterMs: number | undefined
  /** Random number of 0 or more, less than 1. */
  readonly random: number
}

/** No retry waits longer for its own reasons. */
export const MAX_RETRY_DELAY_MS = 30_000

/**
 * Returns a random delay between 0 and a limit that doubles with each attempt (full jitter), after what the server asked for.
 * The random part spreads clients that the server asks to come back at the same time.
 */
export function retryDelayMs({ attempt, baseMs, retryAfterMs = 0, random }: RetryDelay): number {
  return retryAfterMs + Math.round(random * Math.min(MAX_RETRY_DELAY_MS, baseMs * 2 ** (attempt - 1)))
}
