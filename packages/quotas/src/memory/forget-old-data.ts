import type { QuotaState } from '../engine/state/quota-state.ts'

const HOUR_MS = 3_600_000
const COUNTERS_KEPT_MS = 24 * 62 * HOUR_MS
const KEYED_USES_KEPT_MS = 24 * HOUR_MS
const RESERVATIONS_KEPT_MS = 24 * HOUR_MS

/**
 * Returns a function that bounds memory by what happens in two months. At most once an hour, it removes counters whose window
 * started 62 days ago (so that any window has ended), sliding counters without usage for as long, reservations that
 * expired a day ago, and idempotency keys of a day ago.
 */
export function forgetOldData(state: QuotaState): (nowMs: number) => void {
  let lastMs = -Infinity
  return nowMs => {
    if (nowMs < lastMs + HOUR_MS) return
    lastMs = nowMs
    for (const [key, { stepMs, steps, holds }] of state.counters) {
      const [, , , fromMs] = JSON.parse(key) as [string, string, string, number]
      const latestMs = stepMs === null ? fromMs : holds.size > 0 ? Infinity : Math.max(...steps.keys()) * stepMs
      if (latestMs < nowMs - COUNTERS_KEPT_MS) state.counters.delete(key)
    }
    for (const [id, { atMs }] of state.keyedUses) if (atMs < nowMs - KEYED_USES_KEPT_MS) state.keyedUses.delete(id)
    for (const [id, { expiresAtMs }] of state.reservations) {
      if (expiresAtMs < nowMs - RESERVATIONS_KEPT_MS) state.reservations.delete(id)
    }
  }
}
