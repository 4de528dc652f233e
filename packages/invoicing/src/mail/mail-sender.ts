/** Sends e-mails. */
export interface MailSender {
  /** Sends one. Never rejects: the result says what became of it. */
  send(message: MailMessage, signal: AbortSignal): Promise<MailResult>
}

/** An e-mail as it is sent. */
export interface MailMessage {
  /** The same for each attempt, so that a receiver recognises a repeat. */
  readonly messageId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
  readonly attachments: readonly MailAttachment[]
}

/** A file of an e-mail. */
export interface MailAttachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Uint8Array
}

/** What became of an attempt. `deferred`: it can succeed later. `rejected`: the server refuses it for good. */
export type MailResult = { readonly kind: 'sent' } | { readonly kind: 'deferred' | 'rejected'; readonly error: string }
