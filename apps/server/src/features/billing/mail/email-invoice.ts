import { type Billing, InvoiceStateConflict } from '@tollgate/invoicing/billing'
import { invoiceMail, type Mail as Email } from '@tollgate/invoicing/mail'
import { InvalidInput, NotFound, tenantScope } from '@tollgate/kernel'
import { InvoiceId } from '../ids.ts'
import type { Mail } from './compose-mail.ts'

/** What sending an invoice needs. */
export interface EmailInvoiceDependencies {
  readonly billing: Pick<Billing, 'invoicesByIds' | 'profile'>
  /** Undefined if no mail server is set up. */
  readonly mail: Pick<Mail, 'mailbox'> | undefined
}

/** An invoice to send. */
export interface InvoiceToEmail {
  readonly tenantId: string
  readonly invoiceId: string
  /** Defaults to the address on the invoice; if that has none, to the one of the billing profile. */
  readonly to?: string | undefined
}

/** Sends a finalised invoice or credit note by e-mail, also if it was finalised before a mail server was set up, or was sent before. */
export async function emailInvoice({ billing, mail }: EmailInvoiceDependencies, { tenantId, invoiceId, to: wanted }: InvoiceToEmail): Promise<Email> {
  const [invoice] = await billing.invoicesByIds(tenantScope(tenantId), [invoiceId])
  if (invoice === undefined) throw new NotFound('invoice', InvoiceId.encode(`${tenantId}:${invoiceId}`))
  const { status, number } = invoice
  if (status === 'draft') throw new InvoiceStateConflict('A draft is not sent by e-mail. Finalise it first.', status)
  if (status === 'void') throw new InvoiceStateConflict(`The invoice ${number ?? invoiceId} is void, and is not sent by e-mail.`, status)
  if (mail === undefined) {
    const message = 'cannot be sent by e-mail: no mail server is set up; set TOLLGATE_SMTP_URL and TOLLGATE_MAIL_FROM'
    throw new InvalidInput([{ path: 'invoiceId', message }])
  }
  const letter = invoiceMail(invoice, wanted ?? invoice.buyer.email ?? (await billing.profile(tenantId))?.email)
  if (letter === undefined) throw new InvalidInput([{ path: 'to', message: 'is required: neither the invoice nor the billing profile has an e-mail address' }])
  return mail.mailbox.request(letter)
}
