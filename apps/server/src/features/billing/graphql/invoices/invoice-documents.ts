import type { ListedInvoice } from '@tollgate/invoicing/billing'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import type { DocumentFormat } from '../../documents/document-format.ts'
import { InvoiceRef } from './invoice.ts'

const LINK = 'The link needs no key and is valid for 15 minutes. It gives access to this document, and to nothing else.'

builder.objectFields(InvoiceRef, t => ({
  htmlUrl: t.string({
    description: `URL of the invoice as a web page. ${LINK}`,
    resolve: (invoice, _args, context) => urlOf(invoice, 'html', context),
  }),
  pdfUrl: t.string({
    description: `URL of the invoice as PDF/A; a finalised one has the electronic invoice in it (Factur-X). ${LINK}`,
    resolve: (invoice, _args, context) => urlOf(invoice, 'pdf', context),
  }),
  xmlUrl: t.string({
    nullable: true,
    description: `URL of the electronic invoice by EN 16931, as UBL. ${LINK} Null for a draft.`,
    resolve: (invoice, _args, context) => (invoice.number === null ? null : urlOf(invoice, 'ubl', context)),
  }),
}))

/** Returns a signed URL: at the public address of the server, or else at the address that the request was sent to. */
async function urlOf({ tenantId, id }: Pick<ListedInvoice, 'tenantId' | 'id'>, format: DocumentFormat, { tollgate, req }: GraphQLContext): Promise<string> {
  const { links, publicUrl } = tollgate.documents
  const path = await links.pathOf({ tenantId, invoiceId: id, format })
  const host = req?.headers.host
  return `${publicUrl ?? (host === undefined ? '' : `http://${host}`)}${path}`
}
