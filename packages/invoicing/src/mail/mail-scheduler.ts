import type { Transaction } from '@tollgate/kernel'
import type { MailRef } from './mail-outbox-store.ts'

/** Schedules attempts to send e-mails. When one is due, call `deliver` of `Mailbox` with it. */
export interface MailScheduler<Tx extends Transaction = Transaction> {
  /** Schedules attempts in the transaction that makes them due. */
  schedule(attempts: readonly ScheduledMail[], transaction: Tx): Promise<void>
}

/** An attempt to make. */
export interface ScheduledMail extends MailRef {
  /** Counts from 1. */
  readonly attempt: number
  readonly delayMs: number
}
