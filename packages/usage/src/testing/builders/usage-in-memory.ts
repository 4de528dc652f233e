import { countingIds, Decimal, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { createUsage, type UsageDependencies } from '../../create-usage.ts'
import { memoryRejectedEventStore } from '../../memory/rejected-event-store.ts'
import { memoryUsageStore } from '../../memory/usage-store.ts'
import type { CheckedEvent, RaterResult, UsageEventDraft } from '../../model/event.ts'

/** The time at which tests start. */
export const NOW = Temporal.Instant.from('2026-03-10T12:00:00Z')

/** The month of `NOW`. */
export const MARCH = { from: Temporal.Instant.from('2026-03-01T00:00:00Z'), to: Temporal.Instant.from('2026-04-01T00:00:00Z') }

/** The scope of the tenant that `track` records for. */
export const ACME = tenantScope('acme')

/** A rater with a price of one cent per call of a known model. */
const rater = {
  rate: async (events: readonly CheckedEvent[]) =>
    events.map(({ model }): RaterResult => {
      if (model === null) return { state: 'not_applicable', cost: null, priceId: null }
      return model.startsWith('known')
        ? { state: 'priced', cost: new Decimal('0.01'), priceId: 'p1' }
        : { state: 'unpriced', cost: null, priceId: null, unpricedReason: 'unknown_model' }
    }),
}

/** Creates metering in memory. `track` records events of the tenant "acme", by default with the operation "chat". */
export function usageInMemory(dependencies: Partial<UsageDependencies> = {}) {
  const clock = settableClock(NOW)
  const rejected = memoryRejectedEventStore()
  const usage = createUsage({ store: memoryUsageStore(), rejected, rater, clock, ids: countingIds(), ...dependencies })
  const track = (...events: Record<string, unknown>[]) =>
    usage.track({ tenantId: 'acme', events: events.map(event => ({ operation: 'chat', ...event })) as UsageEventDraft[] })
  return { usage, clock, rejected, track }
}
