import { PaymentKeyReused, PaymentNotRefundable, PaymentProviderFailed, type RefundedPayment, RefundTooLarge } from '@tollgate/invoicing/payments'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { readPaymentId } from '../../payments/ids.ts'
import { PaymentRef } from './payment.ts'

const RefundPaymentInputRef = builder.inputType('RefundPaymentInput', {
  description: 'Money of a payment to give back.',
  fields: t => ({
    paymentId: t.id({ required: true, description: 'Id of the payment: "pay_…".' }),
    amount: t.field({ type: 'Decimal', description: 'Amount, above 0. Defaults to what is left of the payment.' }),
    reason: t.string({ description: 'Why. Up to 500 characters.' }),
    idempotencyKey: t.string({ required: true, description: 'Unique in the tenant. The same refund again gives nothing back, so retries are safe.' }),
  }),
})

const RefundPaymentPayloadRef = builder.objectRef<RefundedPayment>('RefundPaymentPayload').implement({
  description: 'The refund was made, or requested from the provider.',
  fields: t => ({ payment: t.expose('payment', { type: PaymentRef, description: 'The payment, with its refunds.' }) }),
})

builder.mutationField('refundPayment', t =>
  t.field({
    type: RefundPaymentPayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: 'billing.paymentRefunded',
    errors: { types: [InvalidInput, Forbidden, NotFound, PaymentKeyReused, PaymentNotRefundable, RefundTooLarge, PaymentProviderFailed] },
    description:
      'Gives money of a payment back: first what no invoice has used, then from its invoices, which are due again. A payment that was recorded by hand is given back by hand; this records it. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: RefundPaymentInputRef, required: true, description: 'The refund.' }) },
    resolve: (_root, { input: { paymentId: id, ...input } }, { tollgate }) => tollgate.payments.refund({ ...input, ...readPaymentId(id) }),
  }),
)
