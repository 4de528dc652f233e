import type { Decimal, Page, PageRequest, Scope, Temporal } from '@tollgate/kernel'
import type { InvoiceState } from '../engine/invoices/invoice-status.ts'
import type { BillingPeriod } from '../model/billing/billed-period.ts'
import type { SettledPeriod } from '../model/billing/settled-period.ts'
import type { BilledCharge, DueCharge } from '../model/billing/due-charge.ts'
import type { InvoiceLine } from '../model/invoices/invoice-line.ts'
import type { InvoiceKind, InvoiceStatus, StoredInvoice } from '../model/invoices/invoice.ts'

/** An invoice without its lines. */
export type InvoiceSummary = Omit<StoredInvoice, 'lines' | 'status'> & { readonly state: InvoiceState }

/** The draft of an invoice. Only what it is for is stored: its contents are computed again whenever it is read. */
export interface DraftInvoice {
  readonly id: string
  readonly tenantId: string
  readonly subscriptionId: string
  readonly period: BillingPeriod
}

/** What has been billed of a subscription. */
export interface SubscriptionBilling {
  readonly subscriptionId: string
  /** The last periods that were billed, in order. */
  readonly periods: readonly BillingPeriod[]
  /** Lines of these periods on invoices that are not void. */
  readonly billed: readonly BilledCharge[]
  /** What rounding has left for the next invoice. */
  readonly carriedOver: Decimal
}

/** What has been billed of a tenant. */
export interface BillingState {
  readonly tenantId: string
  /** Changes with everything that is billed, numbered or voided. */
  readonly revision: number
  readonly subscriptions: readonly SubscriptionBilling[]
}

/** A finalised invoice with what its lines charge, made when its number is known. */
export interface NumberedInvoice {
  readonly series: string
  /** Of each line, in order. Null for lines that are not compared with what is due, such as those of credit notes. */
  readonly charges: readonly (DueCharge | null)[]
  /** What is due minus what the lines bill, before tax. */
  readonly rounding: Decimal
  make(sequence: number): StoredInvoice
}

/** Periods of a subscription that are billed. */
export interface BillingChange {
  readonly tenantId: string
  readonly subscriptionId: string
  /** Revision that the change was computed from. */
  readonly revision: number
  readonly periods: readonly BillingPeriod[]
  /** Null if nothing is to be billed. */
  readonly invoice: NumberedInvoice | null
}

/** Periods that were stored, with their invoice. */
export interface StoredPeriods {
  readonly invoice: StoredInvoice | null
}

/** What changes of a finalised invoice. */
export interface InvoiceStateChange {
  readonly state?: InvoiceState | undefined
  readonly sentAt?: Temporal.Instant | undefined
}

/** Which invoices to list. */
export interface InvoicesQuery extends PageRequest {
  readonly tenantId?: string | undefined
  readonly kind?: InvoiceKind | undefined
  readonly status?: InvoiceStatus | undefined
  /** Time that decides which invoices are overdue. */
  readonly now: Temporal.Instant
}

/** Which lines of an invoice to return. */
export interface LinesQuery {
  readonly first: number
  /** Position. Defaults to 0: from the first line. */
  readonly after?: number | undefined
}

/** An invoice or credit note that bills no period. */
export interface AddedInvoice {
  readonly id: string
  /** The invoice that a credit note corrects. It is locked. */
  readonly corrects?: string | undefined
}

/** An invoice that a credit note corrects, and the credit notes that it has. */
export interface CorrectedInvoice {
  /** Undefined if there is none with this id. */
  readonly invoice: (InvoiceSummary & { readonly lines: readonly InvoiceLine[] }) | undefined
  readonly notes: readonly StoredInvoice[]
}

/** Stores invoices. Finalised invoices and their lines are never changed, except for state and payments. */
export interface InvoiceStore {
  /** Returns what was billed of tenants, with the last periods of each. */
  states(tenantIds: readonly string[], options: { readonly periods: number }): Promise<readonly BillingState[]>
  /**
   * Stores periods that are billed and the invoice of them, under the next number of its series: all or nothing. Returns
   * undefined if the tenant has another revision by now.
   */
  bill(change: BillingChange): Promise<StoredPeriods | undefined>
  /**
   * Stores periods of several tenants in one transaction, at most one change for each tenant. Returns what \`bill\` returns for each, in order. If it
   * throws, nothing is stored.
   */
  billAll(changes: readonly BillingChange[]): Promise<readonly (StoredPeriods | undefined)[]>
  /** Stores an invoice that bills no period, under the next number of its series. Returns the stored one if its id exists. */
  add(tenantId: string, invoice: AddedInvoice, make: (corrected: CorrectedInvoice) => NumberedInvoice): Promise<StoredInvoice>
  /**
   * Returns the periods that were billed before the last ones of each subscription, with what was used in them when they were settled. Forgets that of the
   * last ones.
   */
  settledPeriods(tenantIds: readonly string[], options: { readonly periods: number }): Promise<readonly SettledPeriod[]>
  /** Stores what was used in periods, where that is not known. */
  settle(periods: readonly SettledPeriod[]): Promise<void>
  /** Stores drafts. A draft that exists stays as it is. */
  addDrafts(drafts: readonly DraftInvoice[]): Promise<void>
  /** Returns drafts by id. Omits those that the scope does not see. */
  drafts(scope: Scope, ids: readonly string[]): Promise<readonly DraftInvoice[]>
  /** Returns finalised invoices by id. Omits those that the scope does not see. */
  invoices(scope: Scope, ids: readonly string[]): Promise<readonly InvoiceSummary[]>
  /** Lists drafts and finalised invoices, latest period first. `after` is an id. */
  list(scope: Scope, query: InvoicesQuery): Promise<Page<InvoiceSummary | DraftInvoice>>
  /** Returns the lines of finalised invoices, by the id of the invoice, in order. */
  lines(scope: Scope, invoiceIds: readonly string[]): Promise<ReadonlyMap<string, readonly InvoiceLine[]>>
  /** Returns a page of the lines of a finalised invoice. `after` is a position. Empty for an invoice that the scope does not see. */
  linePage(scope: Scope, invoiceId: string, page: LinesQuery): Promise<Page<InvoiceLine>>
  /**
   * Changes the state of a finalised invoice. `decide` gets the invoice as it is, locked, and returns what changes; what it
   * throws changes nothing. Returns undefined for an unknown invoice.
   */
  change(
    tenantId: string,
    invoiceId: string,
    decide: (invoice: InvoiceSummary) => InvoiceStateChange,
  ): Promise<{ readonly before: InvoiceSummary; readonly after: InvoiceSummary } | undefined>
}

/** Whether an invoice of a list is a draft. */
export function isDraft(invoice: InvoiceSummary | DraftInvoice): invoice is DraftInvoice {
  return !('state' in invoice)
}
