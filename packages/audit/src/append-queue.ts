import { type Clock, runInHalves, toMicrosecond } from '@tollgate/kernel'
import type { AuditStore } from './audit-store.ts'
import type { CheckedAuditEvent } from './model/audit-event.ts'
import { MAX_BATCH_AUDIT_EVENTS } from './model/audit-limits.ts'
import { AuditOverloaded } from './model/errors.ts'
import type { AppendedEvent } from './model/recorded-audit-event.ts'

const RETRY_AFTER_MS = 100

/** Appends events of concurrent calls together: a log takes one transaction at a time, so calls that wait share the next. */
export interface AppendQueue {
  /** Resolves after the commit. Throws `AuditOverloaded` if too many events wait. */
  append(tenantId: string | null, events: readonly CheckedAuditEvent[]): Promise<readonly AppendedEvent[]>
  readonly waiting: number
}

interface Waiting {
  readonly events: readonly CheckedAuditEvent[]
  readonly result: PromiseWithResolvers<readonly AppendedEvent[]>
}

/** Creates a queue over a store. */
export function appendQueue({ store, clock, maxEvents }: { store: AuditStore; clock: Clock; maxEvents: number }): AppendQueue {
  const logs = new Map<string | null, Waiting[]>()
  let waiting = 0

  async function drain(tenantId: string | null, calls: Waiting[]): Promise<void> {
    // All calls of this turn of the event loop share the first append.
    await Promise.resolve()
    while (calls.length > 0) {
      await runInHalves(takeGroup(calls), {
        run: group => store.append({ tenantId, events: group.flatMap(({ events }) => events), now: toMicrosecond(clock.now()) }),
        onSuccess: (group, appended) => {
          let from = 0
          for (const { events, result } of group) result.resolve(appended.slice(from, (from += events.length)))
        },
        onFailure: (group, error) => {
          for (const { result } of group) result.reject(error instanceof Error ? error : new Error(String(error)))
        },
      })
    }
    logs.delete(tenantId)
  }

  return {
    async append(tenantId, events) {
      if (waiting + events.length > maxEvents) throw new AuditOverloaded(RETRY_AFTER_MS)
      waiting += events.length
      const one: Waiting = { events, result: Promise.withResolvers() }
      const calls = logs.get(tenantId)
      if (calls === undefined) {
        const first = [one]
        logs.set(tenantId, first)
        void drain(tenantId, first)
      } else {
        calls.push(one)
      }
      try {
        return await one.result.promise
      } finally {
        waiting -= events.length
      }
    },
    get waiting() {
      return waiting
    },
  }
}

/** Takes calls from the start, up to the events of one batch. */
function takeGroup(calls: Waiting[]): Waiting[] {
  let events = 0
  const end = calls.findIndex((call, i) => (events += call.events.length) > MAX_BATCH_AUDIT_EVENTS && i > 0)
  return calls.splice(0, end < 0 ? calls.length : end)
}
