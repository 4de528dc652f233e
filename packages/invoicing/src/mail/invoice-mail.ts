import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { NewMail } from './create-mailbox.ts'

/** Returns the e-mail of an invoice or credit note: one for each. Defaults to the address of its buyer; undefined if that has none. */
export function invoiceMail(
  { id, tenantId, kind, number, currency, total, dueAt, timeZone, buyer, seller }: Omit<StoredInvoice, 'lines'>,
  to: string | null = buyer.email,
): NewMail | undefined {
  if (to === null) return undefined
  return {
    tenantId,
    key: `invoice ${id}`,
    kind,
    to,
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
