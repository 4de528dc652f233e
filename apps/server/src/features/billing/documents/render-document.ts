import type { Billing } from '@tollgate/invoicing/billing'
import type { InvoiceDocument } from '@tollgate/invoicing/rendering'
import { NotFound, type Scope } from '@tollgate/kernel'
import type { DocumentFormat } from './document-format.ts'
import type { DocumentDesign } from './read-design.ts'

/** A document as a file. */
export interface RenderedDocument {
  readonly type: string
  /** Without a path, and safe in a header. */
  readonly fileName: string
  readonly body: string | Uint8Array
}

/** An invoice to render. */
export interface DocumentRequest {
  readonly scope: Scope
  readonly invoiceId: string
  readonly format: DocumentFormat
}

/** What documents are rendered from. */
export interface DocumentSource {
  readonly billing: Pick<Billing, 'invoice'>
  readonly design: DocumentDesign
}

const TYPES: Readonly<Record<DocumentFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  facturx: 'application/pdf',
  ubl: 'application/xml; charset=utf-8',
  cii: 'application/xml; charset=utf-8',
}

/** Renders an invoice. Throws `NotFound`, and `ElectronicInvoiceUnavailable` for XML and Factur-X. */
export async function renderDocument({ billing, design }: DocumentSource, { scope, invoiceId, format }: DocumentRequest): Promise<RenderedDocument> {
  const invoice = await billing.invoice(scope, invoiceId)
  if (invoice === undefined) throw new NotFound('invoice', invoiceId)
  const corrected = invoice.correctsInvoiceId === null ? undefined : await billing.invoice(scope, invoice.correctsInvoiceId)
  const corrects = corrected === undefined || corrected.number === null ? undefined : { number: corrected.number, issuedAt: corrected.issuedAt }
  const document: InvoiceDocument = { invoice, corrects, branding: design.branding, texts: design.texts }
  const name = (invoice.number ?? `draft-${invoice.id}`).replaceAll(/[^\w.-]+/g, '-')
  const extension = format === 'facturx' ? 'pdf' : format === 'ubl' || format === 'cii' ? `${format}.xml` : format
  return { type: TYPES[format], fileName: `${name}.${extension}`, body: await render(document, format, design) }
}

async function render(document: InvoiceDocument, format: DocumentFormat, { fonts }: DocumentDesign): Promise<string | Uint8Array> {
  // Loaded when needed: a server that renders nothing does not load fonts and the PDF library.
  const rendering = await import('@tollgate/invoicing/rendering')
  switch (format) {
    case 'html':
      return rendering.renderInvoiceHtml(document)
    case 'ubl':
      return rendering.renderUbl(document)
    case 'cii':
      return rendering.renderCii(document)
    case 'facturx':
      return rendering.renderFacturX(document, { fonts })
    case 'pdf':
      try {
        return await rendering.renderFacturX(document, { fonts })
      } catch (error) {
        if (!(error instanceof rendering.ElectronicInvoiceUnavailable)) throw error
        return rendering.renderInvoicePdf(document, { fonts })
      }
  }
}
