import { runInHalves, type TenantClock } from '@tollgate/kernel'
import type { CallCounter } from './call-counter.ts'
import { checkRatings } from './engine/check-ratings.ts'
import { createCommitPace } from './engine/commit-pace.ts'
import type { Committed } from './model/committed.ts'
import { Overloaded, UsageStopped } from './model/errors.ts'
import type { CheckedEvent, RatedEvent, Rating } from './model/event.ts'
import type { Rater } from './rater.ts'
import type { UsageObserver } from './usage-observer.ts'
import { countCalls, type TrackCall } from './count-calls.ts'
import type { CommitHook, OutcomeHook, UsageStore } from './usage-store.ts'

/** Limits of group commits and of their queue. */
export interface GroupCommitLimits {
  /** Maximum number of events in one transaction. The events of one call are never split, so a single call may exceed it. */
  readonly eventsPerCommit: number
  readonly commitsInFlight: number
  /** Maximum number of events that wait for a commit. A call that does not fit is refused as a whole. */
  readonly queuedEvents: number
  /** Maximum wait of a call for its commit. A call that waits longer is refused, and nothing of it is recorded. */
  readonly waitMs: number
}

/** The default limits. */
export const GROUP_COMMIT_LIMITS: GroupCommitLimits = { eventsPerCommit: 5_000, commitsInFlight: 2, queuedEvents: 50_000, waitMs: 15_000 }

/** What a group commit needs. */
export interface GroupCommitDependencies {
  readonly store: Pick<UsageStore, 'commit'>
  readonly rater: Rater
  readonly clock: TenantClock
  readonly commitHooks?: readonly CommitHook[]
  /** Counts the calls of each caller in the transaction that records their events. */
  readonly callCounter?: CallCounter | undefined
  readonly observer?: Partial<UsageObserver>
  readonly limits?: Partial<GroupCommitLimits>
}

/** Commits the events of many callers together. */
export interface GroupCommit {
  /**
   * Resolves when the events are durable, with one outcome per event. Rejects with `Overloaded` if the queue has no room
   * for all of them or they waited too long, with `UsageStopped` after `stop`, and with the error of the store or the rater if these events could
   * not be recorded. Counts the call, if one is given.
   */
  commit(events: readonly CheckedEvent[], call?: TrackCall): Promise<readonly Committed[]>
  /** Returns the number of events that wait for a commit, and the maximum. */
  queue(): { waiting: number; limit: number }
  /** Stops accepting events. Resolves when all accepted events are committed or failed. */
  stop(): Promise<void>
}

/** How long calls wait for others to share a commit with, while another commit is in flight. */
const MAX_JOIN_MS = 25

