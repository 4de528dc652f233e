import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { type AdjustCounters, MAX_REACHED, type PolicyStore } from '../policy-store.ts'
import type { MemoryDatabase } from './memory-database.ts'

/** Stores plans and overrides in memory. Usage that is being recorded during a change may be missed, since nothing says when those transactions end. */
export function memoryPolicyStore(database: MemoryDatabase): PolicyStore {
  const { overrides, plans, state } = database

  /** Makes one change after the other. */
  let lastChange: Promise<void> = Promise.resolve()
  const change = (adjustCounters: AdjustCounters | undefined, write: () => void) => {
    const made = lastChange.then(async () => {
      const commands = (await adjustCounters?.({ scope: OPERATOR_SCOPE })) ?? []
      write()
      for (const command of commands) database.apply(command)
    })
    lastChange = made.catch(() => {})
    return made
  }
  const changeTenant = (tenantId: string) => {
    database.nextRevision(tenantId)
    database.recallLeases(counter => counter.tenantId === tenantId)
  }

  return {
    policySnapshots: async tenantIds =>
      tenantIds.map(tenantId => ({
        revision: state.revisionOf(tenantId),
        plans: [...plans.values()],
        overrides: [...(overrides.get(tenantId) ?? [])],
      })),
    plans: async () => [...plans.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    readReached: async limits =>
      limits
        .flatMap(({ tenantId, limitKey, fromMs, minUsed, nowMs }, limit) =>
          database
            .counters()
            .filter(one => one.tenantId === tenantId && one.limitKey === limitKey && one.fromMs === fromMs)
            .map(({ key, scopeValue }) => ({ limit, scopeValue, used: database.readingOf(key, nowMs).used }))
            .filter(({ used }) => !used.isZero() && used.gte(minUsed)),
        )
        .sort((a, b) => b.used.cmp(a.used))
        .slice(0, MAX_REACHED),
    addOverride: (override, adjustCounters) =>
      change(adjustCounters, () => {
        overrides.set(override.tenantId, [...(overrides.get(override.tenantId) ?? []), override])
        changeTenant(override.tenantId)
      }),
    publishPlan: (plan, adjustCounters) =>
      change(adjustCounters, () => {
        plans.set(plan.name, plan)
        database.nextRevision()
        database.recallLeases(() => true)
      }),
    tenantChanged: (tenantId, _, adjustCounters) => change(adjustCounters, () => changeTenant(tenantId)),
  }
}
