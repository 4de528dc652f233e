import { type Decimal, DomainError } from '@tollgate/kernel'
import type { InvoiceStatus } from '../invoices/invoice.ts'
import type { PaymentStatus } from './payment.ts'

/** The invoice cannot be paid: it is a draft, or void. Nothing was changed. */
export class InvoiceNotPayable extends DomainError<'INVOICE_NOT_PAYABLE'> {
  readonly invoiceId: string
  readonly status: InvoiceStatus

  constructor(invoiceId: string, status: InvoiceStatus) {
    const advice = status === 'draft' ? 'Finalise it first.' : 'Record the payment without an invoice, and it stays as balance.'
    super('INVOICE_NOT_PAYABLE', `The invoice ${invoiceId} is ${status} and cannot be paid. ${advice}`)
    this.invoiceId = invoiceId
    this.status = status
  }
}

/** The payment is in a state that does not allow this. Nothing was changed. */
export class PaymentNotRefundable extends DomainError<'PAYMENT_NOT_REFUNDABLE'> {
  readonly paymentId: string
  readonly status: PaymentStatus

  constructor(paymentId: string, status: PaymentStatus) {
    super('PAYMENT_NOT_REFUNDABLE', `The payment ${paymentId} is ${status}. Only money that was received can be refunded.`)
    this.paymentId = paymentId
    this.status = status
  }
}

/** Less is left of the payment than the refund. Nothing was changed. */
export class RefundTooLarge extends DomainError<'REFUND_TOO_LARGE'> {
  readonly paymentId: string
  readonly refundable: Decimal

  constructor(paymentId: string, refundable: Decimal) {
    super('REFUND_TOO_LARGE', `${refundable.toFixed()} of the payment ${paymentId} can still be refunded; refund at most this much.`)
    this.paymentId = paymentId
    this.refundable = refundable
  }
}

/** The idempotency key was used for something else. Nothing was changed. */
export class PaymentKeyReused extends DomainError<'IDEMPOTENCY_KEY_REUSED'> {
  readonly idempotencyKey: string

  constructor(idempotencyKey: string) {
    super(
      'IDEMPOTENCY_KEY_REUSED',
      `The idempotency key ${JSON.stringify(idempotencyKey.slice(0, 64))} was used with other values. Nothing was changed; use a new key for each payment and refund.`,
    )
    this.idempotencyKey = idempotencyKey
  }
}

/** The installation has no such payment provider. */
export class PaymentProviderUnknown extends DomainError<'PAYMENT_PROVIDER_UNKNOWN'> {
  readonly provider: string

  constructor(provider: string, known: readonly string[]) {
    super('PAYMENT_PROVIDER_UNKNOWN', `This installation has no payment provider "${provider.slice(0, 40)}". It has: ${known.join(', ') || 'none'}.`)
    this.provider = provider
  }
}

/** The payment provider refused a request, or could not be reached. */
export class PaymentProviderFailed extends DomainError<'PAYMENT_PROVIDER_FAILED'> {
  readonly provider: string
  /** Whether the same call can succeed later. It can be repeated with its idempotency key. */
  readonly isTemporary: boolean

  constructor(provider: string, reason: string, options: ErrorOptions & { readonly isTemporary: boolean }) {
    const advice = options.isTemporary ? ' Repeat the call with the same idempotency key.' : ''
    super('PAYMENT_PROVIDER_FAILED', `The payment provider ${provider} reported: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}${advice}`, options)
    this.provider = provider
    this.isTemporary = options.isTemporary
  }
}

/** A webhook of a payment provider is not genuine, too old, or not readable. Nothing was changed. */
export class PaymentWebhookRejected extends DomainError<'PAYMENT_WEBHOOK_REJECTED'> {
  readonly provider: string

  constructor(provider: string, reason: string, options?: ErrorOptions) {
    super('PAYMENT_WEBHOOK_REJECTED', `The webhook of ${provider} was rejected: ${reason}.`, options)
    this.provider = provider
  }
}
