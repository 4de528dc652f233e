import { billingPeriodContaining, periodContaining, Temporal } from '@tollgate/kernel'

/** The windows that a quota can count over. A fixed window starts at 0 again when its calendar period ends; a sliding one always looks back from now. */
export const QUOTA_WINDOWS = ['minute', 'hour', 'day', 'week', 'month', 'billing_period'] as const

/** The name of a window. */
export type QuotaWindow = (typeof QUOTA_WINDOWS)[number]

/** The calendar that a tenant's fixed windows follow. */
export interface QuotaCalendar {
  /** IANA time zone. A day is as long as it is in that zone. */
  readonly timeZone: string
  /** Day of the month on which a billing period starts, 1 to 31. */
  readonly billingAnchorDay: number
}

/** One window, half-open, in milliseconds since 1970. Every window starts and ends at a whole second. */
export interface WindowBounds {
  readonly fromMs: number
  readonly toMs: number
}

/** The bounds of a sliding window's counter, which never ends. */
export const UNBOUNDED_WINDOW: WindowBounds = { fromMs: 0, toMs: Infinity }

const MINUTE_MS = 60_000

/** Returns the fixed window that contains a time. A minute is the same in every zone; all others are calendar periods. */
export function windowContaining(window: QuotaWindow, atMs: number, { timeZone, billingAnchorDay }: QuotaCalendar): WindowBounds {
  if (window === 'minute') {
    const fromMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS
    return { fromMs, toMs: fromMs + MINUTE_MS }
  }
  const instant = Temporal.Instant.fromEpochMilliseconds(atMs)
  const { from, to } =
    window === 'billing_period' ? billingPeriodContaining(instant, { anchorDay: billingAnchorDay }, timeZone) : periodContaining(instant, window, timeZone)
  return { fromMs: from.epochMilliseconds, toMs: to.epochMilliseconds }
}
