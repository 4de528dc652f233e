import { hkdfSync } from 'node:crypto'
import type { MailRenderer, MailSender } from '@tollgate/invoicing/mail'
import type { BillingEnvironment } from '../../../billing-environment.ts'

/** How e-mails are sent. */
export interface MailSettings {
  readonly sender: MailSender
  readonly renderer: MailRenderer
  /** The part of message ids after the "@". */
  readonly domain: string
  /** Signs links in e-mails. */
  readonly key: Uint8Array
  readonly publicUrl: string | null
  /** Whether invoices are sent when they are finalised. */
  readonly sendsInvoices: boolean
  /** Addresses that get the alerts of the operator. */
  readonly operatorAddresses: readonly string[]
}

const KEY_BYTES = 32

/**
 * Reads how e-mails are sent; undefined if they are not. Links in e-mails are signed with a key that is derived from the secret
 * of the installation, so that they stay valid on every server.
 */
export async function mailSettings(
  { smtp, mailTemplates, operatorMail, publicUrl, sendsInvoices }: BillingEnvironment,
  scopeKey: string,
): Promise<MailSettings | undefined> {
  if (smtp === undefined) return undefined
  const { loadTemplates, smtpSender, templateRenderer } = await import('@tollgate/invoicing/smtp')
  return {
    sender: smtpSender(smtp),
    renderer: templateRenderer(await loadTemplates(mailTemplates)),
    domain: smtp.from.replace(/>$/, '').split('@').at(-1) ?? 'localhost',
    key: new Uint8Array(hkdfSync('sha256', Buffer.from(scopeKey, 'hex'), '', 'tollgate unsubscribe links', KEY_BYTES)),
    publicUrl: publicUrl ?? null,
    sendsInvoices,
    operatorAddresses: operatorMail,
  }
}
