import { InvalidInput } from '@tollgate/kernel'

/** How many days the sweep keeps data that decisions no longer need. */
export interface QuotaRetention {
  /** Days to keep counters after their window ended, for the history. Defaults to 400. */
  readonly countersDays?: number | undefined
  /** Days to keep reservations after they expired. Until then a repeated settlement is recognized. Defaults to 30. */
  readonly reservationsDays?: number | undefined
  /** Days to keep alerts after they were raised. Defaults to 400. */
  readonly alertsDays?: number | undefined
  /** Days to keep idempotency keys. Until then a repeat counts nothing. Defaults to 1. */
  readonly idempotencyKeysDays?: number | undefined
}

const DAY_MS = 86_400_000
const MAX_DAYS = 36_500

/** Checks a retention and returns it in milliseconds. Throws `InvalidInput`. */
export function checkRetention({ countersDays = 400, reservationsDays = 30, alertsDays = 400, idempotencyKeysDays = 1 }: QuotaRetention = {}) {
  const issues = Object.entries({ countersDays, reservationsDays, alertsDays, idempotencyKeysDays }).flatMap(([field, days]) =>
    Number.isInteger(days) && days >= 1 && days <= MAX_DAYS
      ? []
      : [{ path: `retention.${field}`, message: `must be a whole number from 1 to ${MAX_DAYS}, not ${days}` }],
  )
  if (issues.length > 0) throw new InvalidInput(issues)
  return {
    countersMs: countersDays * DAY_MS,
    reservationsMs: reservationsDays * DAY_MS,
    alertsMs: alertsDays * DAY_MS,
    idempotencyKeysMs: idempotencyKeysDays * DAY_MS,
  }
}
