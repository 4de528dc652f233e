import type { Page, PageRequest, Temporal, Transaction } from '@tollgate/kernel'
import type { AlertMailKind, Mail, MailDraft, MailState } from '../model/mail/mail.ts'

/** Stores e-mails until they are sent, and who unsubscribed. `describeMailOutbox` is the contract of all adapters. */
export interface MailOutboxStore {
  /** Adds e-mails to send, and schedules their first attempt, in the transaction of their reason. Omits those whose key exists. */
  add(transaction: Transaction, mails: readonly MailDraft[]): Promise<void>
  /** `add` in a transaction of its own. */
  addNow(mails: readonly MailDraft[]): Promise<void>
  /** Returns an e-mail, or undefined. */
  mail(ref: MailRef): Promise<Mail | undefined>
  /**
   * Records the result of an attempt, and schedules the next if there is one. Does nothing if the attempt was recorded before. `alongside` becomes part
   * of the transaction.
   */
  recordAttempt(result: MailAttempt, alongside?: (transaction: Transaction) => Promise<void>): Promise<void>
  /**
   * Makes an e-mail that was sent or has failed pending again, to another address if `to` is given, and schedules its first attempt. Returns it as it is
   * now; undefined for an unknown one. `alongside` becomes part of the transaction; it is not called for an e-mail that is pending.
   */
  resend(ref: MailRef & { readonly to?: string | undefined }, alongside?: (transaction: Transaction, mail: Mail) => Promise<void>): Promise<Mail | undefined>
  /**
   * Adds an e-mail and schedules its first attempt. If its key exists, that e-mail becomes pending again as by `resend`, to the address of this one. Returns
   * the e-mail as it is now.
   */
  request(mail: MailDraft, alongside?: (transaction: Transaction, mail: Mail) => Promise<void>): Promise<Mail>
  /** Lists e-mails of a tenant, or of the operator for null, latest first. */
  mails(query: MailsQuery): Promise<Page<Mail>>
  /** Whether an address gets no more e-mails of a kind. */
  isUnsubscribed(subscription: MailSubscription): Promise<boolean>
  unsubscribe(subscription: MailSubscription, at: Temporal.Instant): Promise<void>
}

/** Names an e-mail. */
export interface MailRef {
  /** Null for an e-mail of the operator. */
  readonly tenantId: string | null
  readonly id: string
}

/** An attempt to send an e-mail. */
export interface MailAttempt extends MailRef {
  /** Counts from 1. */
  readonly number: number
  readonly at: Temporal.Instant
  readonly state: MailState
  readonly error: string | null
  /** When to try again, if it is pending. */
  readonly retryAfterMs: number | null
}

/** Which e-mails to list. */
export interface MailsQuery extends PageRequest {
  readonly tenantId: string | null
  readonly state?: MailState | undefined
}

/** E-mails of a kind to an address. */
export interface MailSubscription {
  readonly tenantId: string | null
  readonly kind: AlertMailKind
  readonly address: string
}
