import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { NewMail } from './create-mailbox.ts'

/** Returns the e-mail of an invoice or credit note: one for each. Undefined if its buyer has no address. */
export function invoiceMail({ id, tenantId, kind, number, currency, total, dueAt, timeZone, buyer, seller }: StoredInvoice): NewMail | undefined {
  if (buyer.email === null) return undefined
  return {
    tenantId,
    key: `invoice ${id}`,
    kind,
    to: buyer.email,
    locale: buyer.locale,
    data: {
      invoiceId: id,
      recipient: buyer.name,
      seller: seller.name,
      bankAccount: seller.bankAccount?.iban ?? null,
      number,
      currency,
      total: total.toFixed(),
      dueAt: dueAt?.toString() ?? null,
      timeZone,
    },
  }
}
