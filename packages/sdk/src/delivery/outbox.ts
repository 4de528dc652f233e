import { EngineFailure, TollgateError } from '../errors.ts'
import type { ClientStats } from '../client-stats.ts'
import type { Instrumentation } from '../instrumentation.ts'
import type { TrackReceipt } from '../model/track-receipt.ts'
import type { Spool } from '../spool-store.ts'
import type { TollgateEngine } from '../tollgate-engine.ts'
import { createBackgroundTimer } from './background-timer.ts'
import type { DeliverySettings } from './delivery-settings.ts'
import { createEventQueue } from './event-queue.ts'
import type { QueuedEvent } from './queued-event.ts'
import { readResults } from './read-results.ts'
import { createResilience } from './resilience.ts'

/** What an outbox works with. */
export interface OutboxDependencies {
  readonly engine: TollgateEngine
  readonly settings: DeliverySettings
  readonly spool: Spool | undefined
  readonly instrumentation: Instrumentation
  readonly random: () => number
  readonly onError: (error: Error) => void
}

/** Holds events until the engine has answered for them. */
export interface Outbox {
  /** Whether another event of this size fits into memory. */
  hasRoom(bytes: number): boolean
  /** Resolves when there may be room for so many events, or after the time. */
  untilRoom(count: number, timeoutMs: number): Promise<void>
  /** Takes over an event. */
  push(entry: QueuedEvent): void
  /** Returns the receipt of an event that waits, with the reason if one is known. */
  queued(callId: string): TrackReceipt
  /** Makes room for an event by dropping the oldest one. */
  dropOldest(): void
  /** Counts events as lost. */
  drop(count: number, reason: string): void
  /** Reads events that are only in the spool. */
  wake(): void
  /** Ends early if Tollgate refuses the key or the request, because only somebody can change that. */
  flush(timeoutMs: number): Promise<void>
  close(timeoutMs: number): Promise<void>
  stats(): Omit<ClientStats, 'clockOffsetMs' | 'spool'>
}

/** How long nothing is sent after the engine refused the API key, or is not Tollgate. */
const REFUSED_PAUSE_MS = 10_000

