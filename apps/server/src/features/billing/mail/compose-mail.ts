import { createMailbox, type Mailbox } from '@tollgate/invoicing/mail'
import { postgresMailOutbox, postgresMailPositions } from '@tollgate/invoicing/postgres'
import type { Clock, IdSource } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { NotificationSource } from '@tollgate/webhooks'
import { type AlertMailsDependencies, sendAlertMails } from './alert-mails.ts'
import { mailAttempts } from './mail-attempts.ts'
import type { MailSettings } from './mail-settings.ts'

/** E-mails of the program. */
export interface Mail {
  readonly mailbox: Mailbox
  /** Sends new alerts by e-mail. Returns how many were read. */
  sendAlerts(): Promise<number>
}

/** What e-mails are composed of. */
export interface MailParts {
  readonly database: PostgresDatabase
  readonly settings: MailSettings
  readonly alerts: readonly NotificationSource[]
  readonly recipientOf: AlertMailsDependencies['recipientOf']
  readonly clock: Clock
  readonly ids: IdSource
}

/** Composes e-mails over PostgreSQL. */
export function composeMail({ database, settings, alerts, recipientOf, clock, ids }: MailParts): Mail {
  const { operatorAddresses, ...sending } = settings
  const store = postgresMailOutbox({ database, scheduler: mailAttempts })
  const mailbox = createMailbox({ ...sending, store, clock, ids, random: Math.random })
  const positions = postgresMailPositions({ database })
  return { mailbox, sendAlerts: () => sendAlertMails({ sources: alerts, positions, mailbox, operatorAddresses, recipientOf }) }
}
