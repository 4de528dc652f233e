import { InvoiceNotPayable, PaymentKeyReused, PaymentProviderFailed, PaymentProviderUnknown, type PaymentStart } from '@tollgate/invoicing/payments'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { readInvoiceId } from '../../ids.ts'
import { PaymentRef } from './payment.ts'

const StartPaymentInputRef = builder.inputType('StartPaymentInput', {
  description: 'A payment of an invoice with a payment provider.',
  fields: t => ({
    invoiceId: t.id({ required: true, description: 'Invoice to pay: "inv_…".' }),
    provider: t.string({ required: true, description: 'One of `paymentProviders`.' }),
    amount: t.field({ type: 'Decimal', description: 'Amount, above 0 and at most what is due. Defaults to what is due.' }),
    returnUrl: t.string({ description: 'Page that the payer returns to after paying.' }),
    cancelUrl: t.string({ description: 'Page that the payer returns to without paying.' }),
    idempotencyKey: t.string({ required: true, description: 'Unique in the tenant. The same call again returns the same payment.' }),
  }),
})

const StartPaymentPayloadRef = builder.objectRef<PaymentStart>('StartPaymentPayload').implement({
  description: 'The payment was started. The payer continues with the provider; card data never reaches this server.',
  fields: t => ({
    payment: t.expose('payment', { type: PaymentRef, description: 'The payment.' }),
    clientSecret: t.exposeString('clientSecret', {
      nullable: true,
      description: 'For the library of the provider in the page of the payer (Stripe). Do not log it.',
    }),
    redirectUrl: t.exposeString('redirectUrl', { nullable: true, description: 'Page of the provider to send the payer to (PayPal, Coinbase).' }),
  }),
})

builder.mutationField('startPayment', t =>
  t.field({
    type: StartPaymentPayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: 'billing.paymentStarted',
    errors: { types: [InvalidInput, Forbidden, NotFound, InvoiceNotPayable, PaymentKeyReused, PaymentProviderUnknown, PaymentProviderFailed] },
    description:
      'Starts a payment of an invoice with a payment provider. The webhook of the provider reports its result. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: StartPaymentInputRef, required: true, description: 'The payment.' }) },
    resolve: async (_root, { input: { invoiceId: id, ...input } }, context) => {
      const { tenantId, invoiceId } = readInvoiceId(id)
      await tenantOf(context, tenantId)
      const profile = await context.tollgate.billing.profile(tenantId)
      return context.tollgate.payments.start({ ...input, tenantId, invoiceId, customer: { name: profile?.name ?? tenantId, email: profile?.email ?? null } })
    },
  }),
)
