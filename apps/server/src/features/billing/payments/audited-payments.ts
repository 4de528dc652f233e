import { billingAudit } from '@tollgate/audit'
import type { CollectionDependencies } from '@tollgate/invoicing/collections'
import type { Payment, PaymentDependencies } from '@tollgate/invoicing/payments'
import { auditSnapshot } from '../../../audited-changes/audit-snapshot.ts'
import type { ChangeRecorder } from '../../../audited-changes/change-recorder.ts'
import { CollectionHoldId, PaymentId } from './ids.ts'

/** Records what happens to payments, in the transaction of the change. */
export function auditPayments(changes: Pick<ChangeRecorder, 'recordIn'>): NonNullable<PaymentDependencies['onChange']> {
  return async (transaction, { kind, payment, refund }) => {
    const { tenantId, provider, amount, currency, status, invoiceId, reference } = payment
    const id = PaymentId.encode(`${tenantId}:${payment.id}`)
    const after = auditSnapshot({ provider, amount, currency, status, invoiceId, reference })
    switch (kind) {
      case 'recorded':
        return changes.recordIn(transaction, [billingAudit.paymentRecorded(tenantId, id, after)])
      case 'started':
        return changes.recordIn(transaction, [billingAudit.paymentStarted(tenantId, id, after)])
      case 'refund_requested':
        return changes.recordIn(transaction, [
          billingAudit.paymentRefunded(tenantId, id, { details: auditSnapshot({ amount: refund?.amount, reason: refund?.reason }) }),
        ])
      case 'allocated':
        return changes.recordIn(transaction, [billingAudit.paymentAllocated(tenantId, id, { details: allocationsOf(payment) })])
      case 'updated':
        return changes.recordIn(transaction, [billingAudit.paymentUpdated(tenantId, id, { after })])
    }
  }
}

/** Returns which invoices a payment pays after its balance was used. */
function allocationsOf({ allocations, unallocated, currency }: Payment) {
  return auditSnapshot({ currency, unallocated, allocations: allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount })) })
}

/** Records what people change in collections, in the transaction of the change. */
export function auditCollections(changes: Pick<ChangeRecorder, 'recordIn'>): NonNullable<CollectionDependencies['onChange']> {
  return async (transaction, { kind, tenantId, resourceId, before, after }) => {
    const change = { ...(before && { before: auditSnapshot(before) }), ...(after && { after: auditSnapshot(after) }) }
    const holdId = tenantId === null ? resourceId : CollectionHoldId.encode(`${tenantId}:${resourceId}`)
    switch (kind) {
      case 'policy_set':
        return changes.recordIn(transaction, [billingAudit.collectionPolicySet(tenantId, resourceId, change)])
      case 'paused':
        return changes.recordIn(transaction, [billingAudit.collectionPaused(tenantId, holdId, change)])
      case 'resumed':
        return changes.recordIn(transaction, [billingAudit.collectionResumed(tenantId, holdId, change)])
      case 'disputed':
        return changes.recordIn(transaction, [billingAudit.disputeOpened(tenantId, holdId, change)])
      case 'dispute_resolved':
        return changes.recordIn(transaction, [billingAudit.disputeResolved(tenantId, holdId, change)])
      case 'reminded':
        return changes.recordIn(transaction, [billingAudit.reminderSent(tenantId, resourceId, change)])
    }
  }
}
