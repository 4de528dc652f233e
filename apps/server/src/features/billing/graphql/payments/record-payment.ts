import { InvoiceNotPayable, PaymentKeyReused, type RecordedPayment } from '@tollgate/invoicing/payments'
import { CurrencyMismatch, Forbidden, InvalidInput, NotFound, UnknownCurrency } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { readInvoiceId } from '../../ids.ts'
import { PaymentRef } from './payment.ts'

const RecordPaymentInputRef = builder.inputType('RecordPaymentInput', {
  description: 'Money that was received, such as a bank transfer. Name an invoice, or a tenant and a currency.',
  fields: t => ({
    invoiceId: t.id({ description: 'Invoice that it is meant for. Omit it to pay the oldest invoices that are due.' }),
    tenantId: t.id({ description: 'Tenant that paid. Required without an invoice.' }),
    amount: t.field({ type: 'Decimal', required: true, description: 'Amount, above 0. What the invoices do not need stays as balance.' }),
    currency: t.string({ description: 'ISO 4217 code. Defaults to the currency of the invoice. Required without one.' }),
    receivedAt: t.field({ type: 'DateTime', description: 'When it was received. Defaults to now.' }),
    reference: t.string({ description: 'What the payer wrote. Up to 500 characters.' }),
    idempotencyKey: t.string({ required: true, description: 'Unique in the tenant. The same payment again records nothing, so retries are safe.' }),
  }),
})

const RecordPaymentPayloadRef = builder.objectRef<RecordedPayment>('RecordPaymentPayload').implement({
  description: 'The payment was recorded, now or by an earlier call with the same key.',
  fields: t => ({
    payment: t.expose('payment', { type: PaymentRef, description: 'The payment.' }),
    isRepeat: t.exposeBoolean('isRepeat', { description: 'Whether an earlier call with the same key recorded it.' }),
  }),
})

builder.mutationField('recordPayment', t =>
  t.field({
    type: RecordPaymentPayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: 'billing.paymentRecorded',
    errors: { types: [InvalidInput, Forbidden, NotFound, InvoiceNotPayable, PaymentKeyReused, CurrencyMismatch, UnknownCurrency] },
    description: 'Records money that was received and pays invoices with it. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: RecordPaymentInputRef, required: true, description: 'The payment.' }) },
    resolve: async (_root, { input: { invoiceId: id, tenantId: named, ...input } }, context) => {
      const invoice = id === null || id === undefined ? undefined : readInvoiceId(id)
      const tenantId = await tenantOf(context, named ?? invoice?.tenantId)
      if (invoice !== undefined && invoice.tenantId !== tenantId) throw new NotFound('invoice', id ?? '')
      return context.tollgate.payments.record({ ...input, tenantId, invoiceId: invoice?.invoiceId ?? null })
    },
  }),
)
