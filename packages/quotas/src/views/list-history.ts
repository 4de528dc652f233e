import { InvalidInput, Temporal } from '@tollgate/kernel'
import { checkTenant } from '../decisions/check-requests.ts'
import { checkFirst, type CursorPage, decodeCursor, encodeCursor, invalidCursor, toCursorPage } from './cursor-page.ts'
import { isExceeded, percentageOf } from './quota-usage.ts'
import type { QuotaStore } from '../quota-store.ts'
import type { HistoryInput, PastWindow } from '../quotas.ts'
import { limitKeyOf } from '../policies/limit-key.ts'

/** Shows what was used in windows that have ended. */
export async function listHistory(store: QuotaStore, input: HistoryInput, nowMs: number): Promise<CursorPage<PastWindow>> {
  const { scopeValue, scope, sliding } = input
  if (sliding === true) throw new InvalidInput([{ path: 'sliding', message: 'must be false: a sliding window never ends, and has no history' }])
  if (scopeValue !== undefined && scopeValue.length !== (scope ?? []).length) {
    throw new InvalidInput([{ path: 'scopeValue', message: `must have a value, or null, for each of the ${(scope ?? []).length} dimensions of the scope` }])
  }
  const first = checkFirst(input.first)
  const found = await store.readHistory({
    tenantId: checkTenant(input.tenantId),
    limitKey: limitKeyOf(input),
    scopeValue: scopeValue === undefined ? null : JSON.stringify(scopeValue),
    nowMs,
    before: input.after === undefined ? null : readCursor(input.after),
    first: first + 1,
  })
  const windows = found.map(({ scopeValue: value, fromMs, toMs, used, limit }) => ({
    from: Temporal.Instant.fromEpochMilliseconds(fromMs),
    to: Temporal.Instant.fromEpochMilliseconds(toMs),
    scopeValue: JSON.parse(value) as (string | null)[],
    used,
    limit,
    percentage: percentageOf(used, limit),
    exceeded: isExceeded(used, limit),
    cursor: encodeCursor(String(fromMs), value),
  }))
  return toCursorPage(windows, first)
}

function readCursor(cursor: string): { fromMs: number; scopeValue: string } {
  const [from = '', scopeValue = ''] = decodeCursor(cursor, 2)
  if (!/^\d{1,15}$/.test(from)) throw invalidCursor()
  return { fromMs: Number(from), scopeValue }
}
