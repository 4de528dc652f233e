import type { Mailbox, MailPositions, NewMail } from '@tollgate/invoicing/mail'
import type { Notification, NotificationSource } from '@tollgate/webhooks'

/** What sending alerts by e-mail needs. */
export interface AlertMailsDependencies {
  readonly sources: readonly NotificationSource[]
  readonly positions: MailPositions
  readonly mailbox: Pick<Mailbox, 'sendNow'>
  /** Addresses that get the alerts of the operator. */
  readonly operatorAddresses: readonly string[]
  /** Returns where a tenant gets its alerts, its language and its name; undefined if it has no address. */
  readonly recipientOf: (tenantId: string) => Promise<AlertRecipient | undefined>
}

/** Where a tenant gets its alerts. */
export interface AlertRecipient {
  readonly to: string
  readonly locale: string
  readonly name: string
}

const PAGE_SIZE = 100

/**
 * Sends new alerts by e-mail: of quotas to the tenant and the operator, and operational ones to the operator. Returns how many alerts were
 * read. Alerts from before the first run are not sent. Each is sent once, because its id is the key of its e-mails: a run that was
 * interrupted before it wrote its position sends nothing twice.
 */
export async function sendAlertMails(dependencies: AlertMailsDependencies): Promise<number> {
  let count = 0
  for (const source of dependencies.sources) count += await sendFrom(source, dependencies)
  return count
}

async function sendFrom(source: NotificationSource, dependencies: AlertMailsDependencies): Promise<number> {
  const { positions, mailbox } = dependencies
  const start = await positions.read(source.name)
  let after = start === '' ? undefined : start
  let count = 0
  for (;;) {
    const page = await source.read({ after, first: PAGE_SIZE })
    const last = page.at(-1)
    if (start !== undefined) {
      for (const notification of page) await mailbox.sendNow(await mailsOf(notification, dependencies))
      count += page.length
    }
    if (last !== undefined) after = last.cursor
    if (page.length < PAGE_SIZE) break
  }
  if (start === undefined || count > 0) await positions.write(source.name, after ?? '')
  return count
}

async function mailsOf(notification: Notification, { operatorAddresses, recipientOf }: AlertMailsDependencies): Promise<readonly NewMail[]> {
  const { id, tenantId, type } = notification
  const isQuota = type === 'quota.threshold_reached'
  const kind = isQuota ? 'quota_alert' : 'operational_alert'
  const recipient = isQuota && tenantId !== null ? await recipientOf(tenantId) : undefined
  const data = isQuota ? quotaData(notification) : operationalData(notification)
  const toOperator = operatorAddresses.map((to): NewMail => ({
    tenantId: null,
    key: `${id} ${to}`,
    kind,
    to,
    locale: 'en',
    data: { ...data, tenantName: recipient?.name ?? tenantId },
  }))
  if (recipient === undefined || tenantId === null) return toOperator
  const { to, locale } = recipient
  return [...toOperator, { tenantId, key: id, kind, to, locale, data: { ...data, tenantName: null } }]
}

function quotaData({ data }: Notification) {
  return {
    percentage: textOf(data['threshold']),
    window: textOf(data['window']).toLowerCase().replaceAll('_', ' '),
    metric: textOf(data['operation'] ?? data['metric']).toLowerCase(),
    used: textOf(data['used']),
    limit: textOf(data['limit']),
  }
}

function operationalData({ type, occurredAt, data }: Notification) {
  return {
    title: `${textOf(data['kind']).toLowerCase().replaceAll('_', ' ')}${data['tenantId'] === null ? '' : `, ${textOf(data['tenantId'])}`}`,
    message: textOf(data['message']),
    isRecovered: type === 'alert.recovered',
    occurredAt: occurredAt.toString(),
    timeZone: 'UTC',
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
