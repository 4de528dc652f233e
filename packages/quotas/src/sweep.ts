import { checkRetention, type QuotaRetention } from './model/retention.ts'
import type { QuotaUpkeep } from './quota-upkeep.ts'

const MAX_ROWS = 1_000

/** Returns a function that removes expired and old data, at most 1,000 rows of each kind. Throws `InvalidInput` for an invalid retention. */
export function sweeper(store: QuotaUpkeep, retention: QuotaRetention | undefined): (nowMs: number, except: readonly string[]) => Promise<number> {
  const { countersMs, reservationsMs, alertsMs, idempotencyKeysMs } = checkRetention(retention)
  return (nowMs, except) =>
    store.sweep({
      nowMs,
      except,
      limit: MAX_ROWS,
      countersBeforeMs: nowMs - countersMs,
      reservationsBeforeMs: nowMs - reservationsMs,
      alertsBeforeMs: nowMs - alertsMs,
      keyedUsesBeforeMs: nowMs - idempotencyKeysMs,
    })
}
