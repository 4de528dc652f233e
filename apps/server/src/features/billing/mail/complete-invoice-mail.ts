import type { Billing } from '@tollgate/invoicing/billing'
import type { Mail, MailAttachment, MailCompletion, MailObsolete } from '@tollgate/invoicing/mail'
import { tenantScope } from '@tollgate/kernel'
import type { InvoiceDocuments } from '../documents/invoice-documents.ts'
import type { InvoiceLinks } from './invoice-links.ts'

/** What completing an e-mail of an invoice needs. */
export interface CompleteInvoiceMailDependencies {
  readonly billing: Pick<Billing, 'invoicesByIds'>
  readonly documents: Pick<InvoiceDocuments, 'render'>
  readonly links: Pick<InvoiceLinks, 'urlOf'>
  /** Whether payers can pay on the page of an invoice. */
  readonly takesPayments: boolean
}

/**
 * Returns what an e-mail of an invoice shows besides its data: links that are valid from now on, and the PDF, which is Factur-X if the invoice
 * can be an electronic one. Reminders have no PDF. Nothing is sent of an invoice that was voided meanwhile.
 */
export async function completeInvoiceMail(
  { billing, documents, links, takesPayments }: CompleteInvoiceMailDependencies,
  { tenantId, kind, data }: Mail,
): Promise<MailCompletion | MailObsolete> {
  const { invoiceId } = data
  if (tenantId === null || typeof invoiceId !== 'string') return { data: {}, attachments: [] }
  const [invoice] = await billing.invoicesByIds(tenantScope(tenantId), [invoiceId])
  if (invoice === undefined || invoice.status === 'void') return { obsolete: 'The invoice was voided before the e-mail was sent.' }
  if (kind === 'reminder' && invoice.status === 'paid') return { obsolete: 'The invoice was paid before the reminder was sent.' }
  const [corrected] = invoice.correctsInvoiceId === null ? [] : await billing.invoicesByIds(tenantScope(tenantId), [invoice.correctsInvoiceId])
  const invoiceUrl = links.urlOf({ tenantId, invoiceId })
  const isPayable = takesPayments && invoice.kind === 'invoice' && invoice.amountDue.gt(0)
  const payUrl = isPayable && invoiceUrl !== null ? `${invoiceUrl}#pay` : null
  const attachments = kind === 'reminder' ? [] : [await pdfOf(documents, { tenantId, invoiceId })]
  return { data: { invoiceUrl, payUrl, correctedNumber: corrected?.number ?? null }, attachments }
}

async function pdfOf(
  documents: Pick<InvoiceDocuments, 'render'>,
  { tenantId, invoiceId }: { readonly tenantId: string; readonly invoiceId: string },
): Promise<MailAttachment> {
  const { fileName: filename, type: contentType, body } = await documents.render({ scope: tenantScope(tenantId), invoiceId, format: 'pdf' })
  return { filename, contentType, content: typeof body === 'string' ? new TextEncoder().encode(body) : body }
}
