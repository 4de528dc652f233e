import type { Viewer } from '@tollgate/accounts'
import type { Clock, Temporal } from '@tollgate/kernel'
import type { ExecutionResult } from 'graphql'
import { MAX_SUBSCRIPTIONS, MAX_SUBSCRIPTIONS_OF_CUSTOMER, MAX_SUBSCRIPTIONS_OF_TENANT } from '../limits/subscription-limits.ts'
import { ServerStopping, SubscriberTooSlow, TooManySubscriptions } from './errors.ts'
import type { KeyGuard } from './key-guard.ts'
import { type WatchedResults, watchedResults, type WatchedResultsOptions } from './watched-results.ts'

/** A request to open a subscription. */
export interface LiveRequest {
  readonly viewer: Viewer
  /** The header with the key, which is checked again while the subscription is open. */
  readonly authorization: string | null
  /**
   * Closes the client's connection in a way after which clients connect again: a subscription that is completed, or has a last
   * result with an error, is over for them.
   */
  readonly disconnect: (reason: Error) => void
}

/** An open subscription. */
export interface LiveOperation {
  /** Passes results on until the subscription ends. */
  passOn(results: Omit<WatchedResultsOptions, 'clock'>): AsyncGenerator<ExecutionResult>
  /** Ends the subscription so that the client subscribes again. */
  disconnect(reason: Error): void
  /** Closes the subscription: the client has disconnected, or there are no results. */
  close(): void
}

/** All subscriptions of this process, over any transport. */
export interface LiveOperations {
  /** Throws `TooManySubscriptions` and `ServerStopping`. */
  open(request: LiveRequest): LiveOperation
  /** Ends subscriptions whose client does not read. Call it every few seconds. */
  check(): void
  /** Ends all subscriptions and accepts no new ones. */
  stop(): void
  count(): number
}

/** A client that reads nothing for this long is too slow: the buffers to it are full. */
const STALLED_AFTER_SECONDS = 60

/** The state of an open subscription. */
interface Open {
  readonly request: LiveRequest
  readonly unguard: () => void
  results: WatchedResults | undefined
}

/** Counts subscriptions, limits them, and ends them. */
export function createLiveOperations({ guard, clock }: { guard: KeyGuard; clock: Clock }): LiveOperations {
  const all = new Set<Open>()
  const counts = new Map<string, number>()
  let stopping = false

  function count(viewer: Viewer, step: 1 | -1): void {
    for (const { key } of quotasOf(viewer)) {
      const counted = (counts.get(key) ?? 0) + step
      if (counted === 0) counts.delete(key)
      else counts.set(key, counted)
    }
  }

  function close(operation: Open): void {
    if (!all.delete(operation)) return
    count(operation.request.viewer, -1)
    operation.unguard()
    void operation.results?.return(undefined)
  }

  function disconnect(operation: Open, reason: Error): void {
    if (!all.has(operation)) return
    // First, so that what ends the results cannot be sent.
    operation.request.disconnect(reason)
    close(operation)
  }

  function checkLimits(viewer: Viewer): void {
    if (stopping) throw new ServerStopping()
    if (all.size >= MAX_SUBSCRIPTIONS) throw new TooManySubscriptions('on this server', MAX_SUBSCRIPTIONS)
    for (const { key, max, of } of quotasOf(viewer)) if ((counts.get(key) ?? 0) >= max) throw new TooManySubscriptions(`of ${of} on this server`, max)
  }

  const secondsSince = (instant: Temporal.Instant) => instant.until(clock.now()).total('seconds')

  return {
    open(request) {
      checkLimits(request.viewer)
      const unguard = guard.watch({
        authorization: request.authorization,
        expiresAt: expiryOf(request.viewer),
        onLost: reason => disconnect(operation, reason),
      })
      const operation: Open = { request, unguard, results: undefined }
      all.add(operation)
      count(request.viewer, 1)
      return {
        close: () => close(operation),
        disconnect: reason => disconnect(operation, reason),
        passOn(options) {
          operation.results = watchedResults({ ...options, clock }, () => close(operation))
          // The client disconnected, or the server began to stop, before there were results.
          if (!all.has(operation)) void operation.results.return(undefined)
          return operation.results
        },
      }
    },
    check() {
      for (const operation of all) {
        const busySince = operation.results?.busySince()
        if (busySince !== undefined && secondsSince(busySince) >= STALLED_AFTER_SECONDS) disconnect(operation, new SubscriberTooSlow(STALLED_AFTER_SECONDS))
      }
    },
    stop() {
      stopping = true
      for (const operation of all) disconnect(operation, new ServerStopping())
    },
    count: () => all.size,
  }
}

/** Returns the maximum numbers of subscriptions that a viewer shares with others. */
function quotasOf(viewer: Viewer): readonly { readonly key: string; readonly max: number; readonly of: string }[] {
  if (viewer.kind !== 'tenant') return []
  const ofTenant = { key: JSON.stringify([viewer.tenantId]), max: MAX_SUBSCRIPTIONS_OF_TENANT, of: 'your tenant' }
  const customerId = viewer.accessToken?.customerId ?? null
  if (customerId === null) return [ofTenant]
  return [ofTenant, { key: JSON.stringify([viewer.tenantId, customerId]), max: MAX_SUBSCRIPTIONS_OF_CUSTOMER, of: 'this customer' }]
}

function expiryOf(viewer: Viewer): Temporal.Instant | undefined {
  return viewer.session?.expiresAt ?? (viewer.kind === 'tenant' ? viewer.accessToken?.expiresAt : undefined)
}
