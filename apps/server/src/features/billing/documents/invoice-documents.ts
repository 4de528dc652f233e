import type { SignedLinks } from '@tollgate/accounts'
import { createDocumentLinks, type DocumentLinks } from './document-links.ts'
import { type DocumentRequest, type DocumentSource, renderDocument, type RenderedDocument } from './render-document.ts'

/** Invoices as documents, and links to them. */
export interface InvoiceDocuments {
  readonly links: DocumentLinks
  /** Address of this server for those who get links, without a path. Undefined for the address that a request was sent to. */
  readonly publicUrl: string | undefined
  /** Renders an invoice. Throws `NotFound`, and `ElectronicInvoiceUnavailable` for XML and Factur-X. */
  render(request: DocumentRequest): Promise<RenderedDocument>
}

/** What documents are composed of. */
export interface InvoiceDocumentsDependencies extends DocumentSource {
  readonly links: SignedLinks
  readonly publicUrl?: string | undefined
}

/** Creates the documents of invoices. */
export function createInvoiceDocuments({ links, publicUrl, ...source }: InvoiceDocumentsDependencies): InvoiceDocuments {
  return { links: createDocumentLinks(links), publicUrl, render: request => renderDocument(source, request) }
}
