import { checkTenant } from '../decisions/check-requests.ts'
import { checkFirst, type CursorPage, decodeCursor, encodeCursor, toCursorPage } from '../views/cursor-page.ts'
import type { QuotaOverride } from './policy-book.ts'
import type { QuotaStore } from '../quota-store.ts'
import type { OverridesInput } from '../quotas.ts'

/** Shows what was set for a tenant, the latest first. All of a book is in memory at every decision: a page of it is cut here. */
export async function listOverrides(store: Pick<QuotaStore, 'policySnapshots'>, input: OverridesInput): Promise<CursorPage<QuotaOverride>> {
  const first = checkFirst(input.first)
  const [afterId] = input.after === undefined ? [] : decodeCursor(input.after, 1)
  const [book] = await store.policySnapshots([checkTenant(input.tenantId)])
  const latestFirst = (book?.overrides ?? []).toReversed()
  const from = afterId === undefined ? 0 : latestFirst.findIndex(({ id }) => id === afterId) + 1
  const overrides = latestFirst.slice(from, from + first + 1).map(override => ({ ...override, cursor: encodeCursor(override.id) }))
  return toCursorPage(overrides, first)
}
