import type { Temporal } from '@tollgate/kernel'
import type { AlertStore } from './alert-store.ts'
import type { ExceededQuota, QuotaCrossing } from './model/exceeded-quota.ts'
import type { QuotaWatch } from './quota-watch.ts'

const PAGE_SIZE = 1_000

/** Longer than the longest window: no evaluation looks at older ones. */
const KEPT_HOURS = 8 * 24

/** Reads the quota crossings since the last evaluation, and stores those that reached a limit. */
export async function followQuotas({ store, quotas }: { store: AlertStore; quotas: QuotaWatch }, now: Temporal.Instant): Promise<void> {
  const keepFrom = now.subtract({ hours: KEPT_HOURS })
  for (let after = await store.quotaCursor(), more = true; more;) {
    const page = await quotas.crossings({ after, first: PAGE_SIZE })
    const last = page.at(-1)?.cursor
    if (last !== undefined) await store.addExceededQuotas({ exceeded: page.filter(isLimitReached).map(toExceededQuota), last, keepFrom })
    after = last
    more = page.length === PAGE_SIZE
  }
}

function isLimitReached({ threshold }: QuotaCrossing): boolean {
  return threshold.gte(100)
}

function toExceededQuota({ threshold: _threshold, used, limit, ...crossing }: QuotaCrossing): ExceededQuota {
  return { ...crossing, used: used.toFixed(), limit: limit.toFixed() }
}
