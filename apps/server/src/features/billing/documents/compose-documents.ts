import { createSignedLinks, type SignedLinksDependencies } from '@tollgate/accounts'
import type { Billing } from '@tollgate/invoicing/billing'
import type { Clock } from '@tollgate/kernel'
import { createInvoiceDocuments, type InvoiceDocuments } from './invoice-documents.ts'
import { type DocumentDesign, PLAIN_DESIGN } from './read-design.ts'

/** How documents look, and where links to them lead. */
export interface DocumentSettings {
  readonly design?: DocumentDesign
  /** Address of the server for those who get links. Defaults to the address that a request was sent to. */
  readonly publicUrl?: string | undefined
}

/** What documents are composed of. */
export interface DocumentParts {
  readonly billing: Pick<Billing, 'invoice'>
  readonly signingKeys: SignedLinksDependencies['store']
  readonly clock: Clock
}

/** Composes the documents of invoices. */
export function composeDocuments(
  { billing, signingKeys, clock }: DocumentParts,
  { design = PLAIN_DESIGN, publicUrl }: DocumentSettings = {},
): InvoiceDocuments {
  return createInvoiceDocuments({ billing, design, publicUrl, links: createSignedLinks({ store: signingKeys, clock }) })
}
