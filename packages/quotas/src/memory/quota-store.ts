import { Decimal, OPERATOR_SCOPE, scopeIncludes, ZERO } from '@tollgate/kernel'
import type { QuotaAlert } from '../alerts/alert.ts'
import { applyCommand } from '../counters/apply-command.ts'
import type { Counter } from '../counters/counter.ts'
import type { CounterReading } from '../counters/counter-reading.ts'
import type { QuotaPlan } from '../policies/plan.ts'
import type { QuotaOverride } from '../policies/policy-book.ts'
import { type CounterState, expireHolds, newCounter, type QuotaState, readCounter } from '../counters/quota-state.ts'
import type { LeaseRecallListener, OpenCounters, QuotaStore } from '../quota-store.ts'
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
  let lastCursor = 0

  const changes = new Map<string, number>()
  const changed = (tenantId: string) => changes.set(tenantId, (changes.get(tenantId) ?? 0) + 1)
  const revisionOf = (tenantId: string) => `${plansPublished}.${changes.get(tenantId) ?? 0}`
  const state: QuotaState = { revisionOf, counters, reservations: new Map(), alerts: [], recalls: [] }
  const forget = forgetOldCounters(state)
  const recalled = new Set<LeaseRecallListener>()
  const recall: LeaseRecallListener = isMeant => {
    // After the command: who gives a lease back sends another.
    for (const listener of recalled) queueMicrotask(() => listener(isMeant))
  }

  /** By the counter's key. */
  const windowEnds = new Map<string, number>()

  const apply = (command: Parameters<QuotaStore['apply']>[0]) => {
    forget(command.nowMs)
    const outcome = applyCommand(state, command)
    if ('demands' in command) for (const { counter } of command.demands) windowEnds.set(counter.key, counter.toMs)
    if (command.kind === 'lease') windowEnds.set(command.demand.counter.key, command.demand.counter.toMs)
    if (windowEnds.size > 2 * counters.size + 1_000) for (const key of windowEnds.keys()) if (!counters.has(key)) windowEnds.delete(key)
    for (const key of state.recalls.splice(0)) recall(counter => counter.key === key)
    for (const { alert } of state.alerts.splice(0)) alerts.push({ ...alert, cursor: String((lastCursor += 1)) })
    return outcome
  }
  const readingOf = ({ key }: Pick<Counter, 'key'>, nowMs: number) => {
    const counter = counters.get(key) ?? newCounter()
    expireHolds(counter, nowMs)
    return readCounter(counter, nowMs)
  }

  /** One change after the other. Those who count meanwhile cannot be held off, as nothing says when their transactions end. */
  let lastChange: Promise<void> = Promise.resolve()
  const change = (opening: OpenCounters | undefined, write: () => void) => {
    const made = lastChange.then(async () => {
      const commands = (await opening?.({ scope: OPERATOR_SCOPE })) ?? []
      write()
      for (const command of commands) apply(command)
    })
    lastChange = made.catch(() => {})
    return made
  }

  /** All counters, and whose they are. */
  const kept = () =>
    [...counters.keys()].map(key => {
      const [tenantId, limitKey, scopeValue, fromMs] = JSON.parse(key) as [string, string, string, number]
      return { key, tenantId, limitKey, scopeValue, fromMs, toMs: windowEnds.get(key) ?? 0 }
    })

  return {
    apply: async command => apply(command),
    applyIn: async (_, commands) => commands.map(apply),
    read: async ({ tenantId, revision, nowMs, counters: wanted }) =>
      revisionOf(tenantId) === revision ? wanted.map(counter => readingOf(counter, nowMs)) : { kind: 'stale' },

    async readLimit({ tenantId, limitKey, fromMs, nowMs, first }) {
      const found = kept().filter(one => one.tenantId === tenantId && one.limitKey === limitKey && one.fromMs === fromMs)
      const shown = found.map(({ key, scopeValue }) => ({ scopeValue, ...readingOf({ key }, nowMs) })).filter(isCounting)
      return shown.sort((a, b) => b.used.cmp(a.used) || (a.scopeValue < b.scopeValue ? -1 : 1)).slice(0, first)
    },
    async readUsage({ tenantId, nowMs, limitKeys, first }) {
      const all = kept().filter(one => one.tenantId === tenantId)
      const shown = limitKeys.flatMap(({ limitKey, fromMs, leastUsed, after }) =>
        all
          .filter(one => one.limitKey === limitKey && one.fromMs === fromMs && (after === null || one.scopeValue > after))
          .map(({ key, scopeValue }) => ({ limitKey, scopeValue, ...readingOf({ key }, nowMs) }))
          .filter(one => isCounting(one) && (leastUsed === null || (one.used.gte(leastUsed) && !one.used.isZero())))
          .sort((a, b) => (a.scopeValue < b.scopeValue ? -1 : 1)),
      )
      return shown.slice(0, first)
    },
    async readNearLimits(scope, { nowMs, leastPercent, exceeded, after, first }) {
      const near = kept()
        .filter(one => scopeIncludes(scope, one.tenantId) && one.fromMs <= nowMs && nowMs < one.toMs)
        .flatMap(one => {
          const reading = readingOf(one, nowMs)
          const limit = counters.get(one.key)?.limit ?? null
          if (limit === null || reading.used.isZero() || (exceeded && reading.used.lte(limit))) return []
          const fullness = limit.isZero() ? new Decimal(Infinity) : reading.used.times(100).div(limit)
          return fullness.lt(leastPercent) ? [] : [{ ...one, ...reading, fullness }]
        })
        .sort((a, b) => b.fullness.cmp(a.fullness) || (a.key > b.key ? -1 : 1))
      const behind = after && new Decimal(after.fullness)
      const rest = near.filter(({ fullness, key }) => behind === null || fullness.lt(behind) || (fullness.eq(behind) && key < (after?.counter ?? '')))
      return rest.slice(0, first).map(({ key, fullness, ...one }) => ({
        ...one,
        revision: revisionOf(one.tenantId),
        at: { fullness: fullness.toFixed(), counter: key },
      }))
    },
    async readHistory({ tenantId, limitKey, scopeValue, nowMs, before, first }) {
      const past = kept().filter(
        one => one.tenantId === tenantId && one.limitKey === limitKey && one.toMs <= nowMs && (scopeValue === null || one.scopeValue === scopeValue),
      )
      return past
        .map(one => ({ ...one, used: counters.get(one.key)?.used ?? ZERO, limit: counters.get(one.key)?.limit ?? null }))
        .filter(one => !one.used.isZero())
        .filter(one => before === null || one.fromMs < before.fromMs || (one.fromMs === before.fromMs && one.scopeValue < before.scopeValue))
        .sort((a, b) => b.fromMs - a.fromMs || (a.scopeValue > b.scopeValue ? -1 : 1))
        .slice(0, first)
    },

    async reservation(scope, id) {
      const reservation = state.reservations.get(id)?.reservation
      return reservation && scopeIncludes(scope, reservation.tenantId) ? reservation : undefined
    },

    reservations: async (scope, ids) =>
      [...new Set(ids)].flatMap(id => {
        const record = state.reservations.get(id)
        return record && scopeIncludes(scope, record.reservation.tenantId) ? [record] : []
      }),

    policySnapshots: async tenantIds =>
      tenantIds.map(tenantId => ({ revision: revisionOf(tenantId), plans: [...plans.values()], overrides: [...(overrides.get(tenantId) ?? [])] })),
    addOverride: (override, opening) =>
      change(opening, () => {
        overrides.set(override.tenantId, [...(overrides.get(override.tenantId) ?? []), override])
        changed(override.tenantId)
        recall(counter => counter.tenantId === override.tenantId)
      }),
    publishPlan: (plan, opening) =>
      change(opening, () => {
        plans.set(plan.name, plan)
        plansPublished += 1
        recall(() => true)
      }),
    plans: async () => [...plans.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    tenantChanged: (tenantId, _, opening) =>
      change(opening, () => {
        changed(tenantId)
        recall(counter => counter.tenantId === tenantId)
      }),
    hasOldLeases: async ({ tenantId, nowMs }) =>
      kept().some(one => {
        if (tenantId !== null && one.tenantId !== tenantId) return false
        const holds = [...(counters.get(one.key)?.holds.values() ?? [])]
        return holds.some(({ revision, expiresAtMs }) => revision !== null && expiresAtMs > nowMs && revision !== revisionOf(one.tenantId))
      }),
    async onRecall(listener) {
      recalled.add(listener)
      return async () => void recalled.delete(listener)
    },

    async alerts(scope, { after = '0', first }) {
      const found = alerts.filter(alert => Number(alert.cursor) > Number(after) && scopeIncludes(scope, alert.tenantId))
      return found.slice(0, first)
    },

    lastAlertCursor: async () => String(lastCursor),

    async sweep({ nowMs, limit, countersBeforeMs, reservationsBeforeMs, alertsBeforeMs }) {
      const old = kept().filter(({ key, toMs }) => counters.get(key)?.stepMs === null && toMs < countersBeforeMs)
      for (const { key } of old.slice(0, limit)) counters.delete(key)
      const ended = [...state.reservations].filter(([, { expiresAtMs }]) => expiresAtMs < reservationsBeforeMs)
      for (const [id] of ended.slice(0, limit)) state.reservations.delete(id)
      const oldest = alerts.splice(0, limit)
      const recent = oldest.filter(({ occurredAt }) => occurredAt.epochMilliseconds >= alertsBeforeMs)
      alerts.unshift(...recent)
      let swept = Math.min(old.length, limit) + Math.min(ended.length, limit) + oldest.length - recent.length
      const most = swept + limit
      for (const counter of counters.values()) {
        if (swept >= most) break
        const before = counter.holds.size
        expireHolds(counter, nowMs)
        swept += before - counter.holds.size
      }
      return swept
    },
  }
}

function isCounting({ used, reserved }: CounterReading): boolean {
  return !used.isZero() || !reserved.isZero()
}
