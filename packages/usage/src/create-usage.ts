import { checkPageSize, type IdSource, randomIds, systemClock, type TenantClock, toMicrosecond } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape } from '@tollgate/kernel/input'
import { checkFilter, checkRange, PAGE_SIZES } from './engine/check-report.ts'
import type { CallCounter } from './call-counter.ts'
import { createGroupCommit, type GroupCommitLimits } from './group-commit.ts'
import { MAX_BATCH_EVENTS } from './model/event-limits.ts'
import type { UsageEventDraft } from './model/event.ts'
import type { NewRejectedEvent } from './model/rejected-event.ts'
import type { Rater } from './rater.ts'
import { recentRejectedEvents } from './recent-rejected-events.ts'
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
  /** Defaults to a list of the latest ones in the memory of the process. */
  readonly rejected?: RejectedEventStore
  /** Such as `createRater` of `@tollgate/pricing`. */
  readonly rater: Rater
  /** Defaults to the system clock. */
  readonly clock?: TenantClock
  readonly ids?: IdSource
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
export function createUsage(options: UsageDependencies): Usage {
  checkShape(OPTIONS, options)
  return openUsage(options)
}

const OPTIONS = inputShape<UsageDependencies>({
  store: 'object',
  rejected: 'object?',
  rater: 'object',
  clock: 'object?',
  ids: 'object?',
  commitHooks: 'list?',
  callCounter: 'object?',
  limits: 'object?',
  rewriteMetadata: 'function?',
  observer: 'object?',
  onRejectedEventsLost: 'function?',
})

const TRACK = inputShape<Parameters<Usage['track']>[0]>({ tenantId: 'text', events: 'list', caller: 'text?' })
const UNPRICED = inputShape<Parameters<Usage['unpriced']>[1]>({ range: 'object', first: 'integer?' })
const TOP_CONSUMERS = inputShape<Parameters<Usage['topConsumers']>[1]>({
  measure: 'text',
  range: 'object',
  first: 'integer?',
  latency: 'boolean?',
  details: 'boolean?',
  customers: 'boolean?',
})

function openUsage({
  store,
  rejected = recentRejectedEvents(),
  rater,
  clock = systemClock,
  ids = randomIds(),
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
    track: checkedInput(TRACK, ({ tenantId, events, caller = null }) =>
      trackEvents({ group, rejected, onRejectedEventsLost, observer }, { events: rewritten(tenantId, events), caller }, { tenantId, ids, now: now(tenantId) }),
    ),

    report: (scope, request) => reportUsage(store, scope, request),

    async topConsumers(scope, request) {
      checkShape(TOP_CONSUMERS, request)
      const { measure, range, first, latency = false, details = true, customers = true } = request
      const groups = await store.measure(scope, {
        buckets: [checkRange(range)],
        by: ['tenant'],
        orderBy: measure,
        limit: checkPageSize(first, PAGE_SIZES),
        latency,
        details,
        customers,
      })
      return groups.map(tenant => usageGroup(['tenant'], tenant))
    },

    async unpriced(scope, request) {
      checkShape(UNPRICED, request)
      const { range, first } = request
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
      const checked = checkRange(range)
      return store.events(scope, { ...query, range: checked, filter: checkFilter(filter, checked), first: checkPageSize(first, PAGE_SIZES) })
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
