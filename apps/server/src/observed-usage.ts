import { isDomainError } from '@tollgate/kernel'
import type { Usage, UsageStore } from '@tollgate/usage'
import type { Metrics } from './observability/metrics.ts'

/** The same metering, with its answers counted. */
export function observedUsage(usage: Usage, metrics: Metrics): Usage {
  return {
    ...usage,
    async track(request) {
      try {
        const tracked = await usage.track(request)
        metrics.observeTracked(tracked)
        return tracked
      } catch (error) {
        if (isDomainError(error) && error.code === 'OVERLOADED') metrics.observeOverload()
        throw error
      }
    },
  }
}

/** The same store, with its transactions measured. */
export function observedUsageStore(store: UsageStore, metrics: Metrics): UsageStore {
  return {
    ...store,
    async commit(batch, commitHooks) {
      const startedAt = performance.now()
      try {
        const committed = await store.commit(batch, commitHooks)
        metrics.observeCommit({ batch, committed, durationMs: performance.now() - startedAt })
        return committed
      } catch (error) {
        metrics.observeFailedCommit({ durationMs: performance.now() - startedAt })
        throw error
      }
    },
  }
}
