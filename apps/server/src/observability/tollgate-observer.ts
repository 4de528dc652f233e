import type { QuotaObserver } from '@tollgate/quotas'
import type { UsageObserver } from '@tollgate/usage'

/** Receives what the program does, for metrics and notifications. Its methods are called on hot paths: they must be fast, and must not throw. */
export interface TollgateObserver extends UsageObserver, QuotaObserver {}

/** Returns an observer that calls several observers, in this order. */
export function combineObservers(...observers: readonly Partial<TollgateObserver>[]): TollgateObserver {
  return {
    usageTracked(results) {
      for (const observer of observers) observer.usageTracked?.(results)
    },
    usageOverloaded() {
      for (const observer of observers) observer.usageOverloaded?.()
    },
    rejectedEventsDiscarded(count) {
      for (const observer of observers) observer.rejectedEventsDiscarded?.(count)
    },
    commitStarted(batch) {
      for (const observer of observers) observer.commitStarted?.(batch)
    },
    batchCommitted(batch, outcomes) {
      for (const observer of observers) observer.batchCommitted?.(batch, outcomes)
    },
    commitFailed(batch) {
      for (const observer of observers) observer.commitFailed?.(batch)
    },
    quotaDecided(decision) {
      for (const observer of observers) observer.quotaDecided?.(decision)
    },
  }
}
