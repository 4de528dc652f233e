import { checkPageSize, type IdSource, type TenantClock, toMicrosecond } from '@tollgate/kernel'
import { checkFilter, checkRange, PAGE_SIZES } from './engine/check-report.ts'
import type { CallCounter } from './call-counter.ts'
import { createGroupCommit, type GroupCommitLimits } from './group-commit.ts'
import { MAX_BATCH_EVENTS } from './model/event-limits.ts'
import type { UsageEventDraft } from './model/event.ts'
import type { NewRejectedEvent } from './model/rejected-event.ts'
import type { Rater } from './rater.ts'
import type { RejectedEventStore } from './rejected-event-store.ts'
import { reportUsage, usageGroup } from './report-usage.ts'
import { rewriteDraft, type RewriteMetadata } from './engine/rewrite-draft.ts'
import { resendRejected } from './resend-rejected.ts'
import { trackEvents } from './track-events.ts'
import type { UsageObserver } from './usage-observer.ts'
import type { CommitHook, UsageStore } from './usage-store.ts'
import type { Usage } from './usage.ts'

/** What metering needs. */
export interface UsageDependencies {
  readonly store: UsageStore
  readonly rejected: RejectedEventStore
  readonly rater: Rater
  readonly clock: TenantClock
  readonly ids: IdSource
  /** Work in the transaction that records events. */
  readonly commitHooks?: readonly CommitHook[]
  /** Counts the calls of each caller. */
  readonly callCounter?: CallCounter
  readonly limits?: Partial<GroupCommitLimits>
  /** Changes the metadata of tenants that want it. Defaults to none. */
  readonly rewriteMetadata?: RewriteMetadata
  /** Receives what metering does. */
  readonly observer?: Partial<UsageObserver>
  /** Called when rejected events could not be stored. Clients received the rejections anyway. */
  readonly onRejectedEventsLost?: (error: unknown, lost: readonly NewRejectedEvent[]) => void
}

/** Creates metering. Create one per process and store. */
export function createUsage({
  store,
  rejected,
  rater,
  clock,
  ids,
  commitHooks = [],
  callCounter,
  limits = {},
  rewriteMetadata = () => undefined,
  observer = {},
  onRejectedEventsLost = () => {},
}: UsageDependencies): Usage {
  if (limits.queuedEvents !== undefined && limits.queuedEvents < MAX_BATCH_EVENTS) {
    throw new RangeError(`limits.queuedEvents must be ${MAX_BATCH_EVENTS} or more, so that a full batch fits into the queue.`)
  }
  // Rounded once per call, which is cheaper than once per event.
  const now = (tenantId: string | null) => toMicrosecond(clock.now(tenantId))
  const group = createGroupCommit({ store, rater, clock, commitHooks, callCounter, observer, limits })
  function rewritten(tenantId: string, events: readonly UsageEventDraft[]): readonly UsageEventDraft[] {
    const rewrite = rewriteMetadata(tenantId)
    return rewrite === undefined ? events : events.map(draft => rewriteDraft(draft, rewrite))
  }

  return {
    track: ({ tenantId, events, caller = null }) =>
      trackEvents({ group, rejected, onRejectedEventsLost, observer }, { events: rewritten(tenantId, events), caller }, { tenantId, ids, now: now(tenantId) }),

    report: (scope, request) => reportUsage(store, scope, request),

    async topConsumers(scope, { measure, range, first, latency = false, details = true }) {
      const groups = await store.measure(scope, {
        buckets: [checkRange(range)],
        by: ['tenant'],
        orderBy: measure,
        limit: checkPageSize(first, PAGE_SIZES),
        latency,
        details,
      })
      return groups.map(tenant => usageGroup(['tenant'], tenant))
    },

    async unpriced(scope, { range, first }) {
      const by = ['provider', 'model'] as const
      const groups = await store.measure(scope, {
        buckets: [checkRange(range)],
        by,
        orderBy: 'calls',
        limit: checkPageSize(first, PAGE_SIZES),
        unpricedOnly: true,
      })
      return groups.map(model => usageGroup(by, model))
    },

    async events(scope, { range, filter, first, ...query }) {
      return store.events(scope, { ...query, range: checkRange(range), filter: checkFilter(filter), first: checkPageSize(first, PAGE_SIZES) })
    },
    eventsById: (scope, eventIds) => store.eventsById(scope, eventIds),

    async rejectedEvents(scope, query) {
      return rejected.list(scope, { ...query, first: checkPageSize(query.first, PAGE_SIZES) })
    },
    rejectedEvent: (scope, id) => rejected.byId(scope, id),
    resendRejected: (scope, { id, event }) => resendRejected({ group, rejected, rewriteMetadata }, { scope, id, event }, { ids, now }),

    queue: () => group.queue(),
    stop: () => group.stop(),
  }
}
