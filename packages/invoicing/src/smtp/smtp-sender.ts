import { checkShape, inputShape } from '@tollgate/kernel/input'
import { createTransport } from 'nodemailer'
import type { MailMessage, MailResult, MailSender } from '../mail/mail-sender.ts'

/** Options of the sender. */
export interface SmtpSenderOptions {
  /** "smtps://user:password@mail.example:465", or "smtp://…:587", which upgrades to TLS if the server can. */
  readonly url: string
  /** Who the e-mails are from: "Tollgate <billing@example.com>". */
  readonly from: string
}

const TIMEOUT_MS = 20_000
/** Failures of the connection or of the account, which say nothing about the e-mail. */
const PASSING: ReadonlySet<string> = new Set(['EAUTH', 'ECONNECTION', 'EDNS', 'ESOCKET', 'ETIMEDOUT', 'ETLS', 'EPROTOCOL'])

const OPTIONS = inputShape<SmtpSenderOptions>({ url: 'text', from: 'text' })

/** Sends e-mails with SMTP. nodemailer is the standard library for it, and has no dependencies. */
export function smtpSender(options: SmtpSenderOptions): MailSender {
  checkShape(OPTIONS, options)
  const { url, from } = options
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ messageId, to, subject, text, html, headers, attachments }: MailMessage, signal): Promise<MailResult> {
      if (signal.aborted) return { kind: 'deferred', error: 'The server stopped before the e-mail was sent.' }
      try {
        const files = attachments.map(({ filename, contentType, content }) => ({ filename, contentType, content: Buffer.from(content) }))
        await transport.sendMail({ from, to, subject, text, html, messageId, headers: { ...headers }, attachments: files })
        return { kind: 'sent' }
      } catch (error) {
        return failureOf(error as SmtpError)
      }
    },
  }
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
}

function failureOf({ code, responseCode, message }: SmtpError): MailResult {
  const isFinal = responseCode !== undefined && responseCode >= 500 && !PASSING.has(code ?? '')
  return { kind: isFinal ? 'rejected' : 'deferred', error: message.slice(0, 500) }
}
