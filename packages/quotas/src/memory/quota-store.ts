import { scopeIncludes } from '@tollgate/kernel'
import type { QuotaAlert } from '../alert.ts'
import { applyCommand } from '../apply-command.ts'
import type { Counter } from '../counter.ts'
import type { QuotaPlan } from '../plan.ts'
import type { QuotaOverride } from '../policy-book.ts'
import { type CounterState, expireHolds, newCounter, type QuotaState, readCounter } from '../quota-state.ts'
import type { QuotaStore } from '../quota-store.ts'
import { forgetOldCounters } from './forget-old-counters.ts'

/**
 * Keeps quotas in this process: for one process, tests and trying out. Commands are done one after the other, as
 * JavaScript does. A transaction that is handed in cannot take them back.
 */
export function memoryQuotaStore(): QuotaStore {
  const counters = new Map<string, CounterState>()
  const overrides = new Map<string, QuotaOverride[]>()
  const plans = new Map<string, QuotaPlan>()
  const alerts: QuotaAlert[] = []
  let plansPublished = 0

  const changes = new Map<string, number>()
  const changed = (tenantId: string) => changes.set(tenantId, (changes.get(tenantId) ?? 0) + 1)
  const revisionOf = (tenantId: string) => `${plansPublished}.${changes.get(tenantId) ?? 0}`
  const state: QuotaState = { revisionOf, counters, reservations: new Map(), alerts: [] }
  const forget = forgetOldCounters(state)

  const apply = (command: Parameters<QuotaStore['apply']>[0]) => {
    forget(command.nowMs)
    const outcome = applyCommand(state, command)
    for (const { alert } of state.alerts.splice(0)) alerts.push({ ...alert, cursor: String(alerts.length + 1) })
    return outcome
  }
  const readingOf = ({ key }: Pick<Counter, 'key'>, nowMs: number) => {
    const counter = counters.get(key) ?? newCounter()
    expireHolds(counter, nowMs)
    return readCounter(counter, nowMs)
  }

  return {
    apply: async command => apply(command),
    applyIn: async (_, commands) => commands.map(apply),
    read: async ({ tenantId, revision, nowMs, counters: wanted }) =>
      revisionOf(tenantId) === revision ? wanted.map(counter => readingOf(counter, nowMs)) : { kind: 'stale' },

    async readSlot({ tenantId, slot, fromMs, nowMs, first }) {
      const found = [...counters.keys()].flatMap(key => {
        const [tenant, inSlot, scopeValue, from] = JSON.parse(key) as [string, string, string, number]
        return tenant === tenantId && inSlot === slot && from === fromMs ? [{ scopeValue, ...readingOf({ key }, nowMs) }] : []
      })
      const counted = found.filter(({ used, reserved }) => !used.isZero() || !reserved.isZero())
      return counted.sort((a, b) => b.used.cmp(a.used) || (a.scopeValue < b.scopeValue ? -1 : 1)).slice(0, first)
    },

    async reservation(scope, id) {
      const reservation = state.reservations.get(id)?.reservation
      return reservation && scopeIncludes(scope, reservation.tenantId) ? reservation : undefined
    },

    policyBooks: async tenantIds =>
      tenantIds.map(tenantId => ({ revision: revisionOf(tenantId), plans: [...plans.values()], overrides: [...(overrides.get(tenantId) ?? [])] })),
    async addOverride(override) {
      overrides.set(override.tenantId, [...(overrides.get(override.tenantId) ?? []), override])
      changed(override.tenantId)
    },
    async publishPlan(plan) {
      plans.set(plan.name, plan)
      plansPublished += 1
    },
    tenantChanged: async tenantId => void changed(tenantId),

    async alerts(scope, { after = '0', first }) {
      const found = alerts.slice(Number(after)).filter(alert => scopeIncludes(scope, alert.tenantId))
      return found.slice(0, first)
    },

    lastAlert: async () => String(alerts.length),

    async sweep({ nowMs, limit }) {
      let swept = 0
      for (const counter of counters.values()) {
        if (swept >= limit) break
        const before = counter.holds.size
        expireHolds(counter, nowMs)
        swept += before - counter.holds.size
      }
      return swept
    },
  }
}
