import {
  BillingProfileMissing,
  CreditNoteExceedsInvoice,
  ExchangeRateConflict,
  ExchangeRateMissing,
  InvoiceStateConflict,
  SellerMissing,
} from '@tollgate/invoicing/billing'
import { TaxUndetermined } from '@tollgate/invoicing/tax'
import { Decimal } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { ErrorInterface } from '../../../../graphql/errors/error-interface.ts'

builder.objectType(InvoiceStateConflict, {
  name: 'InvoiceStateConflictError',
  description: 'The invoice cannot be changed in this way in the state that it is in. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: t => ({ state: t.exposeString('status', { description: 'The state that the invoice is in.' }) }),
})

builder.objectType(CreditNoteExceedsInvoice, {
  name: 'CreditNoteExceedsInvoiceError',
  description: 'The credit notes of the invoice would give back more than the invoice. Nothing was issued.',
  interfaces: [ErrorInterface],
  fields: t => ({
    remaining: t.field({ type: 'Decimal', description: 'What can still be given back, with tax.', resolve: ({ remaining }) => new Decimal(remaining) }),
  }),
})

builder.objectType(BillingProfileMissing, {
  name: 'BillingProfileMissingError',
  description: 'The tenant has no billing profile. Set one with `setBillingProfile`.',
  interfaces: [ErrorInterface],
})

builder.objectType(SellerMissing, {
  name: 'SellerMissingError',
  description: 'The seller is not set. Set it with `setBillingSettings`.',
  interfaces: [ErrorInterface],
})

builder.objectType(TaxUndetermined, {
  name: 'TaxUndeterminedError',
  description: 'The tax of the invoice cannot be determined, because something is missing.',
  interfaces: [ErrorInterface],
  fields: t => ({ field: t.exposeString('field', { description: 'What is missing, such as "buyer.address.region".' }) }),
})

builder.objectType(ExchangeRateMissing, {
  name: 'ExchangeRateMissingError',
  description: 'There is no exchange rate for a day. Import one with `importExchangeRates`.',
  interfaces: [ErrorInterface],
  fields: t => ({
    base: t.exposeString('base', { description: 'Currency to convert from.' }),
    quote: t.exposeString('quote', { description: 'Currency to convert to.' }),
  }),
})

builder.objectType(ExchangeRateConflict, {
  name: 'ExchangeRateConflictError',
  description: 'Another rate is stored for the same currencies and day. Nothing was imported.',
  interfaces: [ErrorInterface],
})
