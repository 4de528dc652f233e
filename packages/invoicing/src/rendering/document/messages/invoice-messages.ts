import type { InvoiceStatus } from '../../../model/invoices/invoice.ts'

/** The texts of an invoice in one language. "{name}" is replaced by a value. */
export interface InvoiceMessages {
  readonly invoice: string
  readonly creditNote: string
  readonly billTo: string
  readonly number: string
  readonly issued: string
  readonly due: string
  readonly period: string
  readonly reference: string
  readonly corrects: string
  readonly taxId: string
  readonly registration: string
  /** Column heads of lines. */
  readonly description: string
  readonly quantity: string
  readonly unitPrice: string
  readonly tax: string
  readonly amount: string
  /** Titles of groups of lines. */
  readonly fees: string
  readonly usage: string
  readonly other: string
  /** A dimension without a value. */
  readonly none: string
  /** "{group}": title of a group. */
  readonly groupTotal: string
  readonly noLines: string
  readonly discount: string
  readonly credits: string
  readonly usageByDay: string
  readonly usageByModel: string
  readonly otherModels: string
  readonly subtotal: string
  readonly subtotalWithTax: string
  readonly discounts: string
  readonly netTotal: string
  readonly total: string
  readonly amountPaid: string
  readonly amountDue: string
  readonly amountCredited: string
  readonly taxTable: string
  readonly taxRate: string
  readonly taxable: string
  readonly taxAmount: string
  /** "{tax}" and "{rate}". Tax that prices include. */
  readonly taxIncluded: string
  readonly reverseCharge: string
  readonly notTaxed: string
  /** "{reason}". */
  readonly exempt: string
  readonly exchangeRates: string
  readonly originalAmount: string
  readonly rate: string
  readonly date: string
  readonly source: string
  readonly payment: string
  /** "{date}": when the payment is due. */
  readonly payBy: string
  readonly dueOnReceipt: string
  readonly nothingToPay: string
  /** "{amount}": what is given back. */
  readonly creditNoteUse: string
  readonly accountHolder: string
  readonly bank: string
  readonly paymentReference: string
  readonly scanToPay: string
  readonly notes: string
  /** "{page}" and "{pages}". */
  readonly page: string
  /** Stamps. Null for a status that is not printed. */
  readonly statuses: Readonly<Record<InvoiceStatus, string | null>>
  /** Names of taxes. Others are printed as they are. */
  readonly taxNames: Readonly<Record<string, string>>
  /** Names of units: one, and several. Others are printed as they are. */
  readonly units: Readonly<Record<string, readonly [one: string, several: string]>>
}
