import { expireHolds } from '../engine/state/counter-state.ts'
import type { QuotaUpkeep } from '../quota-upkeep.ts'
import type { MemoryDatabase } from './memory-database.ts'

/** Removes expired and old data from memory. */
export function memoryUpkeep({ alerts, counters, state }: MemoryDatabase): QuotaUpkeep {
  return {
    async sweep({ nowMs, except, limit, countersBeforeMs, reservationsBeforeMs, alertsBeforeMs, keyedUsesBeforeMs }) {
      const isSwept = (tenantId: string) => !except.includes(tenantId)
      const old = counters().filter(({ key, tenantId, toMs }) => isSwept(tenantId) && state.counters.get(key)?.stepMs === null && toMs < countersBeforeMs)
      for (const { key } of old.slice(0, limit)) state.counters.delete(key)
      const ended = [...state.reservations].filter(([, { expiresAtMs, reservation }]) => isSwept(reservation.tenantId) && expiresAtMs < reservationsBeforeMs)
      for (const [id] of ended.slice(0, limit)) state.reservations.delete(id)
      const oldest = alerts.splice(0, limit)
      const recent = oldest.filter(({ occurredAt, tenantId }) => !isSwept(tenantId) || occurredAt.epochMilliseconds >= alertsBeforeMs)
      alerts.unshift(...recent)
      const keyed = [...state.keyedUses].filter(([, { atMs, tenantId }]) => isSwept(tenantId) && atMs < keyedUsesBeforeMs).slice(0, limit)
      for (const [id] of keyed) state.keyedUses.delete(id)
      let swept = keyed.length + Math.min(old.length, limit) + Math.min(ended.length, limit) + oldest.length - recent.length
      const max = swept + limit
      for (const { key, tenantId } of counters()) {
        if (swept >= max) break
        const counter = state.counters.get(key)
        if (counter === undefined || !isSwept(tenantId)) continue
        const before = counter.holds.size
        expireHolds(counter, nowMs)
        swept += before - counter.holds.size
      }
      return swept
    },
  }
}
