export {
  createMailbox,
  type Mailbox,
  type MailboxDependencies,
  type MailCompletion,
  type MailObsolete,
  type NewMail,
  UNSUBSCRIBE_PATH,
} from './create-mailbox.ts'
export { invoiceMail } from './invoice-mail.ts'
export type { MailAttempt, MailOutboxStore, MailRef, MailsQuery, MailSubscription } from './mail-outbox-store.ts'
export type { MailPositions } from './mail-positions.ts'
export type { MailRenderer, RenderedMail, RenderedMailInput } from './mail-renderer.ts'
export type { MailScheduler, ScheduledMail } from './mail-scheduler.ts'
export type { MailAttachment, MailMessage, MailResult, MailSender } from './mail-sender.ts'
export { MAX_MAIL_ATTEMPTS } from '../engine/mail/retry-delay.ts'
export { isMailAddress } from '../model/mail/check-mail-address.ts'
export {
  ALERT_KINDS,
  type AlertMailKind,
  isAlertKind,
  type Mail,
  MAIL_KINDS,
  MAIL_STATES,
  type MailData,
  type MailDraft,
  type MailKind,
  type MailState,
} from '../model/mail/mail.ts'
