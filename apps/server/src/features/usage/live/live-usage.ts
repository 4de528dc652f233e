import type { LiveSource } from '../../../live/live-source.ts'
import { readUsageTotals } from './usage-totals.ts'
import { createUsageUpdates, type UsageUpdates } from './usage-updates.ts'

/** How often to check whether a day has ended. */
const TURN_EVERY_MS = 5_000

/** Usage totals as they change. */
export const liveUsage: LiveSource<UsageUpdates> = {
  async open({ tollgate, signals, clock, log }) {
    const updates = createUsageUpdates({
      read: request => readUsageTotals({ ...tollgate, clock }, request),
      clock,
      onFollowed: () => signals.announce(),
      onError: error => log.warn({ err: error }, 'Usage totals could not be read for subscribers; trying again.'),
    })
    signals.hear(updates)
    const turning = setInterval(() => updates.turnDays(), TURN_EVERY_MS).unref()
    return {
      ...updates,
      async stop() {
        clearInterval(turning)
      },
    }
  },
}
