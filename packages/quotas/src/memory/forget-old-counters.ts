import type { QuotaState } from '../counters/quota-state.ts'

const HOUR_MS = 3_600_000
const COUNTERS_KEPT_MS = 24 * 62 * HOUR_MS
const RESERVATIONS_KEPT_MS = 24 * HOUR_MS

/**
 * Keeps memory bounded by what happens in two months: forgets, once an hour at the most, counters whose window began
 * 62 days ago, so that it is over whatever the window, or that slide and counted nothing since, and reservations that
 * ended a day ago.
 */
export function forgetOldCounters(state: QuotaState): (nowMs: number) => void {
  let lastMs = -Infinity
  return nowMs => {
    if (nowMs < lastMs + HOUR_MS) return
    lastMs = nowMs
    for (const [key, { stepMs, steps, holds }] of state.counters) {
      const [, , , fromMs] = JSON.parse(key) as [string, string, string, number]
      // One that slides never ends: it is forgotten when it has counted nothing for as long.
      const latestMs = stepMs === null ? fromMs : holds.size > 0 ? Infinity : Math.max(...steps.keys()) * stepMs
      if (latestMs < nowMs - COUNTERS_KEPT_MS) state.counters.delete(key)
    }
    for (const [id, { expiresAtMs }] of state.reservations) {
      if (expiresAtMs < nowMs - RESERVATIONS_KEPT_MS) state.reservations.delete(id)
    }
  }
}
