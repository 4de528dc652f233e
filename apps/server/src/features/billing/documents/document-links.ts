import type { SignedLinks } from '@tollgate/accounts'
import { coalescedLookup, isUuid } from '@tollgate/kernel'
import { type DocumentFormat, isDocumentFormat } from './document-format.ts'

/** The path that links lead to. */
export const DOCUMENT_PATH = '/v1/invoices/document'

/** How long a link to a document is valid. */
export const DOCUMENT_LINK_SECONDS = 900

/** A document that a link leads to. */
export interface LinkedDocument {
  readonly tenantId: string
  readonly invoiceId: string
  readonly format: DocumentFormat
}

/** Makes links to documents, and reads them. */
export interface DocumentLinks {
  /** Returns the path of a document, with a signature. Links that are requested together are signed together. */
  pathOf(document: LinkedDocument): Promise<string>
  /** Returns the document, or why the link is not valid. */
  read(link: string): Promise<LinkedDocument | 'link-unknown' | 'link-expired'>
}

/** Creates links to documents. */
export function createDocumentLinks(links: SignedLinks): DocumentLinks {
  const signed = coalescedLookup(
    async (keys: readonly string[]) => {
      const documents = keys.map(key => JSON.parse(key) as { readonly tenantId: string; readonly resource: string })
      const { texts } = await links.sign(documents, { ttlSeconds: DOCUMENT_LINK_SECONDS })
      return new Map(keys.map((key, position) => [key, texts[position] ?? '']))
    },
    { startAfter: () => new Promise(setImmediate) },
  )
  return {
    async pathOf({ tenantId, invoiceId, format }) {
      const text = await signed(JSON.stringify({ tenantId, resource: `invoice ${invoiceId} ${format}` }))
      return `${DOCUMENT_PATH}?link=${text ?? ''}`
    },
    async read(link) {
      const verified = await links.verify(link)
      if (typeof verified === 'string') return verified
      const [kind, invoiceId = '', format = ''] = verified.resource.split(' ')
      return kind === 'invoice' && isUuid(invoiceId) && isDocumentFormat(format) ? { tenantId: verified.tenantId, invoiceId, format } : 'link-unknown'
    },
  }
}
