export { createPlans, type Plans, type PlansDependencies } from './create-plans.ts'
export { createSubscriptions } from './create-subscriptions.ts'
export { billingPeriodOf, feeIntervalContaining } from './engine/fees/fee-interval.ts'
export { type FeePart, feePartsDue, feePartsOf, type SubscribedPlans } from './engine/fees/fee-parts.ts'
export { type CommitmentPart, minimumCommitments } from './engine/fees/minimum-commitments.ts'
export { phasesWithin, type PhaseWithin } from './engine/fees/phases-within.ts'
export { shareOfAmount, timeShare, type TimeShare } from './engine/fees/time-share.ts'
export type { ChangeTime } from './engine/subscriptions/change-time.ts'
export { standardBillingPlans } from './engine/plans/standard-billing-plans.ts'
export { type RecurringRevenue, REVENUE_MOVEMENTS, type RevenueMovementKind } from './engine/revenue/recurring-revenue.ts'
export { phaseAt } from './engine/subscriptions/phases.ts'
export { statusAt } from './engine/subscriptions/status-at.ts'
export { type InvoiceLine, INVOICE_LINE_KINDS, type InvoiceLineKind, type LineDiscount, type LineProvenance } from './model/invoices/invoice-line.ts'
export { type Invoice, INVOICE_STATUSES, type InvoiceStatus, type StoredInvoice } from './model/invoices/invoice.ts'
export type { Address, BankAccount, BillingProfile, Seller, TaxId } from './model/parties/party.ts'
export { type Payment, PAYMENT_STATUSES } from './model/payments/payment.ts'
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
export type { BillingPlanDraft } from './model/plans/billing-plan-draft.ts'
export {
  type PlanVersion,
  type Subscription,
  SUBSCRIPTION_STATUSES,
  type SubscriptionPhase,
  type SubscriptionStatus,
} from './model/subscriptions/subscription.ts'
export { ChangeInThePast, OverlappingSubscription, SubscriptionChanged, SubscriptionNotChangeable } from './model/subscriptions/subscription-errors.ts'
export { PAUSED_TIER, TIER_AFTER_END, type TierHistory, tierOf } from './model/subscriptions/tiers.ts'
export type { PlanChange, PlanEffects, PlanInEffect, SubscribingTenant, SubscribingTenants } from './plan-effects.ts'
export type { NewPlan, PlanStore } from './plan-store.ts'
export type { SubscriptionsDependencies } from './subscription-dependencies.ts'
export type { Alongside, SubscriptionStore } from './subscription-store.ts'
export type {
  AdvanceSubscriptionsOptions,
  CancelInput,
  ChangeInput,
  ChangePlanInput,
  ChangeSeatsInput,
  ConvertTrialInput,
  ExtendTrialInput,
  PauseSubscriptionInput,
  RevenueInput,
  StartTrialInput,
  SubscribeInput,
  Subscriptions,
} from './subscriptions.ts'
