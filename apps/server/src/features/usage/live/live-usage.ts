import type { LiveSource } from '../../../live/live-source.ts'
import { executeForTenant } from '../../../database/admission/request-work.ts'
import { readUsageTotals } from './usage-totals.ts'
import { createUsageUpdates, type UsageUpdates } from './usage-updates.ts'

/** Interval of the check whether a day has ended. */
const CHECK_DAYS_EVERY_MS = 5_000

/** The source of live usage totals. */
export const liveUsage: LiveSource<UsageUpdates> = {
  async open({ tollgate, signals, log }) {
    const { clock } = tollgate
    const updates = createUsageUpdates({
      // A tenant has any number of customers, so that reads for them count as reads of the tenant.
      read: request => executeForTenant(request.customerId === null ? null : request.tenantId, () => readUsageTotals({ ...tollgate, clock }, request)),
      clock,
      onFirstFollower: () => signals.announce(),
      onError: error => log.warn({ err: error }, 'Usage totals could not be read for subscribers. Retrying.'),
    })
    signals.forwardTo(updates)
    const checkingDays = setInterval(() => updates.startNewDays(), CHECK_DAYS_EVERY_MS).unref()
    return {
      ...updates,
      async stop() {
        clearInterval(checkingDays)
      },
    }
  },
}
