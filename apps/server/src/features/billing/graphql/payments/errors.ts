import {
  InvoiceNotPayable,
  PaymentKeyReused,
  PaymentNotRefundable,
  PaymentProviderFailed,
  PaymentProviderUnknown,
  RefundTooLarge,
} from '@tollgate/invoicing/payments'
import { CurrencyMismatch, UnknownCurrency } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { ErrorInterface } from '../../../../graphql/errors/error-interface.ts'

builder.objectType(InvoiceNotPayable, {
  name: 'InvoiceNotPayableError',
  description: 'The invoice is a draft, or void. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(PaymentKeyReused, {
  name: 'PaymentKeyReusedError',
  description: 'The idempotency key was used with other values. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(PaymentNotRefundable, {
  name: 'PaymentNotRefundableError',
  description: 'No money was received with the payment. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(RefundTooLarge, {
  name: 'RefundTooLargeError',
  description: 'Less is left of the payment. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: t => ({ refundable: t.expose('refundable', { type: 'Decimal', description: 'What can still be given back.' }) }),
})

builder.objectType(PaymentProviderUnknown, {
  name: 'PaymentProviderUnknownError',
  description: 'The installation has no such payment provider.',
  interfaces: [ErrorInterface],
})

builder.objectType(PaymentProviderFailed, {
  name: 'PaymentProviderFailedError',
  description: 'The payment provider refused the request, or could not be reached.',
  interfaces: [ErrorInterface],
  fields: t => ({
    isTemporary: t.exposeBoolean('isTemporary', { description: 'Whether the same call can succeed later. Repeat it with the same idempotency key.' }),
  }),
})

builder.objectType(CurrencyMismatch, {
  name: 'CurrencyMismatchError',
  description: 'The payment has another currency than the invoice. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(UnknownCurrency, {
  name: 'UnknownCurrencyError',
  description: 'The currency is not an ISO 4217 code. Nothing was changed.',
  interfaces: [ErrorInterface],
})
