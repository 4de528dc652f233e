import { Decimal, OPERATOR_SCOPE, type Period } from '@tollgate/kernel'
import type { QuotaAlert, Quotas } from '@tollgate/quotas'
import type { AlertStore } from '../alert-store.ts'
import type { Observation } from '../observation.ts'
import type { QuotaCrossing } from '../quota-crossing.ts'

const PAGE = 1_000

/** Longer than any window: what is older is never looked at. */
const KEPT_HOURS = 8 * 24

/** Reads on where the last evaluation stopped, and keeps the alerts that say that a limit was reached. */
export async function followQuotaAlerts(quotas: Pick<Quotas, 'alerts'>, store: AlertStore, now: Period['to']): Promise<void> {
  const keepFrom = now.subtract({ hours: KEPT_HOURS })
  for (let after = await store.quotaCursor(), more = true; more;) {
    const page = await quotas.alerts(OPERATOR_SCOPE, { after, first: PAGE })
    const last = page.at(-1)?.cursor
    if (last !== undefined) await store.keepCrossings({ crossings: page.filter(isCrossing).map(toCrossing), last, keepFrom })
    after = last
    more = page.length === PAGE
  }
}

/** How many limits each tenant reached in a stretch of time. Who reached none is not seen. */
export async function observeExceededQuotas(store: AlertStore, range: Period): Promise<Observation[]> {
  const tenants = await store.crossings(range)
  return tenants.map(({ tenantId, count, last: { cursor: _cursor, tenantId: _tenantId, occurredAt, ...last } }) => ({
    tenantId,
    value: new Decimal(count),
    calls: null,
    details: { reached: count, last: { ...last, occurredAt: occurredAt.toString() } },
  }))
}

function isCrossing({ threshold }: QuotaAlert): boolean {
  return threshold.gte(100)
}

function toCrossing({ cursor, tenantId, occurredAt, policyId, metric, operation, window, scopeValue, used, limit }: QuotaAlert): QuotaCrossing {
  return { cursor, tenantId, occurredAt, policyId, metric, operation, window, scopeValue, used: used.toFixed(), limit: limit.toFixed() }
}
