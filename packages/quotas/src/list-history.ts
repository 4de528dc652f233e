import { checkPageSize, InvalidInput, Temporal } from '@tollgate/kernel'
import { checkTenantId } from './model/decisions/check-question.ts'
import { type CursorPage, decodeCursor, encodeCursor, invalidCursor, toCursorPage, PAGE_SIZES } from './model/cursor-page.ts'
import { type LimitKeyParts, limitKeyOf } from './model/limits/limit-key.ts'
import type { PastWindow } from './model/limits/past-window.ts'
import { isExceeded, percentageOf } from './model/counters/quota-usage.ts'
import type { QuotaUsageReader } from './quota-usage-reader.ts'

/** The limit whose past windows to list. */
export interface HistoryInput extends LimitKeyParts {
  readonly tenantId: string
  /** One value for each dimension of the scope. Defaults to all values. */
  readonly scopeValue?: readonly (string | null)[] | undefined
  /** 1 to 1,000. Defaults to 100. */
  readonly first?: number | undefined
  /** Return windows after this cursor. */
  readonly after?: string | undefined
}

/** Lists the usage in windows that have ended, the latest first. */
export async function listHistory(store: Pick<QuotaUsageReader, 'readHistory'>, input: HistoryInput, nowMs: number): Promise<CursorPage<PastWindow>> {
  const { scopeValue, scope, sliding } = input
  const dimensions = (scope ?? []).length
  if (sliding === true) throw new InvalidInput([{ path: 'sliding', message: 'must be false: a sliding window never ends, so it has no history' }])
  if (scopeValue !== undefined && scopeValue.length !== dimensions) {
    throw new InvalidInput([{ path: 'scopeValue', message: `must have a value, or null, for each of the ${dimensions} dimensions of the scope` }])
  }
  const first = checkPageSize(input.first, PAGE_SIZES)
  const found = await store.readHistory({
    tenantId: checkTenantId(input.tenantId),
    limitKey: limitKeyOf(input),
    scopeValue: scopeValue === undefined ? null : JSON.stringify(scopeValue),
    customerId: dimensions === 1 && scope?.[0] === 'customer' ? (scopeValue?.[0] ?? undefined) : undefined,
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
