import { type Clock, runInHalves } from '@tollgate/kernel'
import { commitPace } from './commit-pace.ts'
import { Overloaded, UsageStopped } from './errors.ts'
import type { CheckedEvent, RatedEvent } from './event.ts'
import type { Rater } from './rater.ts'
import type { Committed, IngestConsequence, UsageStore } from './usage-store.ts'

/** How much is committed together, and how much may wait. */
export interface GroupCommitLimits {
  /** Events in one transaction at the most; a single call's are never split, and may be more. */
  readonly eventsPerCommit: number
  readonly commitsInFlight: number
  /** Events that may wait for a commit. A call that does not fit is refused as a whole. */
  readonly queuedEvents: number
}

/** What is used where nothing else is said. */
export const GROUP_COMMIT_LIMITS: GroupCommitLimits = { eventsPerCommit: 5_000, commitsInFlight: 2, queuedEvents: 50_000 }

/** What a group commit works with. */
export interface GroupCommitDependencies {
  readonly store: Pick<UsageStore, 'commit'>
  readonly rater: Rater
  readonly clock: Clock
  readonly consequences?: readonly IngestConsequence[]
  readonly limits?: Partial<GroupCommitLimits>
}

/** Commits the events of many callers together. */
export interface GroupCommit {
  /**
   * Resolves when the events are durable, with an answer for each. Rejects with `Overloaded` where the queue has no room
   * for all of them, with `UsageStopped` after `stop`, and with the store's or the rater's error where these events could
   * not be recorded.
   */
  commit(events: readonly CheckedEvent[]): Promise<readonly Committed[]>
  /** Events waiting for a commit, and the most that may wait. */
  queue(): { waiting: number; limit: number }
  /** Takes nothing more; resolves when all that was taken is committed or refused. */
  stop(): Promise<void>
}

/** One caller's events: committed, or refused, together. */
interface Part {
  readonly events: readonly CheckedEvent[]
  readonly resolve: (answers: readonly Committed[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * One transaction for each caller would wait for the disk once for each caller. Here callers wait in a queue while
 * commits are in flight, and everything that waits goes with the next one. There is no timer: a caller that comes when
 * nothing is in flight is committed at once (with those of the same turn of the event loop), and the busier the
 * database, the larger the groups.
 */
export function createGroupCommit({ store, rater, clock, consequences = [], limits }: GroupCommitDependencies): GroupCommit {
  const { eventsPerCommit, commitsInFlight, queuedEvents } = { ...GROUP_COMMIT_LIMITS, ...limits }
  const nowMs = () => clock.now().epochMilliseconds
  const pace = commitPace()
  const parts: Part[] = []
  const inFlight = new Set<{ readonly startedMs: number }>()
  const stopping: (() => void)[] = []
  let waiting = 0
  let stopped = false

  function enqueue(part: Part): void {
    parts.push(part)
    waiting += part.events.length
    queueMicrotask(startCommits)
  }

  function startCommits(): void {
    while (inFlight.size < commitsInFlight && parts.length > 0) void run(takeGroup())
    if (inFlight.size === 0) for (const resolve of stopping.splice(0)) resolve()
  }

  function takeGroup(): Part[] {
    let size = 0
    const end = parts.findIndex((part, i) => (size += part.events.length) > eventsPerCommit && i > 0)
    const group = parts.splice(0, end === -1 ? parts.length : end)
    waiting -= countEvents(group)
    return group
  }

  async function run(group: readonly Part[]): Promise<void> {
    const flight = { startedMs: nowMs() }
    inFlight.add(flight)
    await commitParts(group)
    inFlight.delete(flight)
    pace.note(nowMs() - flight.startedMs)
    startCommits()
  }

  function commitParts(all: readonly Part[]): Promise<void> {
    return runInHalves(all, { run: group => rateAndCommit(group.flatMap(part => part.events)), onSuccess: answer, onFailure: refuse })
  }

  async function rateAndCommit(events: readonly CheckedEvent[]): Promise<readonly Committed[]> {
    const ratings = await rater.rate(events)
    const rated = events.map((event, i): RatedEvent => {
      const rating = ratings[i]
      if (rating === undefined) throw new Error(`The rater gave ${ratings.length} ratings for ${events.length} events.`)
      return { ...event, rating }
    })
    return store.commit(rated, consequences)
  }

  function retryAfterMs(): number {
    const oldest = Math.min(...[...inFlight].map(flight => flight.startedMs), nowMs())
    const groups = inFlight.size + Math.ceil(waiting / eventsPerCommit)
    return pace.waitMs(Math.ceil(groups / commitsInFlight), nowMs() - oldest)
  }

  return {
    async commit(events) {
      if (stopped) throw new UsageStopped()
      if (events.length === 0) return []
      if (waiting + events.length > queuedEvents) throw new Overloaded(retryAfterMs())
      return new Promise((resolve, reject) => enqueue({ events, resolve, reject }))
    },
    queue: () => ({ waiting, limit: queuedEvents }),
    stop() {
      stopped = true
      return new Promise(resolve => {
        stopping.push(resolve)
        queueMicrotask(startCommits)
      })
    },
  }
}

function answer(group: readonly Part[], answers: readonly Committed[]): void {
  let next = 0
  for (const { events, resolve } of group) resolve(answers.slice(next, (next += events.length)))
}

function refuse(group: readonly Part[], error: unknown): void {
  for (const { reject } of group) reject(error)
}

function countEvents(parts: readonly Part[]): number {
  return parts.reduce((total, part) => total + part.events.length, 0)
}
