import type { MailData, MailKind } from '../model/mail/mail.ts'

/** Writes the text of e-mails. */
export interface MailRenderer {
  render(mail: RenderedMailInput): Promise<RenderedMail>
}

/** What to write. */
export interface RenderedMailInput {
  readonly kind: MailKind
  readonly locale: string
  readonly data: MailData
  /** Null if the recipient cannot unsubscribe. */
  readonly unsubscribeUrl: string | null
}

/** The text of an e-mail. */
export interface RenderedMail {
  readonly subject: string
  readonly text: string
  readonly html: string
}
