import { Decimal, scopeIncludes, ZERO } from '@tollgate/kernel'
import type { CounterReading } from '../model/counters/counter-reading.ts'
import type { QuotaUsageReader } from '../quota-usage-reader.ts'
import type { MemoryDatabase } from './memory-database.ts'

/** Reads usage by looking at all counters. */
export function memoryUsageReader({ counters, readingOf, state }: MemoryDatabase): QuotaUsageReader {
  return {
    async readLimitUsage({ tenantId, limitKey, fromMs, nowMs, first }) {
      const found = counters().filter(one => one.tenantId === tenantId && one.limitKey === limitKey && one.fromMs === fromMs)
      const readings = found.map(({ key, scopeValue }) => ({ scopeValue, ...readingOf(key, nowMs) })).filter(isCounting)
      return readings.sort((a, b) => b.used.cmp(a.used) || (a.scopeValue < b.scopeValue ? -1 : 1)).slice(0, first)
    },

    async readUsage({ tenantId, nowMs, limitKeys, first }) {
      const ofTenant = counters().filter(one => one.tenantId === tenantId)
      const readings = limitKeys.flatMap(({ limitKey, fromMs, minUsed, after }) =>
        ofTenant
          .filter(one => one.limitKey === limitKey && one.fromMs === fromMs && (after === null || one.scopeValue > after))
          .map(({ key, scopeValue }) => ({ limitKey, scopeValue, ...readingOf(key, nowMs) }))
          .filter(one => isCounting(one) && (minUsed === null || (one.used.gte(minUsed) && !one.used.isZero())))
          .sort((a, b) => (a.scopeValue < b.scopeValue ? -1 : 1)),
      )
      return readings.slice(0, first)
    },

    async readNearLimits(scope, { nowMs, minPercent, exceeded, after, first }) {
      const near = counters()
        .filter(one => scopeIncludes(scope, one.tenantId) && one.fromMs <= nowMs && nowMs < one.toMs)
        .flatMap(one => {
          const reading = readingOf(one.key, nowMs)
          const limit = state.counters.get(one.key)?.limit ?? null
          if (limit === null || reading.used.isZero() || (exceeded && reading.used.lte(limit))) return []
          const fullness = limit.isZero() ? new Decimal(Infinity) : reading.used.times(100).div(limit)
          return fullness.lt(minPercent) ? [] : [{ ...one, ...reading, fullness }]
        })
        .sort((a, b) => b.fullness.cmp(a.fullness) || (a.key > b.key ? -1 : 1))
      const afterFullness = after && new Decimal(after.fullness)
      const rest = near.filter(
        ({ fullness, key }) => afterFullness === null || fullness.lt(afterFullness) || (fullness.eq(afterFullness) && key < (after?.counter ?? '')),
      )
      return rest.slice(0, first).map(({ key, fullness, ...one }) => ({
        ...one,
        revision: state.revisionOf(one.tenantId),
        at: { fullness: fullness.toFixed(), counter: key },
      }))
    },

    async readHistory({ tenantId, limitKey, scopeValue, nowMs, before, first }) {
      return counters()
        .filter(one => one.tenantId === tenantId && one.limitKey === limitKey && one.toMs <= nowMs && (scopeValue === null || one.scopeValue === scopeValue))
        .map(one => ({ ...one, used: state.counters.get(one.key)?.used ?? ZERO, limit: state.counters.get(one.key)?.limit ?? null }))
        .filter(one => !one.used.isZero())
        .filter(one => before === null || one.fromMs < before.fromMs || (one.fromMs === before.fromMs && one.scopeValue < before.scopeValue))
        .sort((a, b) => b.fromMs - a.fromMs || (a.scopeValue > b.scopeValue ? -1 : 1))
        .slice(0, first)
    },
  }
}

function isCounting({ used, reserved }: CounterReading): boolean {
  return !used.isZero() || !reserved.isZero()
}
