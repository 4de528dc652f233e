import { type WindowBounds, windowContaining } from './window.ts'

const MAX_REMEMBERED = 10_000

/**
 * Returns a `windowContaining` that remembers the last window of each calendar. Time zone arithmetic costs more than a
 * decision, and nearly all decisions fall in the window of the one before.
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
