import { InvalidInput } from '@tollgate/kernel'
import type { SweepQuery } from './quota-store.ts'

/** For how many days is kept what nothing is decided by any more. */
export interface QuotaRetention {
  /** Counters after their window ended: the history. 400 where it is left out. */
  readonly countersDays?: number | undefined
  /** Reservations after they expired, closed or not: until then a settlement sent again is known. 30 where it is left out. */
  readonly reservationsDays?: number | undefined
  /** Alerts after they were raised. 400 where it is left out. */
  readonly alertsDays?: number | undefined
}

const DAY_MS = 86_400_000
const MAX_DAYS = 36_500
const ROWS_A_SWEEP = 1_000

/** What a sweep cleans up at a time. Throws `InvalidInput` for days that are none. */
export function sweepQueries({ countersDays = 400, reservationsDays = 30, alertsDays = 400 }: QuotaRetention = {}): (nowMs: number) => SweepQuery {
  const issues = Object.entries({ countersDays, reservationsDays, alertsDays }).flatMap(([field, days]) =>
    Number.isInteger(days) && days >= 1 && days <= MAX_DAYS
      ? []
      : [{ path: `keep.${field}`, message: `must be a whole number from 1 to ${MAX_DAYS}, not ${days}` }],
  )
  if (issues.length > 0) throw new InvalidInput(issues)
  return nowMs => ({
    nowMs,
    limit: ROWS_A_SWEEP,
    countersBeforeMs: nowMs - countersDays * DAY_MS,
    reservationsBeforeMs: nowMs - reservationsDays * DAY_MS,
    alertsBeforeMs: nowMs - alertsDays * DAY_MS,
  })
}
