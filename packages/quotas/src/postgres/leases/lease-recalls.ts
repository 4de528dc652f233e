import type { NotificationListener, PreparedStatement } from '@tollgate/postgres'
import type { LeaseRecallListener } from '../../lease-store.ts'
import { counterId } from '../tables/counter-id.ts'

const LEASES_CHANNEL = 'tollgate_quota_leases'

/** Notifies all processes of a recall when the transaction commits. */
export const RECALL: PreparedStatement = { name: 'quotas_recall', text: `select pg_notify('${LEASES_CHANNEL}', $1)` }

/** The recalled leases: of one counter, of one tenant, or all. */
type LeaseRecall = { readonly counterId: string } | { readonly tenantId: string } | 'all'

/** Returns the payload of a recall. */
export function leaseRecall(recall: LeaseRecall): string {
  return JSON.stringify(recall)
}

/** Calls the listener for every recall until the returned function is called. If notifications may have been missed, recalls all leases. */
export async function listenToRecalls(listener: NotificationListener, onRecall: LeaseRecallListener): Promise<() => Promise<void>> {
  const { stop } = await listener.listen(LEASES_CHANNEL, {
    notification: payload => onRecall(matcherOf(JSON.parse(payload) as LeaseRecall)),
    gap: () => onRecall(matcherOf('all')),
  })
  return stop
}

function matcherOf(recall: LeaseRecall): Parameters<LeaseRecallListener>[0] {
  if (recall === 'all') return () => true
  if ('tenantId' in recall) return ({ tenantId }) => tenantId === recall.tenantId
  return ({ key }) => counterId(key) === recall.counterId
}
