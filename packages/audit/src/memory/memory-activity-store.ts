import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { ActivityStore } from '../activity-store.ts'
import { sumMinute } from '../engine/sum-minute.ts'
import type { MinuteOfActivity } from '../model/activity-count.ts'

/** Keeps counts of activity in memory, for tests and first steps. Transactions of callers are not rolled back. */
export function memoryActivityStore(): ActivityStore {
  let stored: MinuteOfActivity[] = []
  const add = async (counts: readonly MinuteOfActivity[]) => void stored.push(...counts)
  const isBefore = (minute: Temporal.Instant, before: Temporal.Instant) => Temporal.Instant.compare(minute, before) < 0
  return {
    addIn: (_transaction, counts) => add(counts),
    add,
    async tenants({ before, after = '', first }) {
      const ids = new Set(stored.filter(({ tenantId, minute }) => tenantId > after && isBefore(minute, before)).map(({ tenantId }) => tenantId))
      return [...ids].sort().slice(0, first)
    },
    async take({ tenantId, before }, use) {
      const due = stored.filter(count => count.tenantId === tenantId && isBefore(count.minute, before))
      const [minute] = due.map(count => count.minute).sort(Temporal.Instant.compare)
      if (minute === undefined) return false
      const taken = new Set(due.filter(count => count.minute.equals(minute)))
      stored = stored.filter(count => !taken.has(count))
      try {
        await use({ scope: OPERATOR_SCOPE }, sumMinute([...taken]))
      } catch (error) {
        stored.push(...taken)
        throw error
      }
      return true
    },
  }
}
