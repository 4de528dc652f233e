import type { Viewer } from '@tollgate/accounts'
import type { Clock, Temporal } from '@tollgate/kernel'
import type { ExecutionResult } from 'graphql'
import { MAX_SUBSCRIPTIONS, MAX_SUBSCRIPTIONS_OF_TENANT } from '../limits/limits.ts'
import { type EndableResults, endableResults, type EndableResultsOptions } from './endable-results.ts'
import { ServerStopping, SubscriberTooSlow, TooManySubscriptions } from './errors.ts'
import type { KeyGuard } from './key-guard.ts'

/** A subscription that is to be opened. */
export interface LiveRequest {
  readonly viewer: Viewer
  /** As in the header: the key is looked at again while it goes on. */
  readonly authorization: string | null
  /** Cuts the client off, where it does not even take the reason why its subscription ended. */
  readonly disconnect: () => void
}

/** A subscription that goes on. */
export interface LiveOperation {
  /** The results, until the subscription ends: then with the reason as the last of them. */
  carry(results: Omit<EndableResultsOptions, 'clock'>): AsyncGenerator<ExecutionResult>
  /** The client is gone, or there is nothing to carry. */
  close(): void
}

/** All subscriptions of this process, over whatever transport. */
export interface LiveOperations {
  /** Throws `TooManySubscriptions` and `ServerStopping`. */
  open(request: LiveRequest): LiveOperation
  /** Ends those whose consumer does not read. To be called every few seconds. */
  check(): void
  /** Ends all, and takes no more. */
  stop(): void
  count(): number
}

/** Nothing was read for so long: the buffers up to the client are full, and it takes nothing from them. */
const STALLED_AFTER_SECONDS = 60
/** So long is waited for it to take the reason. */
const CUT_OFF_AFTER_SECONDS = 10

/** One that is open. */
interface Open {
  readonly request: LiveRequest
  readonly unguard: () => void
  results: EndableResults | undefined
  ending: { readonly reason: Error; readonly since: Temporal.Instant } | undefined
}

/** Keeps count of subscriptions, and ends them when it is time. */
export function createLiveOperations({ guard, clock }: { guard: KeyGuard; clock: Clock }): LiveOperations {
  const all = new Set<Open>()
  const byTenant = new Map<string, number>()
  let stopping = false

  function count(viewer: Viewer, step: 1 | -1): void {
    if (viewer.kind !== 'tenant') return
    const counted = (byTenant.get(viewer.tenantId) ?? 0) + step
    if (counted === 0) byTenant.delete(viewer.tenantId)
    else byTenant.set(viewer.tenantId, counted)
  }

  function close(operation: Open): void {
    if (!all.delete(operation)) return
    count(operation.request.viewer, -1)
    operation.unguard()
    void operation.results?.return(undefined)
  }

  function end(operation: Open, reason: Error): void {
    operation.ending ??= { reason, since: clock.now() }
    operation.results?.end(reason)
  }

  function refuse(viewer: Viewer): void {
    if (stopping) throw new ServerStopping()
    if (all.size >= MAX_SUBSCRIPTIONS) throw new TooManySubscriptions('on this server', MAX_SUBSCRIPTIONS)
    if (viewer.kind === 'tenant' && (byTenant.get(viewer.tenantId) ?? 0) >= MAX_SUBSCRIPTIONS_OF_TENANT) {
      throw new TooManySubscriptions('of your tenant on this server', MAX_SUBSCRIPTIONS_OF_TENANT)
    }
  }

  const secondsSince = (instant: Temporal.Instant) => instant.until(clock.now()).total('seconds')

  return {
    open(request) {
      refuse(request.viewer)
      const unguard = guard.watch({ authorization: request.authorization, onLost: reason => end(operation, reason) })
      const operation: Open = { request, unguard, results: undefined, ending: undefined }
      all.add(operation)
      count(request.viewer, 1)
      return {
        close: () => close(operation),
        carry(options) {
          operation.results = endableResults({ ...options, clock }, () => close(operation))
          // The client was gone, or the server began to stop, before there was anything to carry.
          if (!all.has(operation)) void operation.results.return(undefined)
          else if (operation.ending !== undefined) operation.results.end(operation.ending.reason)
          return operation.results
        },
      }
    },
    check() {
      for (const operation of all) {
        const busySince = operation.results?.busySince()
        if (busySince === undefined) continue
        if (operation.ending === undefined) {
          if (secondsSince(busySince) >= STALLED_AFTER_SECONDS) end(operation, new SubscriberTooSlow(STALLED_AFTER_SECONDS))
        } else if (secondsSince(operation.ending.since) >= CUT_OFF_AFTER_SECONDS) {
          operation.request.disconnect()
          close(operation)
        }
      }
    },
    stop() {
      stopping = true
      for (const operation of all) end(operation, new ServerStopping())
    },
    count: () => all.size,
  }
}
