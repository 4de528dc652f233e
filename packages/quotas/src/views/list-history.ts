import { InvalidInput, Temporal } from '@tollgate/kernel'
import { checkTenant } from '../decisions/check-requests.ts'
import { checkFirst, decodeCursor, encodeCursor } from './page-cursor.ts'
import { isExceeded, percentageOf } from './quota-standing.ts'
import type { QuotaStore } from '../quota-store.ts'
import type { HistoryInput, QuotaHistory } from '../quotas.ts'
import { slotOf } from '../policies/slot.ts'

/** Shows what was used in windows that have ended. */
export async function listHistory(store: QuotaStore, input: HistoryInput, nowMs: number): Promise<QuotaHistory> {
  const { scopeValue, scope, sliding } = input
  if (sliding === true) throw new InvalidInput([{ path: 'sliding', message: 'must be false: a sliding window never ends, and has no history' }])
  if (scopeValue !== undefined && scopeValue.length !== (scope ?? []).length) {
    throw new InvalidInput([{ path: 'scopeValue', message: `must have a value, or null, for each of the ${(scope ?? []).length} dimensions of the scope` }])
  }
  const first = checkFirst(input.first)
  const found = await store.readHistory({
    tenantId: checkTenant(input.tenantId),
    slot: slotOf(input),
    scopeValue: scopeValue === undefined ? null : JSON.stringify(scopeValue),
    nowMs,
    before: input.after === undefined ? null : readCursor(input.after),
    first: first + 1,
  })
  const windows = found.slice(0, first).map(({ scopeValue: value, fromMs, toMs, used, limit }) => ({
    from: Temporal.Instant.fromEpochMilliseconds(fromMs),
    to: Temporal.Instant.fromEpochMilliseconds(toMs),
    scopeValue: JSON.parse(value) as (string | null)[],
    used,
    limit,
    percentage: percentageOf(used, limit),
    exceeded: isExceeded(used, limit),
    cursor: encodeCursor(String(fromMs), value),
  }))
  return { windows, next: found.length > first ? (windows.at(-1)?.cursor ?? null) : null }
}

function readCursor(cursor: string): { fromMs: number; scopeValue: string } {
  const [from = '', scopeValue = ''] = decodeCursor(cursor, 2)
  if (!/^\d{1,15}$/.test(from)) throw new InvalidInput([{ path: 'after', message: 'must be a cursor of this list, as a page before gave it' }])
  return { fromMs: Number(from), scopeValue }
}
