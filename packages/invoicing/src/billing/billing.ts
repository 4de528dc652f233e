import type { Page, Scope } from '@tollgate/kernel'
import type { AmountInput, RangeInput, TimeInput } from '@tollgate/kernel/input'
import type { BillingSettings } from '../model/billing/billing-settings.ts'
import type { InvoiceLine } from '../model/invoices/invoice-line.ts'
import type { InvoiceKind, InvoiceStatus, StoredInvoice } from '../model/invoices/invoice.ts'
import type { BillingProfile } from '../model/parties/party.ts'
import type { LinesQuery } from './invoice-store.ts'
import type { InvoiceLineExplanation } from './invoice-line-explanation.ts'
import type { ChangePreview, PreviewChangeInput } from './preview-change.ts'
import type { BillingRunRequest, BillingRunResult } from './run-billing.ts'
import type { BillingSummary } from './summarize-billing.ts'

/** An invoice of a list, without its lines. */
export type ListedInvoice = Omit<StoredInvoice, 'lines'>

/** Which invoices to list. */
export interface InvoicesRequest {
  readonly tenantId?: string | undefined
  readonly kind?: InvoiceKind | undefined
  readonly status?: InvoiceStatus | undefined
  readonly first?: number | undefined
  /** Id of the invoice to continue after. */
  readonly after?: string | undefined
}

/** What a credit note gives back: everything that remains, an amount with tax, or net amounts of lines. */
export type CreditNoteContentsInput =
  | { readonly kind: 'full' }
  | { readonly kind: 'amount'; readonly amount: AmountInput }
  | { readonly kind: 'lines'; readonly lines: readonly { readonly lineId: string; readonly netAmount: AmountInput }[] }

/** A billing run to start. */
export interface BillingRunInput extends Omit<BillingRunRequest, 'through'> {
  /** Bills the periods that end at or before this time. Must not be in the future. */
  readonly through: TimeInput
}

/** A file of exchange rates. */
export interface RateFile {
  readonly text: string
  /** Where it is from. */
  readonly source: string
}

/** A credit note to issue. */
export interface CreditNoteDraft {
  readonly tenantId: string
  readonly invoiceId: string
  readonly contents: CreditNoteContentsInput
  readonly reason: string
  /** Unique in the tenant: the same credit note again issues nothing. */
  readonly idempotencyKey: string
}

/** An invoice and what it was before. */
export interface ChangedInvoice {
  readonly before: ListedInvoice
  readonly invoice: StoredInvoice
}

/** Bills tenants. Made by `createBilling`. */
export interface Billing {
  /** Bills the periods of all tenants, or of some, that have ended. */
  run(request: BillingRunInput): Promise<BillingRunResult>
  /** Summarises what a tenant is charged in any range. */
  summary(tenantId: string, range: RangeInput): Promise<BillingSummary>
  /** Returns what the next invoice of a tenant would be if its billing period ended now. Undefined without a subscription that is billed. */
  preview(tenantId: string): Promise<StoredInvoice | undefined>
  /** Returns what another plan or other seats would do to the fees of a subscription, on the invoice that settles it. Throws as the change does. */
  previewChange(input: PreviewChangeInput): Promise<ChangePreview>

  /** Returns an invoice with its lines; a draft as it is now. Undefined if the scope does not see it. */
  invoice(scope: Scope, id: string): Promise<StoredInvoice | undefined>
  /** Lists invoices and credit notes, latest period first. Drafts are computed. */
  invoices(scope: Scope, request: InvoicesRequest): Promise<Page<ListedInvoice>>
  /** Returns invoices by id, without their lines; drafts as they are now. Omits those that the scope does not see. */
  invoicesByIds(scope: Scope, ids: readonly string[]): Promise<readonly ListedInvoice[]>
  /** Returns the lines of invoices, by the id of the invoice. */
  lines(scope: Scope, invoiceIds: readonly string[]): Promise<ReadonlyMap<string, readonly InvoiceLine[]>>
  /** Returns a page of the lines of an invoice; of a draft, as they are now. Empty for an invoice that the scope does not see. */
  linePage(scope: Scope, invoiceId: string, page: LinesQuery): Promise<Page<InvoiceLine>>
  /** Explains where the amount of a line comes from, down to the events. Undefined if the scope does not see it. */
  explainLine(scope: Scope, line: { readonly invoiceId: string; readonly position: number }): Promise<InvoiceLineExplanation | undefined>

  /** Gives a draft a number. Throws `NotFound` and `InvoiceStateConflict`. */
  finalize(tenantId: string, id: string): Promise<StoredInvoice>
  /** Records that an invoice was sent to its tenant. Sending again changes nothing. Throws `NotFound` and `InvoiceStateConflict`. */
  markSent(tenantId: string, id: string): Promise<ChangedInvoice>
  /** Voids an invoice that was issued in error and not paid. Its number stays. The next invoice bills what it charged. Throws `NotFound` and `InvoiceStateConflict`. */
  void(tenantId: string, id: string): Promise<ChangedInvoice>
  /** Records that nobody expects an invoice to be paid any more. Throws `NotFound` and `InvoiceStateConflict`. */
  markUncollectible(tenantId: string, id: string): Promise<ChangedInvoice>
  /** Issues a credit note for an invoice. Throws `NotFound`, `InvoiceStateConflict`, `CreditNoteExceedsInvoice` and `InvalidInput`. */
  issueCreditNote(draft: CreditNoteDraft): Promise<StoredInvoice>
  /** Issues an invoice for amounts that no subscription charges, such as late fees. The same id again issues nothing. */
  issueInvoice(invoice: ExtraInvoice): Promise<StoredInvoice>

  settings(): Promise<BillingSettings>
  /** Changes settings; those that are left out stay. Throws `InvalidInput`. */
  changeSettings(changes: Partial<BillingSettings>): Promise<BillingSettings>
  profile(tenantId: string): Promise<BillingProfile | undefined>
  /** Sets whom a tenant is invoiced as. Throws `InvalidInput` that names every invalid field. */
  setProfile(profile: BillingProfile): Promise<BillingProfile>

  /** Imports exchange rates from a file. Returns the number of new rates. Throws `InvalidInput` and `ExchangeRateConflict`. */
  importRates(file: RateFile): Promise<number>
}

/** An invoice of amounts that no subscription charges. */
export interface ExtraInvoice {
  /** A UUIDv7. */
  readonly id: string
  readonly tenantId: string
  readonly currency: string
  readonly period: RangeInput
  readonly timeZone: string
  readonly notes?: string | null | undefined
  readonly lines: readonly ExtraLine[]
}

/** A line of an extra invoice: an amount in minor units, before tax. */
export interface ExtraLine {
  readonly kind: 'late_fee' | 'adjustment' | 'other'
  readonly description: string
  readonly amount: AmountInput
  readonly details?: Readonly<Record<string, unknown>> | undefined
}
