import type { InvoiceDocument } from './document/invoice-document.ts'
import { renderCii } from './electronic/write-cii.ts'
import { type PdfOptions, renderInvoicePdf } from './pdf/render-pdf.ts'

/** Renders an invoice as Factur-X: a PDF with the invoice as XML in it. Throws `ElectronicInvoiceUnavailable` and `InvalidBranding`. */
export async function renderFacturX(document: InvoiceDocument, options: Pick<PdfOptions, 'fonts'> = {}): Promise<Uint8Array> {
  return renderInvoicePdf(document, { ...options, facturX: renderCii(document) })
}
