import type { Temporal } from '@tollgate/kernel'

/** What e-mails are about. */
export const MAIL_KINDS = ['invoice', 'credit_note', 'reminder', 'quota_alert', 'operational_alert'] as const

/** What an e-mail is about. */
export type MailKind = (typeof MAIL_KINDS)[number]

/** Kinds that a recipient can unsubscribe from. Invoices, credit notes and reminders are not among them. */
export const ALERT_KINDS = ['quota_alert', 'operational_alert'] as const satisfies readonly MailKind[]

/** A kind that a recipient can unsubscribe from. */
export type AlertMailKind = (typeof ALERT_KINDS)[number]

/** What can become of an e-mail. */
export const MAIL_STATES = ['pending', 'sent', 'failed', 'unsubscribed'] as const

/** What has become of an e-mail. */
export type MailState = (typeof MAIL_STATES)[number]

/** An e-mail to send. It is written when its reason is written, and sent after that. */
export interface MailDraft {
  /** A UUIDv7. */
  readonly id: string
  /** Whose it is. Null for the operator. */
  readonly tenantId: string | null
  /** Says why it is sent: one e-mail for each key and tenant. */
  readonly key: string
  readonly kind: MailKind
  readonly to: string
  /** BCP 47. Language and formats. */
  readonly locale: string
  /** What its template shows: plain JSON, decimals and times as text. */
  readonly data: MailData
  readonly createdAt: Temporal.Instant
}

/** What the template of an e-mail shows. */
export type MailData = Readonly<Record<string, string | number | boolean | null>>

/** An e-mail and what has become of it. */
export interface Mail extends MailDraft {
  readonly state: MailState
  /** Number of attempts to send it, since it was last resent. */
  readonly attempts: number
  /** How often somebody had it sent again. */
  readonly resends: number
  readonly sentAt: Temporal.Instant | null
  /** Why the last attempt failed. */
  readonly error: string | null
}

/** Whether recipients can unsubscribe from a kind. */
export function isAlertKind(kind: MailKind): kind is AlertMailKind {
  return (ALERT_KINDS as readonly MailKind[]).includes(kind)
}
