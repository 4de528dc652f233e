import { applyCommand } from '../engine/apply-command.ts'
import type { QuotaCommand } from '../engine/command.ts'
import type { CommandOutcome } from '../engine/commands/outcome.ts'
import { expireHolds, newCounter, readCounter } from '../engine/state/counter-state.ts'
import type { QuotaState } from '../engine/state/quota-state.ts'
import type { LeaseRecallListener } from '../lease-store.ts'
import type { QuotaAlert } from '../model/alert.ts'
import type { CounterReading } from '../model/counters/counter-reading.ts'
import type { QuotaOverride } from '../model/policies/override.ts'
import type { QuotaPlan } from '../model/policies/plan.ts'
import { forgetOldData } from './forget-old-data.ts'

/** A counter in memory, and what it counts. */
export interface StoredCounter {
  readonly key: string
  readonly tenantId: string
  readonly limitKey: string
  readonly scopeValue: string
  readonly fromMs: number
  readonly toMs: number
}

/** The data of the memory store. */
export interface MemoryDatabase {
  readonly state: QuotaState
  readonly alerts: QuotaAlert[]
  readonly overrides: Map<string, QuotaOverride[]>
  readonly plans: Map<string, QuotaPlan>
  readonly recallListeners: Set<LeaseRecallListener>
  apply(command: QuotaCommand): CommandOutcome
  counters(): readonly StoredCounter[]
  readingOf(key: string, nowMs: number): CounterReading
  /** Makes commands of a tenant with an earlier revision stale. Without a tenant, those of all tenants. */
  nextRevision(tenantId?: string): void
  recallLeases: LeaseRecallListener
  lastCursor(): number
}

/** Creates an empty database. */
export function memoryDatabase(): MemoryDatabase {
  let publications = 0
  let lastCursor = 0
  const tenantRevisions = new Map<string, number>()
  const revisionOf = (tenantId: string) => `${publications}.${tenantRevisions.get(tenantId) ?? 0}`
  const state: QuotaState = { revisionOf, counters: new Map(), reservations: new Map(), keyedUses: new Map(), alerts: [], recalls: [] }
  const { counters } = state
  const alerts: QuotaAlert[] = []
  const forget = forgetOldData(state)

  /** End of the window, by counter key. */
  const windowEnds = new Map<string, number>()

  const recallListeners = new Set<LeaseRecallListener>()
  const recallLeases: LeaseRecallListener = matches => {
    // After the command: a holder that returns its lease sends another command.
    for (const listener of recallListeners) queueMicrotask(() => listener(matches))
  }

  return {
    state,
    alerts,
    overrides: new Map(),
    plans: new Map(),
    recallListeners,
    recallLeases,
    lastCursor: () => lastCursor,
    apply(command) {
      forget(command.nowMs)
      const outcome = applyCommand(state, command)
      if ('demands' in command) for (const { counter } of command.demands) windowEnds.set(counter.key, counter.toMs)
      if (command.kind === 'lease') windowEnds.set(command.demand.counter.key, command.demand.counter.toMs)
      if (windowEnds.size > 2 * counters.size + 1_000) for (const key of windowEnds.keys()) if (!counters.has(key)) windowEnds.delete(key)
      for (const key of state.recalls.splice(0)) recallLeases(counter => counter.key === key)
      for (const { alert } of state.alerts.splice(0)) alerts.push({ ...alert, cursor: String((lastCursor += 1)) })
      return outcome
    },
    counters: () =>
      [...counters.keys()].map(key => {
        const [tenantId, limitKey, scopeValue, fromMs] = JSON.parse(key) as [string, string, string, number]
        return { key, tenantId, limitKey, scopeValue, fromMs, toMs: windowEnds.get(key) ?? 0 }
      }),
    readingOf(key, nowMs) {
      const counter = counters.get(key) ?? newCounter()
      expireHolds(counter, nowMs)
      return readCounter(counter, nowMs)
    },
    nextRevision(tenantId) {
      if (tenantId === undefined) publications += 1
      else tenantRevisions.set(tenantId, (tenantRevisions.get(tenantId) ?? 0) + 1)
    },
  }
}