/** The events of one call, which are committed or fail together. */
interface Part {
  readonly events: readonly CheckedEvent[]
  readonly call: TrackCall | undefined
  readonly queuedMs: number
  readonly resolve: (outcomes: readonly Committed[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * Creates a group commit. A transaction per caller would wait for the disk once per caller. Here, callers queue while
 * commits are in flight, and the next commit takes everything that is queued. A call that finds no commit in flight is
 * committed at once, together with the other calls of the same turn of the event loop. While one is in flight, the next
 * starts as soon as as many calls wait, because a commit of few calls costs nearly as much as one of many. The busier the
 * database or this process, the larger the groups.
 */
export function createGroupCommit({ store, rater, clock, commitHooks = [], callCounter, observer = {}, limits }: GroupCommitDependencies): GroupCommit {
  const { eventsPerCommit, commitsInFlight, queuedEvents, waitMs } = { ...GROUP_COMMIT_LIMITS, ...limits }
  const nowMs = () => clock.now(null).epochMilliseconds
  const pace = createCommitPace()
  const parts: Part[] = []
  const inFlight = new Set<{ readonly startedMs: number; readonly calls: number }>()
  const stopping: (() => void)[] = []
  let waiting = 0
  let stopped = false
  let turnEnd: NodeJS.Immediate | undefined
  let joinEnd: NodeJS.Timeout | undefined

  function enqueue(part: Part): void {
    parts.push(part)
    waiting += part.events.length
    startAfterTurn()
  }

  /** Each socket is read in a turn of microtasks of its own, so these would not wait for the other calls. */
  function startAfterTurn(): void {
    turnEnd ??= setImmediate(() => {
      turnEnd = undefined
      startCommits()
    })
  }

  function startCommits(isJoinOver = stopped): void {
    if (inFlight.size < commitsInFlight) refuseOverdue()
    while (inFlight.size < commitsInFlight && parts.length > 0) {
      if (!isJoinOver && parts.length < callsInFlight()) break
      void run(takeGroup())
    }
    if (parts.length > 0 && inFlight.size < commitsInFlight) joinEnd ??= setTimeout(endJoin, MAX_JOIN_MS)
    if (inFlight.size === 0) for (const resolve of stopping.splice(0)) resolve()
  }

  function endJoin(): void {
    joinEnd = undefined
    startCommits(true)
  }

  function callsInFlight(): number {
    let calls = 0
    for (const flight of inFlight) calls += flight.calls
    return calls
  }

  /** Refuses the calls that waited too long, which are the first of the queue. Commits end within a deadline, so it is often enough to do so between them. */
  function refuseOverdue(): void {
    const queuedBefore = nowMs() - waitMs
    const next = parts.findIndex(({ queuedMs }) => queuedMs >= queuedBefore)
    const overdue = parts.splice(0, next === -1 ? parts.length : next)
    if (overdue.length === 0) return
    waiting -= countEvents(overdue)
    rejectParts(overdue, overloaded())
  }

  function takeGroup(): Part[] {
    let size = 0
    const end = parts.findIndex((part, i) => (size += part.events.length) > eventsPerCommit && i > 0)
    const group = parts.splice(0, end === -1 ? parts.length : end)
    waiting -= countEvents(group)
    return group
  }

  async function run(group: readonly Part[]): Promise<void> {
    clearTimeout(joinEnd)
    joinEnd = undefined
    const flight = { startedMs: nowMs(), calls: group.length }
    inFlight.add(flight)
    await runInHalves(group, { run: rateAndCommit, onSuccess: resolveParts, onFailure: rejectParts })
    inFlight.delete(flight)
    pace.record(nowMs() - flight.startedMs)
    startCommits()
  }

  async function rateAndCommit(group: readonly Part[]): Promise<readonly Committed[]> {
    const events = group.flatMap(part => part.events)
    const ratings = checkRatings(await rater.rate(events), events.length)
    const rated = events.map((event, i): RatedEvent => ({ ...event, rating: ratings[i] as Rating }))
    observer.commitStarted?.(rated)
    const outcomes = await store.commit(rated, commitHooks, callCounter && countIn(callCounter, group)).catch((error: unknown) => {
      observer.commitFailed?.(rated)
      throw error
    })
    observer.batchCommitted?.(rated, outcomes)
    return outcomes
  }

  function retryAfterMs(): number {
    const oldest = Math.min(...[...inFlight].map(flight => flight.startedMs), nowMs())
    const groups = inFlight.size + Math.ceil(waiting / eventsPerCommit)
    return pace.waitMs(Math.ceil(groups / commitsInFlight), nowMs() - oldest)
  }

  function overloaded(): Overloaded {
    observer.usageOverloaded?.()
    return new Overloaded(retryAfterMs())
  }

  return {
    async commit(events, call) {
      if (stopped) throw new UsageStopped()
      if (events.length === 0) {
        if (call !== undefined) callCounter?.count({ ...call, calls: 1, accepted: 0, duplicate: 0, conflict: 0 })
        return []
      }
      if (waiting + events.length > queuedEvents) throw overloaded()
      return new Promise((resolve, reject) => enqueue({ events, call, queuedMs: nowMs(), resolve, reject }))
    },
    queue: () => ({ waiting, limit: queuedEvents }),
    stop() {
      stopped = true
      return new Promise(resolve => {
        stopping.push(resolve)
        startAfterTurn()
      })
    },
  }
}

function countIn(counter: CallCounter, group: readonly Part[]): OutcomeHook {
  return async (transaction, outcomes) => {
    const counts = countCalls(group, outcomes)
    if (counts.length > 0) await counter.countIn(transaction, counts)
  }
}

function resolveParts(group: readonly Part[], outcomes: readonly Committed[]): void {
  let next = 0
  for (const { events, resolve } of group) resolve(outcomes.slice(next, (next += events.length)))
}

function rejectParts(group: readonly Part[], error: unknown): void {
  for (const { reject } of group) reject(error)
}

function countEvents(parts: readonly Part[]): number {
  return parts.reduce((total, part) => total + part.events.length, 0)
}
