import { type Clock, Temporal } from '@tollgate/kernel'
import { demandStream, type DemandStream } from '../../../live/demand-stream.ts'
import type { TotalsRequest, UsageTotals } from './usage-totals.ts'

/** Whose usage was committed. */
export type ChangedTenants = ReadonlySet<string> | 'all'

/** Totals for everyone in the process who follows them. */
export interface UsageUpdates {
  /** The totals now, and again after each change. A slow consumer skips totals, and is given the newest. */
  follow(request: TotalsRequest): DemandStream<UsageTotals>
  /** Usage was committed, here or in another process. */
  changed(tenants: ChangedTenants): void
  /** To be called now and then: days that are over give way to new ones, without any usage. */
  turnDays(): void
  /** Whether anyone follows. */
  followed(): boolean
}

/** How they are made. */
export interface UsageUpdatesOptions {
  readonly read: (request: TotalsRequest) => Promise<UsageTotals>
  readonly clock: Clock
  /** Told when the first one follows, so that other processes can be told. */
  readonly onFollowed?: () => void
  /** Told where totals could not be read; they are tried again. */
  readonly onError?: (error: unknown) => void
  /** Totals of a tenant are read this often at the most. */
  readonly intervalMs?: number
}

/** Totals that somebody follows. */
interface Topic {
  readonly request: TotalsRequest
  readonly followers: Set<{ readonly stream: DemandStream<UsageTotals>; seen: number }>
  totals: UsageTotals | undefined
  /** Counts the totals that differed from those before. */
  version: number
  reading: boolean
  /** What was read may be out of date. */
  stale: boolean
  timer: NodeJS.Timeout | undefined
  /** By `performance.now`. */
  nextReadAt: number
}

/** Reading takes this part of the time at the most, however long one takes. */
const SHARE_OF_TIME = 4

/** A database that is away is not asked as often. */
const AFTER_FAILURE_MS = 5_000

/** One query serves all who follow a tenant, at most every `intervalMs`; nobody follows, nothing is read. */
export function createUsageUpdates({ read, clock, onFollowed = () => {}, onError = () => {}, intervalMs = 500 }: UsageUpdatesOptions): UsageUpdates {
  const topics = new Map<string, Topic>()

  function refresh(topic: Topic): void {
    topic.stale = true
    if (topic.reading || topic.timer !== undefined || topic.followers.size === 0) return
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
    topic.reading = true
    topic.stale = false
    let leastMs = intervalMs
    try {
      take(topic, await read(topic.request))
    } catch (error) {
      onError(error)
      topic.stale = true
      leastMs = AFTER_FAILURE_MS
      // Who has seen totals waits for the next ones; who has not is told why there are none.
      for (const { stream, seen } of topic.followers) if (seen === 0) stream.end(error as Error)
    }
    topic.reading = false
    topic.nextReadAt = startedAt + Math.max(leastMs, SHARE_OF_TIME * (performance.now() - startedAt))
    if (topic.stale) refresh(topic)
  }

  function take(topic: Topic, totals: UsageTotals): void {
    if (topic.totals !== undefined && same(topic.totals, totals)) return
    topic.totals = totals
    topic.version += 1
    for (const { stream } of topic.followers) stream.wake()
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
      reading: false,
      stale: false,
      timer: undefined,
      nextReadAt: 0,
    }
    topics.set(key, topic)
    if (topics.size === 1) onFollowed()
    return topic
  }

  function leave(topic: Topic, follower: { readonly stream: DemandStream<UsageTotals>; seen: number }): void {
    topic.followers.delete(follower)
    if (topic.followers.size > 0) return
    clearTimeout(topic.timer)
    topics.delete(keyOf(topic.request))
  }

  return {
    follow(request) {
      const topic = topicOf(request)
      const follower = {
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
    turnDays() {
      for (const topic of topics.values()) {
        if (topic.totals !== undefined && Temporal.Instant.compare(topic.totals.day.to, clock.now()) <= 0) refresh(topic)
      }
    },
    followed: () => topics.size > 0,
  }
}

function keyOf({ tenantId, latency }: TotalsRequest): string {
  return JSON.stringify([tenantId, latency])
}

/** When they were read is no difference. */
function same({ at: _one, ...one }: UsageTotals, { at: _other, ...other }: UsageTotals): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
