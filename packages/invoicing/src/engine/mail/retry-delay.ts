/** Waits between attempts: the first comes after one minute, the last after a day. */
const RETRY_MINUTES = [1, 5, 15, 60, 180, 360, 720, 1_440] as const

/** Number of attempts to send an e-mail. */
export const MAX_MAIL_ATTEMPTS = RETRY_MINUTES.length + 1

/**
 * Returns how long to wait after an attempt failed, or undefined after the last. Waits are up to a fifth longer, so that e-mails that
 * failed together are not sent together again. `random` returns a number from 0 to below 1.
 */
export function retryDelayMs(attempts: number, random: () => number): number | undefined {
  const minutes = RETRY_MINUTES[attempts - 1]
  return minutes === undefined ? undefined : Math.round(minutes * 60_000 * (1 + random() / 5))
}