/** Creates an outbox. */
export function createOutbox({ engine, settings, spool, instrumentation, random, onError }: OutboxDependencies): Outbox {
  const queue = createEventQueue()
  const counts = { ACCEPTED: 0, DUPLICATE: 0, CONFLICT: 0, REJECTED: 0, dropped: 0, retries: 0, failedBatches: 0 }
  const resilience = createResilience({ ...settings, timeoutMs: settings.requestTimeoutMs, random, onRetry: () => void (counts.retries += 1) })
  const closing = new AbortController()
  const roomWaiters = new Set<() => void>()
  const idleWaiters = new Set<() => void>()
  let inFlight = 0
  let flushes = 0
  let overdue = false
  let paused = false
  let loading = false
  /** Why events wait: the latest failure, until a request succeeds. */
  let failure: EngineFailure | undefined

  const interval = createBackgroundTimer(() => {
    overdue = true
    pump()
  })
  const pause = createBackgroundTimer(() => {
    paused = false
    overdue = true
    pump()
  })

  function pump(): void {
    if (queue.size === 0) {
      overdue = false
      interval.stop()
    }
    while (canSend()) void send(queue.take({ count: settings.batchSize, bytes: settings.batchBytes }))
    if (paused) giveUpWaiting()
    if (queue.size > 0 && !paused && !closing.signal.aborted) interval.start(settings.flushIntervalMs, { keepsProcessAlive: true })
    if (spool?.stats().hasMore === true && queue.size * 2 <= settings.bufferSize && !paused) void load(spool)
    wakeRoomWaiters()
    for (const wake of idleWaiters) wake()
  }

  /** Wakes as many callers as there is room for, in their order. */
  function wakeRoomWaiters(): void {
    let room = settings.bufferSize - queue.size
    for (const wake of roomWaiters) {
      if (room <= 0) return
      room -= 1
      wake()
    }
  }

  const canSend = () => !paused && inFlight < settings.maxInFlight && queue.size > 0 && isDue()
  const hasRoom = (bytes: number) => queue.size < settings.bufferSize && queue.bytes + bytes <= settings.bufferBytes
  const isDue = () =>
    overdue || flushes > 0 || queue.waiting > 0 || queue.size >= settings.batchSize || queue.bytes >= settings.batchBytes || roomWaiters.size > 0 || !hasRoom(0)
  const isIdle = () => queue.size === 0 && inFlight === 0 && !loading && spool?.stats().hasMore !== true

  async function send(batch: QueuedEvent[]): Promise<void> {
    inFlight += 1
    try {
      await deliver(batch)
    } finally {
      inFlight -= 1
      pump()
    }
  }

  async function deliver(batch: readonly QueuedEvent[]): Promise<void> {
    try {
      const tenantId = batch[0]?.tenantId
      const ask = (signal: AbortSignal) =>
        engine.track(
          batch.map(({ event }) => event),
          { signal, tenantId },
        )
      const work = () => resilience.execute(ask, closing.signal)
      const results = await instrumentation.span('tollgate.track', { 'tollgate.events': batch.length }, work)
      failure = undefined
      const { answered, corrected } = readResults(batch, results, engine.clockOffsetMs?.())
      for (const entry of corrected) queue.push(entry)
      for (const [entry, receipt] of answered) settle(entry, receipt)
      release(answered.map(([entry]) => entry))
    } catch (error) {
      await handleFailure(batch, error instanceof EngineFailure ? error : new EngineFailure('UNAVAILABLE', String(error), { cause: error }))
    }
  }

  async function handleFailure(batch: readonly QueuedEvent[], failed: EngineFailure): Promise<void> {
    const { code } = failed
    if (code === 'TOO_LARGE' || code === 'REFUSED' || code === 'FORBIDDEN') {
      if (batch.length > 1 && code !== 'FORBIDDEN') {
        const middle = Math.ceil(batch.length / 2)
        await deliver(batch.slice(0, middle))
        return deliver(batch.slice(middle))
      }
      for (const entry of batch) settle(entry, { callId: callIdOf(entry), outcome: 'REJECTED', reason: failed.message })
      return release(batch)
    }
    failure = failed
    counts.failedBatches += 1
    for (const entry of batch) {
      // A request that was not sent says nothing about its events.
      if (!failed.nothingDone) entry.attempts += 1
      queue.push(entry)
    }
    if (closing.signal.aborted) return
    const shortestMs = code === 'UNAVAILABLE' ? settings.circuitOpenMs * (0.5 + random()) : REFUSED_PAUSE_MS
    paused = true
    pause.start(Math.max(shortestMs, failed.retryAfterMs ?? 0), { keepsProcessAlive: false })
    onError(failed)
  }

  function settle(entry: QueuedEvent, receipt: TrackReceipt): void {
    if (receipt.outcome in counts) counts[receipt.outcome as keyof typeof counts] += 1
    instrumentation.countEvents(receipt.outcome.toLowerCase(), 1)
    if (receipt.outcome === 'REJECTED' || receipt.outcome === 'CONFLICT') {
      onError(new TollgateError(receipt.outcome, `Tollgate did not record the call ${receipt.callId}: ${receipt.reason ?? receipt.outcome}`))
    }
    entry.resolve?.(receipt)
    entry.resolve = undefined
  }

  /** The events are answered for. */
  function release(entries: readonly QueuedEvent[]): void {
    const positions = entries.map(({ position }) => position).filter(position => position !== undefined)
    if (positions.length > 0) spool?.remove(positions)
  }

  function giveUpWaiting(): void {
    for (const entry of queue.stopWaiting()) {
      entry.resolve?.(queued(callIdOf(entry)))
      entry.resolve = undefined
    }
  }

  function queued(callId: string): TrackReceipt {
    return { callId, outcome: 'QUEUED', ...(failure && { reason: failure.message }) }
  }

  async function load(from: Spool): Promise<void> {
    if (loading) return
    loading = true
    try {
      for (const { position, spooled } of await from.next()) {
        const bytes = JSON.stringify(spooled.event).length
        queue.push({ event: spooled.event, tenantId: spooled.tenantId, bytes, position, stampedByClient: false, attempts: 0, resolve: undefined })
      }
    } catch (error) {
      onError(error as Error)
    } finally {
      loading = false
      overdue = true
      pump()
    }
  }

  function drop(count: number, reason: string): void {
    counts.dropped += count
    instrumentation.countEvents('dropped', count)
    onError(new TollgateError('DROPPED', `${count === 1 ? 'A call was' : `${count} calls were`} not recorded: ${reason}`))
  }

  const until = (waiters: Set<() => void>, isReached: () => boolean, timeoutMs: number) =>
    new Promise<void>(resolve => {
      const stop = () => {
        waiters.delete(check)
        timer.stop()
        resolve()
      }
      const check = () => {
        if (isReached()) stop()
      }
      const timer = createBackgroundTimer(stop)
      timer.start(timeoutMs, { keepsProcessAlive: true })
      waiters.add(check)
      pump()
      check()
    })

  async function flush(timeoutMs: number): Promise<void> {
    flushes += 1
    paused = false
    failure = undefined
    pump()
    await until(idleWaiters, () => isIdle() || (failure !== undefined && failure.code !== 'UNAVAILABLE'), timeoutMs)
    flushes -= 1
  }

  return {
    hasRoom,
    queued,
    untilRoom: (count, timeoutMs) => until(roomWaiters, () => queue.size + count <= settings.bufferSize && hasRoom(0), timeoutMs),
    push(entry) {
      queue.push(entry)
      pump()
    },
    dropOldest() {
      const entry = queue.takeOldest()
      if (entry === undefined) return
      const reason = 'the buffer is full, and newer calls replace older ones.'
      entry.resolve?.({ callId: callIdOf(entry), outcome: 'DROPPED', reason })
      drop(1, reason)
    },
    drop,
    wake: pump,
    flush,
    async close(timeoutMs) {
      await flush(timeoutMs)
      closing.abort()
      interval.stop()
      pause.stop()
      await until(idleWaiters, () => inFlight === 0, settings.requestTimeoutMs)
      giveUpWaiting()
      if (queue.size > 0 && spool === undefined) drop(queue.size, 'the client was closed before Tollgate answered.')
      await spool?.close()
    },
    stats: () => ({
      queued: queue.size,
      queuedBytes: queue.bytes,
      inFlight,
      accepted: counts.ACCEPTED,
      duplicates: counts.DUPLICATE,
      conflicts: counts.CONFLICT,
      rejected: counts.REJECTED,
      dropped: counts.dropped,
      retries: counts.retries,
      failedBatches: counts.failedBatches,
      circuit: resilience.circuit(),
      failure,
    }),
  }
}

const callIdOf = ({ event }: QueuedEvent) => event.idempotencyKey ?? ''
