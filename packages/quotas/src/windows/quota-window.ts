import { billingPeriodContaining, periodContaining, Temporal } from '@tollgate/kernel'

/** How long a quota counts before it starts again from nothing where the calendar says, or, where it slides, forgets. */
export const QUOTA_WINDOWS = ['minute', 'hour', 'day', 'week', 'month', 'billing_period'] as const

/** The name of one window. */
export type QuotaWindow = (typeof QUOTA_WINDOWS)[number]

/** The calendar that a tenant's windows follow. */
export interface QuotaCalendar {
  /** An IANA zone: days are the tenant's days. */
  readonly timeZone: string
  /** The day of the month, 1 to 31, on which a billing period starts. */
  readonly billingAnchorDay: number
}

/** One window, half-open, in milliseconds since 1970: every window starts and ends at a whole second. */
export interface WindowBounds {
  readonly fromMs: number
  readonly toMs: number
}

/** Of a sliding window's counter: it never ends, and forgets what it counted step by step. */
export const ALWAYS: WindowBounds = { fromMs: 0, toMs: Infinity }

const MINUTE_MS = 60_000

/** The window that an instant falls in. A minute is the same in every zone; the others are periods of the calendar. */
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

const MAX_REMEMBERED = 10_000

/**
 * `windowContaining` that remembers the last window of each calendar: the arithmetic of zones costs more than a
 * decision, and nearly all of them fall in the window of the one before.
 */
export function rememberWindows(): typeof windowContaining {
  const last = new Map<string, WindowBounds>()
  return (window, atMs, calendar) => {
    const key = `${window} ${calendar.billingAnchorDay} ${calendar.timeZone}`
    const known = last.get(key)
    if (known && known.fromMs <= atMs && atMs < known.toMs) return known
    const bounds = windowContaining(window, atMs, calendar)
    if (last.size >= MAX_REMEMBERED) last.clear()
    last.set(key, bounds)
    return bounds
  }
}
