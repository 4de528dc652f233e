import type { NotificationListener, PreparedStatement } from '@tollgate/postgres'
import type { LeaseRecallListener } from '../quota-store.ts'
import { counterId } from './counter-id.ts'

const LEASES_CHANNEL = 'tollgate_quota_leases'

/** Tells all processes when it commits. */
export const RECALL: PreparedStatement = { name: 'quotas_recall', text: `select pg_notify('${LEASES_CHANNEL}', $1)` }

/** Whose leases are called back: those of one counter, of one tenant, or all. */
type LeaseRecall = { readonly counterId: string } | { readonly tenantId: string } | 'all'

/** A recall as it is notified. */
export function leaseRecall(recall: LeaseRecall): string {
  return JSON.stringify(recall)
}

/** Hears recalls until it is stopped. Where some may have been missed, all leases are called back. */
export async function hearRecalls(listener: NotificationListener, recalled: LeaseRecallListener): Promise<() => Promise<void>> {
  const { stop } = await listener.listen(LEASES_CHANNEL, {
    notification: payload => recalled(matching(JSON.parse(payload) as LeaseRecall)),
    gap: () => recalled(matching('all')),
  })
  return stop
}

function matching(recall: LeaseRecall): Parameters<LeaseRecallListener>[0] {
  if (recall === 'all') return () => true
  if ('tenantId' in recall) return ({ tenantId }) => tenantId === recall.tenantId
  return ({ key }) => counterId(key) === recall.counterId
}
