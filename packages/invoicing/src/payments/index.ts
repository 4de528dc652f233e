export type { EventOutcome } from './apply-provider-events.ts'
export { createPayments, type Payments } from './create-payments.ts'
export type { ListPaymentsInput } from './list-payments-input.ts'
export type { InvoiceLedger, PaidAmount } from './invoice-ledger.ts'
export type { InvoicePayment, PaymentDependencies, PaymentJournalEntry } from './payment-dependencies.ts'
export type {
  PaymentProvider,
  PaymentRequest,
  ProviderCustomer,
  ProviderPayment,
  ProviderRefund,
  ProviderWebhook,
  RefundRequest,
  StartedPayment,
} from './payment-provider.ts'
export type { ClaimedEvent, KeyedPayment, KeyedRefund, KeyUse, PaymentChanges, PaymentsQuery, PaymentStore } from './payment-store.ts'
export type { RecordedPayment, RecordPaymentInput } from './record-payment.ts'
export type { RefundedPayment, RefundPaymentInput } from './refund-payment.ts'
export type { PaymentStart, StartPaymentInput } from './start-payment.ts'
export { isPayable, type PayableInvoice } from '../model/payments/payable-invoice.ts'
export {
  InvoiceNotPayable,
  PaymentKeyReused,
  PaymentNotRefundable,
  PaymentProviderFailed,
  PaymentProviderUnknown,
  PaymentWebhookRejected,
  RefundTooLarge,
} from '../model/payments/payment-errors.ts'
export { REFUND_STATUSES, type PaymentRefund, type RefundStatus } from '../model/payments/payment-refund.ts'
export { type AllocationEntry, type Payment, PAYMENT_STATUSES, type PaymentAllocation, type PaymentStatus } from '../model/payments/payment.ts'
export type { PaymentChange, ProviderEvent } from '../model/payments/provider-event.ts'
