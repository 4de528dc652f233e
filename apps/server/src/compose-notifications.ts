import { randomBytes } from 'node:crypto'
import type { Alerts } from '@tollgate/alerts'
import type { Clock, Encryption, IdSource } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { Quotas } from '@tollgate/quotas'
import { createWebhooks, type Webhooks, type WebhookSettings } from '@tollgate/webhooks'
import { httpWebhookSender } from '@tollgate/webhooks/http'
import { postgresWebhookStore } from '@tollgate/webhooks/postgres'
import type { ChangeRecorder } from './audited-changes/change-recorder.ts'
import { alertNotifications } from './features/alerts/alert-notifications.ts'
import type { InvoiceEvents } from './features/billing/events/compose-invoice-events.ts'
import { invoiceNotifications } from './features/billing/events/invoice-notifications.ts'
import { composeMail, type Mail, type Mailing } from './features/billing/mail/compose-mail.ts'
import type { MailSettings } from './features/billing/mail/mail-settings.ts'
import { creditAlertNotifications } from './features/credits/credit-alert-notifications.ts'
import { quotaAlertNotifications } from './features/quotas/quota-alert-notifications.ts'
import { attemptJobs } from './features/webhooks/attempt-jobs.ts'
import { auditedWebhooks } from './features/webhooks/audited-webhook-store.ts'

/** What notifications are composed of. */
export interface NotificationParts {
  readonly database: PostgresDatabase
  readonly changes: ChangeRecorder
  readonly encryption: Encryption
  readonly settings: WebhookSettings
  /** Undefined to send no e-mails. */
  readonly mail: MailSettings | undefined
  readonly quotas: Pick<Quotas, 'alerts'>
  readonly alerts: Pick<Alerts, 'events'>
  readonly invoiceEvents: InvoiceEvents
  readonly credits: Parameters<typeof creditAlertNotifications>[0]
  /** Returns what e-mails need of billing, which is composed later. */
  readonly mailing: () => Mailing
  readonly clock: Clock
  readonly ids: IdSource
}

/** Composes what leaves the server when something happens: webhooks and e-mails. */
export function composeNotifications(parts: NotificationParts): { readonly webhooks: Webhooks; readonly mail: Mail | undefined } {
  const { database, changes, encryption, settings, mail, quotas, alerts, invoiceEvents, credits, mailing, clock, ids } = parts
  const mailed = [quotaAlertNotifications(quotas), alertNotifications(alerts)]
  const openWebhooks = (on: PostgresDatabase) => postgresWebhookStore({ database: on, scheduler: attemptJobs, encryption })
  return {
    webhooks: createWebhooks({
      store: auditedWebhooks({ store: openWebhooks(database), open: openWebhooks, changes }),
      sender: httpWebhookSender(),
      sources: [...mailed, creditAlertNotifications(credits), invoiceNotifications(invoiceEvents.store)],
      settings,
      clock,
      ids,
      random: Math.random,
      randomBytes,
    }),
    mail: mail && composeMail({ database: invoiceEvents.database, settings: mail, alerts: mailed, mailing, clock, ids }),
  }
}
