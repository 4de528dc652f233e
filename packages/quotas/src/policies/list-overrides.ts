import { checkTenant } from '../decisions/check-requests.ts'
import { checkFirst, decodeCursor, encodeCursor } from '../views/page-cursor.ts'
import type { QuotaStore } from '../quota-store.ts'
import type { OverridesInput, QuotaOverrides } from '../quotas.ts'

/** Shows what was set for a tenant, the latest first. All of a book is in memory at every decision: a page of it is cut here. */
export async function listOverrides(store: Pick<QuotaStore, 'policyBooks'>, input: OverridesInput): Promise<QuotaOverrides> {
  const first = checkFirst(input.first)
  const [afterId] = input.after === undefined ? [] : decodeCursor(input.after, 1)
  const [book] = await store.policyBooks([checkTenant(input.tenantId)])
  const latestFirst = (book?.overrides ?? []).toReversed()
  const from = afterId === undefined ? 0 : latestFirst.findIndex(({ id }) => id === afterId) + 1
  const overrides = latestFirst.slice(from, from + first).map(override => ({ ...override, cursor: encodeCursor(override.id) }))
  return { overrides, next: from + first < latestFirst.length ? (overrides.at(-1)?.cursor ?? null) : null }
}
