import { OPERATOR_SCOPE, type Scope, scopeIncludes } from '@tollgate/kernel'
import type { AlertStore } from '../alert-store.ts'
import type { DecisionCounter } from '../decision-counter.ts'
import { customerOfAlert, type QuotaAlert } from '../model/alert.ts'
import { countCommands } from '../engine/count-commands.ts'
import type { CounterStore } from '../counter-store.ts'
import type { QuotaStore } from '../quota-store.ts'
import type { ReservationReader } from '../reservation-reader.ts'
import { type MemoryDatabase, memoryDatabase } from './memory-database.ts'
import { memoryLeaseStore } from './memory-lease-store.ts'
import { memoryPolicyStore } from './memory-policy-store.ts'
import { memoryUpkeep } from './memory-upkeep.ts'
import { memoryUsageReader } from './memory-usage-reader.ts'

/**
 * Stores quotas in this process: for a single process, tests and experiments. JavaScript applies one command after the other. A
 * rolled back transaction does not undo what was counted in it.
 */
export function memoryQuotaStore({ counter }: { readonly counter?: Pick<DecisionCounter, 'countIn'> } = {}): QuotaStore {
  const database = memoryDatabase()
  return {
    ...counterStore(database, counter),
    ...memoryPolicyStore(database),
    ...reservationReader(database),
    ...memoryLeaseStore(database),
    ...memoryUsageReader(database),
    ...alertStore(database),
    ...memoryUpkeep(database),
  }
}

function counterStore({ apply, readingOf, state }: MemoryDatabase, counter: Pick<DecisionCounter, 'countIn'> | undefined): CounterStore {
  return {
    async apply(command) {
      const outcome = apply(command)
      const counts = counter === undefined ? [] : countCommands([command], [outcome])
      if (counts.length > 0) await counter?.countIn({ scope: OPERATOR_SCOPE }, counts)
      return outcome
    },
    applyIn: async (_, commands) => commands.map(apply),
    read: async ({ tenantId, revision, nowMs, counters }) =>
      state.revisionOf(tenantId) === revision ? counters.map(({ key }) => readingOf(key, nowMs)) : { kind: 'stale' },
  }
}

function reservationReader({ state: { reservations } }: MemoryDatabase): ReservationReader {
  return {
    async reservation(scope, id) {
      const reservation = reservations.get(id)?.reservation
      return reservation && scopeIncludes(scope, reservation.tenantId) ? reservation : undefined
    },
    reservations: async (scope, ids) =>
      [...new Set(ids)].flatMap(id => {
        const record = reservations.get(id)
        return record && scopeIncludes(scope, record.reservation.tenantId) ? [record] : []
      }),
  }
}

function alertStore({ alerts, lastCursor }: MemoryDatabase): AlertStore {
  return {
    async alerts(scope, { after = '0', first }) {
      const found = alerts.filter(alert => Number(alert.cursor) > Number(after) && includes(scope, alert))
      return found.slice(0, first)
    },
    async latestAlerts(scope, { before = 'Infinity', first }) {
      const found = alerts.filter(alert => Number(alert.cursor) < Number(before) && includes(scope, alert))
      return found.slice(-first).reverse()
    },
    lastAlertCursor: async () => String(lastCursor()),
  }
}

function includes(scope: Scope, alert: QuotaAlert): boolean {
  return scopeIncludes(scope, alert.tenantId, customerOfAlert(alert) ?? undefined)
}
