import type { Clock, Temporal } from '@tollgate/kernel'
import { checkShape, inputShape } from '@tollgate/kernel/input'
import type { ActivityLog } from './activity-log.ts'
import type { ActivityStore } from './activity-store.ts'
import type { Audit } from './audit.ts'
import { type ActivityCount, type MinuteOfActivity, minuteOf } from './model/activity-count.ts'
import { MAX_BATCH_AUDIT_EVENTS, MAX_COUNTED_ACTORS } from './model/audit-limits.ts'
import type { AuditEntryDraft } from './model/define-audit-family.ts'

/** What an activity log needs. */
export interface ActivityLogDependencies {
  readonly store: ActivityStore
  readonly audit: Pick<Audit, 'recordIn'>
  readonly clock: Clock
  /** Called when memory has no room for the counts of more actors. */
  readonly onCountsLost?: (calls: number) => void
}

const TENANTS_PER_PAGE = 100
const MINUTE_MS = 60_000

interface MutableCount extends ActivityCount {
  calls: number
  readonly counts: Record<string, number>
}

const OPTIONS = inputShape<ActivityLogDependencies>({ store: 'object', audit: 'object', clock: 'object', onCountsLost: 'function?' })

/**
 * Creates an activity log over a store. Create one per process and store. Throws `InvalidInput` for options that it does not have, or that
 * are missing.
 */
export function createActivityLog(options: ActivityLogDependencies): ActivityLog {
  checkShape(OPTIONS, options)
  const { store, audit, clock } = options
  const onCountsLost = options.onCountsLost ?? (() => {})
  const nowMs = () => clock.nowMs?.() ?? clock.now().epochMilliseconds
  /** What was counted in memory, by minute and key. */
  let memory = new Map<number, { readonly minute: Temporal.Instant; readonly counts: Map<string, MutableCount> }>()
  let kept = 0

  function countsOfNow(): Map<string, MutableCount> {
    const number = Math.floor(nowMs() / MINUTE_MS)
    let ofMinute = memory.get(number)
    if (ofMinute === undefined) memory.set(number, (ofMinute = { minute: minuteOf(clock.now()), counts: new Map() }))
    return ofMinute.counts
  }

  function add({ tenantId, actor, family, action, calls, counts }: ActivityCount, ofMinute: Map<string, MutableCount>): void {
    const key = `${tenantId} ${actor.kind} ${actor.id ?? ''} ${family} ${action}`
    const known = ofMinute.get(key)
    if (known === undefined) {
      if (kept >= MAX_COUNTED_ACTORS) return onCountsLost(calls)
      kept += 1
      ofMinute.set(key, { tenantId, actor, family, action, calls, counts: { ...counts } })
      return
    }
    known.calls += calls
    for (const name in counts) known.counts[name] = (known.counts[name] ?? 0) + (counts[name] ?? 0)
  }

  async function recordTenant(tenantId: string, before: Temporal.Instant, signal: AbortSignal | undefined): Promise<number> {
    let events = 0
    const record = async (transaction: Parameters<Audit['recordIn']>[0], sums: readonly MinuteOfActivity[]) => {
      for (let i = 0; i < sums.length; i += MAX_BATCH_AUDIT_EVENTS) {
        await audit.recordIn(transaction, sums.slice(i, i + MAX_BATCH_AUDIT_EVENTS).map(toEntry))
      }
      events += sums.length
    }
    let hasMore = true
    while (hasMore) hasMore = (await store.take({ tenantId, before }, record)) && signal?.aborted !== true
    return events
  }

  return {
    countIn(transaction, counts) {
      const minute = minuteOf(clock.now())
      return store.addIn(
        transaction,
        counts.map(count => ({ ...count, minute })),
      )
    },
    count: count => add(count, countsOfNow()),
    async flush() {
      if (memory.size === 0) return
      const taken = memory
      const counts = [...taken.values()].flatMap(({ minute, counts: ofMinute }) => [...ofMinute.values()].map(count => ({ ...count, minute })))
      memory = new Map()
      kept = 0
      try {
        await store.add(counts)
      } catch (error) {
        // Counted again, with what came in the meantime.
        for (const [number, { minute, counts: ofMinute }] of taken) {
          const again = memory.get(number) ?? { minute, counts: new Map<string, MutableCount>() }
          memory.set(number, again)
          for (const count of ofMinute.values()) add(count, again.counts)
        }
        throw error
      }
    },
    async recordMinutes({ signal } = {}) {
      // Transactions that started in the last minute before it may not have committed yet.
      const before = minuteOf(clock.now()).subtract({ minutes: 1 })
      let events = 0
      let after: string | undefined
      for (;;) {
        const tenants = await store.tenants({ before, after, first: TENANTS_PER_PAGE })
        for (const tenantId of tenants) if (signal?.aborted !== true) events += await recordTenant(tenantId, before, signal)
        after = tenants.at(-1)
        if (tenants.length < TENANTS_PER_PAGE || signal?.aborted === true) return events
      }
    },
  }
}

function toEntry({ tenantId, actor, family, action, calls, counts, minute }: MinuteOfActivity): AuditEntryDraft {
  return { tenantId, event: { actor, family, action, count: calls, occurredAt: minute, details: counts } }
}
