import { DomainError, type Temporal } from '@tollgate/kernel'

/** There is no exchange rate for a day. */
export class ExchangeRateMissing extends DomainError<'EXCHANGE_RATE_MISSING'> {
  readonly base: string
  readonly quote: string

  constructor(base: string, quote: string, date: Temporal.PlainDate) {
    super(
      'EXCHANGE_RATE_MISSING',
      `There is no exchange rate from ${base} to ${quote} for ${date.toString()}. Import one of this day or of the days before it.`,
    )
    this.base = base
    this.quote = quote
  }
}

/** Another rate is stored for the same currencies and day. Nothing was imported. */
export class ExchangeRateConflict extends DomainError<'EXCHANGE_RATE_CONFLICT'> {
  constructor(base: string, quote: string, date: Temporal.PlainDate) {
    super(
      'EXCHANGE_RATE_CONFLICT',
      `Another rate from ${base} to ${quote} is stored for ${date.toString()}. Rates are never changed, because invoices use them.`,
    )
  }
}

/** The invoice cannot be changed in this way, because of the state that it is in. */
export class InvoiceStateConflict extends DomainError<'INVOICE_STATE_CONFLICT'> {
  readonly status: string

  constructor(message: string, status: string) {
    super('INVOICE_STATE_CONFLICT', message)
    this.status = status
  }
}

/** The credit notes of an invoice would give back more than the invoice. */
export class CreditNoteExceedsInvoice extends DomainError<'CREDIT_NOTE_EXCEEDS_INVOICE'> {
  /** What can still be given back, with tax. */
  readonly remaining: string

  constructor(number: string, remaining: string, currency: string) {
    super(
      'CREDIT_NOTE_EXCEEDS_INVOICE',
      `The credit note is larger than what remains of the invoice ${number}: at most ${remaining} ${currency} can be given back, with all credit notes together.`,
    )
    this.remaining = remaining
  }
}

/** A tenant cannot be invoiced, because it has no billing profile. */
export class BillingProfileMissing extends DomainError<'BILLING_PROFILE_MISSING'> {
  constructor(tenantId: string) {
    super('BILLING_PROFILE_MISSING', `The tenant "${tenantId}" has no billing profile. Set its name and address before it is invoiced.`)
  }
}

/** Nobody can be invoiced, because the seller is unknown. */
export class SellerMissing extends DomainError<'SELLER_MISSING'> {
  constructor() {
    super('SELLER_MISSING', 'The seller is not set. Set the name and the address that invoices are sent from in the billing settings.')
  }
}
