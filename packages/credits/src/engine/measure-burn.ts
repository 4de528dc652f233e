import { Decimal, type Temporal } from '@tollgate/kernel'
import { BURN_DAYS, type BurnRecord, type DayStart } from '../model/burn-record.ts'

/** Milliseconds of a day in UTC. */
export const DAY_MS = 86_400_000

/** Returns the number of days from 1970-01-01 in UTC. */
export function dayOf(time: Temporal.Instant): number {
  return Math.floor(time.epochMilliseconds / DAY_MS)
}

/** Adds what had been consumed at the start of today, and removes days that are not measured any more. */
export function recordDayStart({ dayStarts }: BurnRecord, today: DayStart): readonly DayStart[] {
  const kept = dayStarts.filter(({ day }) => day >= today.day - BURN_DAYS)
  return kept.at(-1)?.day === today.day ? kept : [...kept, today]
}

/** What a wallet consumes. */
export interface Burn {
  readonly consumed: Decimal
  /** Milliseconds in which it was consumed: since the start of the day seven days ago, or since the wallet was created, but at least a day. */
  readonly elapsedMs: number
}

/** Returns what a wallet consumed since the start of the day seven days ago. */
export function measureBurn(
  dayStarts: readonly DayStart[],
  { now, createdAt, consumed }: { readonly now: Temporal.Instant; readonly createdAt: Temporal.Instant; readonly consumed: Decimal },
): Burn {
  const start = Math.max((dayOf(now) - BURN_DAYS) * DAY_MS, createdAt.epochMilliseconds)
  return { consumed: consumed.minus(dayStarts[0]?.consumed ?? consumed), elapsedMs: Math.max(now.epochMilliseconds - start, DAY_MS) }
}

/** Returns how many days a balance lasts. Null for ever: nothing is consumed. */
export function daysLeft(balance: Decimal, { consumed, elapsedMs }: Burn): Decimal | null {
  if (!consumed.gt(0)) return null
  return Decimal.max(balance, 0).times(elapsedMs).div(consumed.times(DAY_MS))
}
