import type { Payment, PaymentRefund, PaymentStatus, RefundStatus } from '@tollgate/invoicing/payments'
import { builder } from '../../../../graphql/builder.ts'
import type { EnumValues } from '../../../../graphql/enum-values.ts'
import { InvoiceId } from '../../ids.ts'
import { PaymentId } from '../../payments/ids.ts'

/** What a payment can be. */
export const PaymentStatusRef = builder.enumType('PaymentStatus', {
  description: 'The state of a payment.',
  values: {
    PENDING: { value: 'pending', description: 'It was started, and nothing was received.' },
    SUCCEEDED: { value: 'succeeded', description: 'The money was received.' },
    FAILED: { value: 'failed', description: 'The last attempt failed. The payer can try again.' },
    REFUNDED: { value: 'refunded', description: 'All of it was given back.' },
    PARTIALLY_REFUNDED: { value: 'partially_refunded', description: 'A part of it was given back.' },
  } satisfies EnumValues<PaymentStatus>,
})

const RefundStatusRef = builder.enumType('RefundStatus', {
  description: 'The state of a refund.',
  values: {
    PENDING: { value: 'pending', description: 'The provider has not made it yet. Its amount is held.' },
    SUCCEEDED: { value: 'succeeded', description: 'The money was given back.' },
    FAILED: { value: 'failed', description: 'The money was not given back. It pays invoices again.' },
  } satisfies EnumValues<RefundStatus>,
})

const RefundRef = builder.objectRef<PaymentRefund>('PaymentRefund').implement({
  description: 'Money of a payment that is given back.',
  fields: t => ({
    status: t.expose('status', { type: RefundStatusRef, description: 'Its state.' }),
    amount: t.expose('amount', { type: 'Decimal', description: 'The amount, in the currency of the payment.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why. Null if nobody said so.' }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was requested.' }),
    failureMessage: t.exposeString('failureMessage', { nullable: true, description: 'Why it failed.' }),
  }),
})

const AllocationRef = builder.objectRef<Payment['allocations'][number] & { readonly tenantId: string }>('PaymentAllocation').implement({
  description: 'The part of a payment that pays an invoice.',
  fields: t => ({
    invoiceId: t.id({ description: 'The invoice.', resolve: ({ tenantId, invoiceId }) => InvoiceId.encode(`${tenantId}:${invoiceId}`) }),
    amount: t.expose('amount', { type: 'Decimal', description: 'The amount.' }),
    allocatedAt: t.expose('allocatedAt', { type: 'DateTime', description: 'When it was allocated last.' }),
  }),
})

/** Money that a tenant paid, or tried to pay. */
export const PaymentRef = builder.objectRef<Payment>('Payment').implement({
  description: 'Money that a tenant paid, or tried to pay. It is allocated to invoices; what is left is the balance of the tenant.',
  fields: t => ({
    id: t.id({ description: 'Its id: "pay_…".', resolve: ({ tenantId, id }) => PaymentId.encode(`${tenantId}:${id}`) }),
    provider: t.exposeString('provider', { description: 'Who took it: "bank_transfer", "stripe", "paypal", "coinbase", "credit_note".' }),
    providerPaymentId: t.exposeString('providerPaymentId', { nullable: true, description: "The provider's id of it. Null for one that was recorded by hand." }),
    status: t.expose('status', { type: PaymentStatusRef, description: 'Its state.' }),
    amount: t.expose('amount', { type: 'Decimal', description: 'The amount.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of its currency.' }),
    refunded: t.expose('refunded', { type: 'Decimal', description: 'What was given back, and what is about to be.' }),
    unallocated: t.expose('unallocated', { type: 'Decimal', description: 'What no invoice has used.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was recorded or started.' }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime', nullable: true, description: 'When the money was received. Null until it is.' }),
    reference: t.exposeString('reference', { nullable: true, description: 'What the payer wrote.' }),
    failureMessage: t.exposeString('failureMessage', { nullable: true, description: 'Why the last attempt failed.' }),
    allocations: t.field({
      type: [AllocationRef],
      description: 'The invoices that it pays.',
      resolve: ({ tenantId, allocations }) => allocations.map(allocation => ({ ...allocation, tenantId })),
    }),
    refunds: t.field({ type: [RefundRef], description: 'Its refunds, oldest first.', resolve: ({ refunds }) => [...refunds] }),
  }),
})
