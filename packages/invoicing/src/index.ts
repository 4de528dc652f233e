export { billingPeriodOf, feeIntervalContaining } from './engine/fees/fee-interval.ts'
export { type FeePart, feePartsDue, feePartsOf, type SubscribedPlans } from './engine/fees/fee-parts.ts'
export { type CommitmentPart, minimumCommitments } from './engine/fees/minimum-commitments.ts'
export { phasesWithin, type PhaseWithin } from './engine/fees/phases-within.ts'
export { shareOfAmount, timeShare, type TimeShare } from './engine/fees/time-share.ts'
export { cancel } from './engine/subscriptions/cancel.ts'
export { changePlan, changeSeats, type PlanChangeRequest } from './engine/subscriptions/change-plan.ts'
export type { ChangeContext, ChangeTime } from './engine/subscriptions/change-time.ts'
export { pause, resume } from './engine/subscriptions/pause.ts'
export { nextChange, phaseAt } from './engine/subscriptions/phases.ts'
export { type NewSubscription, type NewTrial, startSubscription } from './engine/subscriptions/start-subscription.ts'
export { statusAt } from './engine/subscriptions/status-at.ts'
export { convertTrial, expireTrial, extendTrial, type TrialConversion } from './engine/subscriptions/trial.ts'
export type { CollectionPolicy, LateFeeTerms } from './model/collections/collection-policy.ts'
export { type InvoiceLine, INVOICE_LINE_KINDS, type InvoiceLineKind, type LineDiscount, type LineProvenance } from './model/invoices/invoice-line.ts'
export { type Invoice, INVOICE_STATUSES, type InvoiceStatus, type StoredInvoice } from './model/invoices/invoice.ts'
export type { Address, BankAccount, BillingProfile, Seller, TaxId } from './model/parties/party.ts'
export { type Payment, PAYMENT_STATUSES, type PaymentAllocation, type PaymentStatus } from './model/payments/payment.ts'
export {
  type BillingPlan,
  FEE_INTERVALS,
  FEE_TIMINGS,
  type FeeInterval,
  type FeeTiming,
  type PlanCreditAllowance,
  type PlanQuotas,
  type PlanUsageCharge,
  type SeatTerms,
} from './model/plans/billing-plan.ts'
export {
  type PlanVersion,
  type Subscription,
  SUBSCRIPTION_STATUSES,
  type SubscriptionPhase,
  type SubscriptionStatus,
} from './model/subscriptions/subscription.ts'
export { ChangeInThePast, OverlappingSubscription, SubscriptionChanged, SubscriptionNotChangeable } from './model/subscriptions/subscription-errors.ts'
