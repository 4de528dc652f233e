import { Temporal, type TenantClock } from '@tollgate/kernel'
import { demandStream, type DemandStream } from '../../../live/demand-stream.ts'
import { wakeInSlices } from '../../../live/wake-in-slices.ts'
import type { TotalsRequest, UsageTotals } from './usage-totals.ts'

/** The tenants whose usage changed. */
export type ChangedTenants = ReadonlySet<string> | 'all'

/** Live totals for all followers in this process. */
export interface UsageUpdates {
  /** Streams the totals now, and again after each change. A slow consumer skips totals and gets the newest. */
  follow(request: TotalsRequest): DemandStream<UsageTotals>
  /** Reports that usage was committed, in this process or another one. */
  changed(tenants: ChangedTenants): void
  /** Starts new days for totals whose day has ended. Call it regularly. */
  startNewDays(): void
  hasFollowers(): boolean
}

/** What live totals need. */
export interface UsageUpdatesOptions {
  readonly read: (request: TotalsRequest) => Promise<UsageTotals>
  readonly clock: TenantClock
  /** Called when the first follower arrives, to inform other processes. */
  readonly onFirstFollower?: () => void
  /** Called when totals could not be read. They are read again later. */
  readonly onError?: (error: unknown) => void
  /** Minimum time between two reads of the same totals. Defaults to 500. */
  readonly intervalMs?: number
}

interface Follower {
  readonly stream: DemandStream<UsageTotals>
  /** Version of the totals that the follower got last. */
  seen: number
}

/** The totals of one request, and their followers. */
interface Topic {
  readonly request: TotalsRequest
  readonly followers: Set<Follower>
  totals: UsageTotals | undefined
  /** Incremented when the totals change. */
  version: number
  isReading: boolean
  /** Whether usage changed since the last read. */
  isStale: boolean
  timer: NodeJS.Timeout | undefined
  /** By `performance.now`. */
  nextReadAt: number
}

/** Two reads start at least this many times the duration of the first apart, so that reading and waking followers takes at most a quarter of the time. */
const MIN_READS_APART = 4

/** Minimum wait after a failure, to spare a database that is unavailable. */
const AFTER_FAILURE_MS = 5_000

/** Creates live totals. All followers of the same totals share one query, at most every `intervalMs`; without followers, nothing is read. */
export function createUsageUpdates({ read, clock, onFirstFollower = () => {}, onError = () => {}, intervalMs = 500 }: UsageUpdatesOptions): UsageUpdates {
  const topics = new Map<string, Topic>()

  function refresh(topic: Topic): void {
    topic.isStale = true
    if (topic.isReading || topic.timer !== undefined || topic.followers.size === 0) return
    const waitMs = topic.nextReadAt - performance.now()
    if (waitMs <= 0) return void readNow(topic)
    topic.timer = setTimeout(() => {
      topic.timer = undefined
      void readNow(topic)
    }, waitMs)
    topic.timer.unref()
  }

  async function readNow(topic: Topic): Promise<void> {
    const startedAt = performance.now()
    topic.isReading = true
    topic.isStale = false
    let minWaitMs = intervalMs
    try {
      await publish(topic, await read(topic.request))
    } catch (error) {
      onError(error)
      topic.isStale = true
      minWaitMs = AFTER_FAILURE_MS
      // A follower that has totals waits for the next ones. One that has none gets the error.
      for (const { stream, seen } of topic.followers) if (seen === 0) stream.end(error as Error)
    }
    topic.isReading = false
    topic.nextReadAt = startedAt + Math.max(minWaitMs, MIN_READS_APART * (performance.now() - startedAt))
    if (topic.isStale) refresh(topic)
  }

  async function publish(topic: Topic, totals: UsageTotals): Promise<void> {
    if (topic.totals !== undefined && haveSameUsage(topic.totals, totals)) return
    topic.totals = totals
    topic.version += 1
    await wakeInSlices(Array.from(topic.followers, ({ stream }) => stream))
  }

  function topicOf(request: TotalsRequest): Topic {
    const key = keyOf(request)
    const known = topics.get(key)
    if (known !== undefined) return known
    const topic: Topic = {
      request,
      followers: new Set(),
      totals: undefined,
      version: 0,
      isReading: false,
      isStale: false,
      timer: undefined,
      nextReadAt: 0,
    }
    topics.set(key, topic)
    if (topics.size === 1) onFirstFollower()
    return topic
  }

  function leave(topic: Topic, follower: Follower): void {
    topic.followers.delete(follower)
    if (topic.followers.size > 0) return
    clearTimeout(topic.timer)
    topics.delete(keyOf(topic.request))
  }

  return {
    follow(request) {
      const topic = topicOf(request)
      const follower: Follower = {
        seen: 0,
        stream: demandStream<UsageTotals>({
          take() {
            if (follower.seen === topic.version) return undefined
            follower.seen = topic.version
            return topic.totals
          },
          onEnd: () => leave(topic, follower),
        }),
      }
      topic.followers.add(follower)
      if (topic.totals === undefined) refresh(topic)
      return follower.stream
    },
    changed(tenants) {
      for (const topic of topics.values()) {
        const { tenantId } = topic.request
        if (tenants === 'all' || tenantId === null || tenants.has(tenantId)) refresh(topic)
      }
    },
    startNewDays() {
      for (const topic of topics.values()) {
        if (topic.totals !== undefined && Temporal.Instant.compare(topic.totals.day.to, clock.now(topic.request.tenantId)) <= 0) refresh(topic)
      }
    },
    hasFollowers: () => topics.size > 0,
  }
}

function keyOf({ tenantId, customerId, latency, details }: TotalsRequest): string {
  return JSON.stringify([tenantId, customerId, latency, details])
}

/** Compares totals, regardless of when they were read. */
function haveSameUsage({ at: _one, ...one }: UsageTotals, { at: _other, ...other }: UsageTotals): boolean {
  return textOf(one) === textOf(other)
}

function textOf(totals: Omit<UsageTotals, 'at'>): string {
  return JSON.stringify(totals, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}
