import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock, isUuid } from '@tollgate/kernel'

/** The path of the page of an invoice. */
export const INVOICE_PAGE_PATH = '/v1/invoices/view'

/** How long a link in an e-mail is valid. */
export const INVOICE_LINK_DAYS = 180

const DAY_SECONDS = 86_400

/** An invoice that a link leads to. */
export interface LinkedInvoice {
  readonly tenantId: string
  readonly invoiceId: string
}

/** Makes links from e-mails to pages of invoices, and reads them. */
export interface InvoiceLinks {
  /** Returns the URL of the page of an invoice. Null if the address of the server is unknown. */
  urlOf(invoice: LinkedInvoice): string | null
  /** Returns the invoice of a token, or why it is not valid. */
  read(token: string): LinkedInvoice | 'link-unknown' | 'link-expired'
}

/** What links need. */
export interface InvoiceLinksDependencies {
  readonly key: Uint8Array
  readonly publicUrl: string | null
  readonly clock: Clock
}

/**
 * Creates links that are signed with a key of the installation. They last longer than links to documents, because people open an e-mail
 * weeks later, so they lead to a page and not to a file.
 */
export function createInvoiceLinks({ key, publicUrl, clock }: InvoiceLinksDependencies): InvoiceLinks {
  const seconds = () => Math.floor(clock.now().epochMilliseconds / 1_000)
  return {
    urlOf({ tenantId, invoiceId }) {
      if (publicUrl === null) return null
      const content = Buffer.from(JSON.stringify([tenantId, invoiceId, seconds() + INVOICE_LINK_DAYS * DAY_SECONDS])).toString('base64url')
      return `${publicUrl}${INVOICE_PAGE_PATH}?token=${content}.${signatureOf(content, key).toString('base64url')}`
    },
    read(token) {
      const [content = '', signature = '', ...others] = token.split('.')
      const given = Buffer.from(signature, 'base64url')
      const expected = signatureOf(content, key)
      if (others.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return 'link-unknown'
      const [tenantId, invoiceId, expiresAt] = JSON.parse(Buffer.from(content, 'base64url').toString()) as [string, string, number]
      if (!isUuid(invoiceId)) return 'link-unknown'
      return expiresAt <= seconds() ? 'link-expired' : { tenantId, invoiceId }
    },
  }
}

function signatureOf(content: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`invoice page ${content}`).digest()
}
