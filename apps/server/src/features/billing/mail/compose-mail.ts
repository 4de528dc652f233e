import { createMailbox, type Mailbox, type MailboxDependencies } from '@tollgate/invoicing/mail'
import { postgresMailOutbox, postgresMailPositions } from '@tollgate/invoicing/postgres'
import type { Clock, IdSource } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { NotificationSource } from '@tollgate/webhooks'
import { type AlertMailsDependencies, sendAlertMails } from './alert-mails.ts'
import { createInvoiceLinks, type InvoiceLinks } from './invoice-links.ts'
import { mailAttempts } from './mail-attempts.ts'
import type { MailSettings } from './mail-settings.ts'

/** E-mails of the program. */
export interface Mail {
  readonly mailbox: Mailbox
  /** Whether invoices are sent when they are finalised. */
  readonly sendsInvoices: boolean
  readonly invoiceLinks: InvoiceLinks
  /** Sends new alerts by e-mail. Returns how many were read. */
  sendAlerts(): Promise<number>
}

/** What e-mails need of billing. */
export interface Mailing {
  /** Returns where a tenant gets its alerts. */
  readonly recipientOf: AlertMailsDependencies['recipientOf']
  /** Adds files and links to e-mails of invoices. */
  readonly complete: NonNullable<MailboxDependencies['complete']>
  /** Called in the transaction in which somebody has an e-mail sent, or sent again. */
  readonly onResent: NonNullable<MailboxDependencies['onResent']>
  /** Called in the transaction that records that an e-mail was sent. */
  readonly onSent: NonNullable<MailboxDependencies['onSent']>
}

/** What e-mails are composed of. */
export interface MailParts {
  readonly database: PostgresDatabase
  readonly settings: MailSettings
  readonly alerts: readonly NotificationSource[]
  readonly mailing: () => Mailing
  readonly clock: Clock
  readonly ids: IdSource
}

/** Composes e-mails over PostgreSQL. */
export function composeMail({ database, settings, alerts, mailing, clock, ids }: MailParts): Mail {
  const { operatorAddresses, sendsInvoices, ...sending } = settings
  const store = postgresMailOutbox({ database, scheduler: mailAttempts })
  const mailbox = createMailbox({
    ...sending,
    store,
    complete: mail => mailing().complete(mail),
    onResent: (transaction, mail) => mailing().onResent(transaction, mail),
    onSent: (transaction, mail) => mailing().onSent(transaction, mail),
    clock,
    ids,
    random: Math.random,
  })
  const positions = postgresMailPositions({ database })
  return {
    mailbox,
    sendsInvoices,
    invoiceLinks: createInvoiceLinks({ ...sending, clock }),
    sendAlerts: () => sendAlertMails({ sources: alerts, positions, mailbox, operatorAddresses, recipientOf: tenantId => mailing().recipientOf(tenantId) }),
  }
}
