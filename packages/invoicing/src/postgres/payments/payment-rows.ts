import { Decimal, Temporal } from '@tollgate/kernel'
import { defineColumns, instantOrNull } from '@tollgate/postgres'
import type { Payment, PaymentStatus } from '../../model/payments/payment.ts'
import type { PaymentRefund, RefundStatus } from '../../model/payments/payment-refund.ts'
import type { KeyUse } from '../../payments/payment-store.ts'

interface AllocationJson {
  readonly invoiceId: string
  readonly amount: string
  readonly allocatedAt: string
}

interface RefundJson {
  readonly id: string
  readonly status: RefundStatus
  readonly amount: string
  readonly reason: string | null
  readonly provider_refund_id: string | null
  readonly requested_at: string
  readonly failure_message: string | null
}

/** A row of `invoicing.payments` with its refunds. */
export interface PaymentRow {
  readonly tenant_id: string
  readonly id: string
  readonly provider: string
  readonly provider_payment_id: string | null
  readonly status: PaymentStatus
  readonly amount: string
  readonly currency: string
  readonly refunded: string
  readonly unallocated: string
  readonly created_at: string
  readonly received_at: string | null
  readonly invoice_id: string | null
  readonly reference: string | null
  readonly failure_message: string | null
  readonly allocations: readonly AllocationJson[]
  readonly fingerprint: string
  readonly refunds: readonly RefundJson[] | null
}

/** The select list of a `PaymentRow` from `invoicing.payments as payment`. */
export const SELECT_PAYMENT = `payment.tenant_id, payment.id, payment.provider, payment.provider_payment_id, payment.status, payment.amount, payment.currency,
  payment.refunded, payment.unallocated, payment.created_at, payment.received_at, payment.invoice_id, payment.reference, payment.failure_message,
  payment.allocations, payment.fingerprint,
  (select json_agg(json_build_object('id', refund.id, 'status', refund.status, 'amount', refund.amount::text, 'reason', refund.reason,
       'provider_refund_id', refund.provider_refund_id, 'requested_at', refund.requested_at, 'failure_message', refund.failure_message)
       order by refund.requested_at, refund.id)
     from invoicing.payment_refunds as refund where refund.tenant_id = payment.tenant_id and refund.payment_id = payment.id) as refunds`

/** Reads a payment from its row. */
export function paymentOf(row: PaymentRow): Payment {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    provider: row.provider,
    providerPaymentId: row.provider_payment_id,
    status: row.status,
    amount: new Decimal(row.amount),
    currency: row.currency,
    refunded: new Decimal(row.refunded),
    createdAt: Temporal.Instant.from(row.created_at),
    receivedAt: instantOrNull(row.received_at),
    invoiceId: row.invoice_id,
    reference: row.reference,
    failureMessage: row.failure_message,
    allocations: row.allocations.map(({ invoiceId, amount, allocatedAt }) => ({
      invoiceId,
      amount: new Decimal(amount),
      allocatedAt: Temporal.Instant.from(allocatedAt),
    })),
    refunds: (row.refunds ?? []).map(refund => ({
      id: refund.id,
      status: refund.status,
      amount: new Decimal(refund.amount),
      reason: refund.reason,
      providerRefundId: refund.provider_refund_id,
      requestedAt: Temporal.Instant.from(refund.requested_at),
      failureMessage: refund.failure_message,
    })),
    unallocated: new Decimal(row.unallocated),
  }
}

/** A payment and the key that it was made with. */
export interface NewPayment {
  readonly payment: Payment
  readonly use: KeyUse
}

/** The columns of a new payment. */
export const PAYMENT_COLUMNS = defineColumns<NewPayment>(column => [
  column('tenant_id', 'text', ({ payment }) => payment.tenantId),
  column('id', 'uuid', ({ payment }) => payment.id),
  column('provider', 'text', ({ payment }) => payment.provider),
  column('provider_payment_id', 'text', ({ payment }) => payment.providerPaymentId),
  column('status', 'text', ({ payment }) => payment.status),
  column('amount', 'numeric', ({ payment }) => payment.amount),
  column('currency', 'text', ({ payment }) => payment.currency),
  column('refunded', 'numeric', ({ payment }) => payment.refunded),
  column('unallocated', 'numeric', ({ payment }) => payment.unallocated),
  column('created_at', 'timestamptz', ({ payment }) => payment.createdAt),
  column('received_at', 'timestamptz', ({ payment }) => payment.receivedAt),
  column('invoice_id', 'uuid', ({ payment }) => payment.invoiceId),
  column('reference', 'text', ({ payment }) => payment.reference),
  column('failure_message', 'text', ({ payment }) => payment.failureMessage),
  column('allocations', 'jsonb', ({ payment }) => allocationsJson(payment)),
  column('idempotency_key', 'text', ({ use }) => use.key),
  column('fingerprint', 'text', ({ use }) => use.fingerprint),
])

/** The columns of a payment that can change, and those that find it. */
export const CHANGED_COLUMNS = defineColumns<Payment>(column => [
  column('tenant_id', 'text', payment => payment.tenantId),
  column('id', 'uuid', payment => payment.id),
  column('provider_payment_id', 'text', payment => payment.providerPaymentId),
  column('status', 'text', payment => payment.status),
  column('amount', 'numeric', payment => payment.amount),
  column('currency', 'text', payment => payment.currency),
  column('refunded', 'numeric', payment => payment.refunded),
  column('unallocated', 'numeric', payment => payment.unallocated),
  column('received_at', 'timestamptz', payment => payment.receivedAt),
  column('failure_message', 'text', payment => payment.failureMessage),
  column('allocations', 'jsonb', payment => allocationsJson(payment)),
])

/** A refund and its payment. */
export interface RefundOfPayment {
  readonly payment: Payment
  readonly refund: PaymentRefund
}

/** The columns of a refund. */
export const REFUND_COLUMNS = defineColumns<RefundOfPayment>(column => [
  column('tenant_id', 'text', ({ payment }) => payment.tenantId),
  column('id', 'uuid', ({ refund }) => refund.id),
  column('payment_id', 'uuid', ({ payment }) => payment.id),
  column('status', 'text', ({ refund }) => refund.status),
  column('amount', 'numeric', ({ refund }) => refund.amount),
  column('reason', 'text', ({ refund }) => refund.reason),
  column('provider_refund_id', 'text', ({ refund }) => refund.providerRefundId),
  column('requested_at', 'timestamptz', ({ refund }) => refund.requestedAt),
  column('failure_message', 'text', ({ refund }) => refund.failureMessage),
])

function allocationsJson({ allocations }: Payment): AllocationJson[] {
  return allocations.map(({ invoiceId, amount, allocatedAt }) => ({ invoiceId, amount: amount.toFixed(), allocatedAt: allocatedAt.toString() }))
}
