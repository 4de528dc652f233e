import type { QuotaAlert, Quotas } from '@tollgate/quotas'
import type { TailSource } from '../../live/tail.ts'

/** Quota alerts as a table to follow. */
export function quotaAlertSource(quotas: Pick<Quotas, 'alerts' | 'lastAlertCursor'>): TailSource<QuotaAlert> {
  return {
    read: (scope, { after, first }) => quotas.alerts(scope, { after: String(after), first }),
    last: async () => BigInt(await quotas.lastAlertCursor()),
    position: ({ cursor }) => BigInt(cursor),
    tenantId: ({ tenantId }) => tenantId,
  }
}
