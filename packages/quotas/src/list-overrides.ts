import { checkPageSize } from '@tollgate/kernel'
import { checkTenantId } from './model/decisions/check-question.ts'
import { type CursorPage, decodeCursor, encodeCursor, toCursorPage, PAGE_SIZES } from './model/cursor-page.ts'
import type { QuotaOverride } from './model/policies/override.ts'
import type { PolicyStore } from './policy-store.ts'

/** The tenant whose overrides to list. */
export interface OverridesInput {
  readonly tenantId: string
  /** 1 to 1,000. Defaults to 100. */
  readonly first?: number | undefined
  /** Return overrides after this cursor. */
  readonly after?: string | undefined
}

/** Lists all overrides of a tenant, the latest first. A snapshot always has all of them in memory, so the page is cut from it. */
export async function listOverrides(store: Pick<PolicyStore, 'policySnapshots'>, input: OverridesInput): Promise<CursorPage<QuotaOverride>> {
  const first = checkPageSize(input.first, PAGE_SIZES)
  const [afterId] = input.after === undefined ? [] : decodeCursor(input.after, 1)
  const [snapshot] = await store.policySnapshots([checkTenantId(input.tenantId)])
  const latestFirst = (snapshot?.overrides ?? []).toReversed()
  const from = afterId === undefined ? 0 : latestFirst.findIndex(({ id }) => id === afterId) + 1
  const overrides = latestFirst.slice(from, from + first + 1).map(override => ({ ...override, cursor: encodeCursor(override.id) }))
  return toCursorPage(overrides, first)
}
