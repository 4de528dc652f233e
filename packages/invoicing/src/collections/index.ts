export type { CollectableInvoices } from './collectable-invoices.ts'
export type { CollectionChange, CollectionDependencies } from './collection-dependencies.ts'
export type { CollectionNotice, CollectionNotifier } from './collection-notifier.ts'
export type { CollectionStore, HoldEnd, LateFeeBill } from './collection-store.ts'
export { type ChargedLateFees, type Collections, createCollections } from './create-collections.ts'
export type { InvoiceRecipient, InvoiceRecipients } from './invoice-recipients.ts'
export { mailNotifier, type MailNotifierDependencies } from './mail-notifier.ts'
export type { DisputeInput, PauseInput, ResolveDisputeInput } from './hold-collections.ts'
export type { CollectionRun, CollectionRunOptions } from './run-collections.ts'
export type { SendReminderInput } from './send-reminder.ts'
export {
  checkCollectionPolicy,
  type CollectionPolicyDraft,
  type LateFeeDraft,
  MAX_COLLECTION_DAYS,
  MAX_REMINDERS,
} from '../model/collections/check-collection-policy.ts'
export type { CollectableInvoice } from '../model/collections/collectable-invoice.ts'
export { CollectionPaused, InvoiceDisputed, NothingToCollect } from '../model/collections/collection-errors.ts'
export { type CollectionHold, DISPUTE_RESOLUTIONS, type DisputeResolution, HOLD_KINDS, type HoldKind } from '../model/collections/collection-hold.ts'
export type { CollectionPolicy, LateFeeTerms } from '../model/collections/collection-policy.ts'
export { COLLECTION_STEP_KINDS, type CollectionStep, type CollectionStepKind } from '../model/collections/collection-step.ts'
