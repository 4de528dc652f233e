export type { BillableSubscriptionsReader, SubscriptionWithPlans } from './billable-subscriptions-reader.ts'
export type {
  Billing,
  BillingRunInput,
  ChangedInvoice,
  CreditNoteContentsInput,
  CreditNoteDraft,
  ExtraInvoice,
  ExtraLine,
  InvoicesRequest,
  ListedInvoice,
  RateFile,
} from './billing.ts'
export type { BillingDependencies } from './billing-dependencies.ts'
export type { BillingSettingsStore, ExchangeRateStore } from './billing-settings-store.ts'
export { createBilling } from './create-billing.ts'
export type { InvoiceLineExplanation, LineUsage } from './invoice-line-explanation.ts'
export { explainedUsage } from './explained-usage.ts'
export type { BillingChange, DraftInvoice, InvoiceStore, InvoiceSummary, StoredPeriods } from './invoice-store.ts'
export type { BillingRunStore } from './billing-run-store.ts'
export { type BillingRuns, type BillingRunsDependencies, createBillingRuns, type RunsRequest, type StoredRunRequest } from './create-billing-runs.ts'
export type { BillingFailure, BillingProgress, BillingRun } from '../model/billing/billing-run.ts'
export type { ChangePreview, FeePreview, FeePreviewLine, PreviewChangeInput } from './preview-change.ts'
export type { BillingRunRequest, BillingRunResult } from './run-billing.ts'
export type { BillingSummary } from './summarize-billing.ts'
export { taxTable } from '../tax/tax-calculator.ts'
export type { ConsumedCreditsReader, UsageChargeReader, UsagePeriod } from './usage-charge-reader.ts'
export type { PeriodUsage } from '../engine/billing/usage-dues.ts'
export type { CreditNoteContents } from '../engine/invoices/credit-note.ts'
export { lineIdOf } from '../engine/invoices/invoice-ids.ts'
export type { BillingPeriod } from '../model/billing/billed-period.ts'
export {
  BillingProfileMissing,
  CreditNoteExceedsInvoice,
  ExchangeRateConflict,
  ExchangeRateMissing,
  InvoiceStateConflict,
  SellerMissing,
} from '../model/billing/billing-errors.ts'
export { type BillingSettings, MAX_LOOK_BACK_PERIODS } from '../model/billing/billing-settings.ts'
export type { ExchangeRate } from '../model/billing/exchange-rate.ts'
export type { Invoice, StoredInvoice } from '../model/invoices/invoice.ts'
