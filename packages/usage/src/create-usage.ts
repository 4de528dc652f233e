import { type Clock, type IdSource, toMicrosecond } from '@tollgate/kernel'
import { MAX_BATCH_EVENTS } from './event-limits.ts'
import { createGroupCommit, type GroupCommitLimits } from './group-commit.ts'
import type { Rater } from './rater.ts'
import type { NewRejectedEvent, RejectedEventStore } from './rejected-event-store.ts'
import { checkFilter, checkFirst, checkRange } from './report-input.ts'
import { resendRejected } from './resend-rejected.ts'
import { trackEvents } from './track-events.ts'
import type { Usage } from './usage.ts'
import { usageGroup, usageReport } from './usage-report.ts'
import type { IngestConsequence, UsageStore } from './usage-store.ts'

/** What metering is made of. */
export interface UsageDependencies {
  readonly store: UsageStore
  readonly rejected: RejectedEventStore
  readonly rater: Rater
  readonly clock: Clock
  readonly ids: IdSource
  /** What must follow from accepted events in their transaction. */
  readonly consequences?: readonly IngestConsequence[]
  readonly limits?: Partial<GroupCommitLimits>
  /** Told when refused events could not be put on the dead-letter list. Their clients know that they were refused. */
  readonly onRejectedLost?: (error: unknown, lost: readonly NewRejectedEvent[]) => void
}

/** Makes metering from a store, a rater and what else it needs; one for each process and store. */
export function createUsage({ store, rejected, rater, clock, ids, consequences = [], limits = {}, onRejectedLost = () => {} }: UsageDependencies): Usage {
  if (limits.queuedEvents !== undefined && limits.queuedEvents < MAX_BATCH_EVENTS) {
    throw new RangeError(`limits.queuedEvents must be ${MAX_BATCH_EVENTS} or more: a full batch would never fit into the queue.`)
  }
  // Cut once a call, not once an event.
  const now = () => toMicrosecond(clock.now())
  const group = createGroupCommit({ store, rater, clock, consequences, limits })
  return {
    track: ({ tenantId, events }) => trackEvents({ group, rejected, onRejectedLost }, events, { tenantId, ids, now: now() }),

    report: (scope, request) => usageReport(store, scope, request),

    async topConsumers(scope, { measure, range, first, latency = false }) {
      const groups = await store.measure(scope, { buckets: [checkRange(range)], by: ['tenant'], orderBy: measure, limit: checkFirst(first), latency })
      return groups.map(tenant => usageGroup(['tenant'], tenant))
    },

    async unpriced(scope, { range, first }) {
      const by = ['provider', 'model'] as const
      const groups = await store.measure(scope, { buckets: [checkRange(range)], by, orderBy: 'calls', limit: checkFirst(first), unpricedOnly: true })
      return groups.map(model => usageGroup(by, model))
    },

    async events(scope, { range, filter, first, ...query }) {
      return store.events(scope, { ...query, range: checkRange(range), filter: checkFilter(filter), first: checkFirst(first) })
    },
    eventsById: (scope, eventIds) => store.eventsById(scope, eventIds),

    async rejectedEvents(scope, query) {
      return rejected.list(scope, { ...query, first: checkFirst(query.first) })
    },
    rejectedEvent: (scope, id) => rejected.byId(scope, id),
    resendRejected: (scope, { id, event }) => resendRejected({ group, rejected }, { scope, id, event }, { ids, now: now() }),

    queue: () => group.queue(),
    stop: () => group.stop(),
  }
}
