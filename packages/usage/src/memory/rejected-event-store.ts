import { recentRejectedEvents } from '../recent-rejected-events.ts'
import type { RejectedEventStore, RejectedEventStoreOptions } from '../rejected-event-store.ts'

/** Stores rejected events in memory, as metering without a store for them does. */
export function memoryRejectedEventStore(options?: RejectedEventStoreOptions): RejectedEventStore {
  return recentRejectedEvents(options)
}
