import { OPERATOR_SCOPE, type Scope, Temporal, tenantScope, toPage } from '@tollgate/kernel'
import { defineColumns, instantOrNull, type PostgresDatabase, type PostgresTransaction, postgresTransaction, statementValues } from '@tollgate/postgres'
import type { MailOutboxStore } from '../../mail/mail-outbox-store.ts'
import type { MailScheduler } from '../../mail/mail-scheduler.ts'
import type { Mail, MailData, MailDraft, MailKind, MailState } from '../../model/mail/mail.ts'

const DRAFT_COLUMNS = defineColumns<MailDraft>(column => [
  column('id', 'uuid', mail => mail.id),
  column('key', 'text', mail => mail.key),
  column('kind', 'text', mail => mail.kind),
  column('recipient', 'text', mail => mail.to),
  column('locale', 'text', mail => mail.locale),
  column('data', 'jsonb', mail => mail.data),
  column('created_at', 'timestamptz', mail => mail.createdAt),
])
const SELECT_MAIL = `${DRAFT_COLUMNS.names}, state, attempts, resends, sent_at, error`

/** The statements for e-mails of tenants, and of the operator, which have tables without a tenant. The first parameter is the tenant. */
const TENANT = statementsFor({ prefix: '', tenant: 'tenant_id, ', value: '$1::text, ', condition: 'tenant_id = $1 and' })
const OPERATOR = statementsFor({ prefix: 'operator_', tenant: '', value: '', condition: '$1::text is null and' })

function statementsFor({
  prefix,
  tenant,
  value,
  condition,
}: {
  readonly prefix: string
  readonly tenant: string
  readonly value: string
  readonly condition: string
}) {
  const mails = `invoicing.${prefix}mails`
  const unsubscribes = `invoicing.${prefix}mail_unsubscribes`
  return {
    add: `insert into ${mails} (${tenant}${DRAFT_COLUMNS.names}) select ${value}${DRAFT_COLUMNS.unnest(2)}
      where $1::text is not distinct from $1 on conflict do nothing returning id`,
    mail: `select ${SELECT_MAIL} from ${mails} where ${condition} id = $2`,
    mailOfKey: `select ${SELECT_MAIL} from ${mails} where ${condition} key = $2`,
    record: `update ${mails} set attempts = $3, state = $4, error = $5, sent_at = $6 where ${condition} id = $2 and attempts = $3 - 1 returning id`,
    resend: `update ${mails} set state = 'pending', attempts = 0, resends = resends + 1, recipient = coalesce($3, recipient) where ${condition} id = $2 and state <> 'pending' returning id`,
    list: `select ${SELECT_MAIL} from ${mails} where ${condition}`,
    isUnsubscribed: `select 1 from ${unsubscribes} where ${condition} kind = $2 and address = $3`,
    unsubscribe: `insert into ${unsubscribes} (${tenant}kind, address, unsubscribed_at) select ${value}$2, $3, $4::timestamptz
      where $1::text is not distinct from $1 on conflict do nothing`,
  }
}

/** E-mails in PostgreSQL. */
export function postgresMailOutbox({
  database,
  scheduler,
}: {
  readonly database: PostgresDatabase
  readonly scheduler: MailScheduler<PostgresTransaction>
}): MailOutboxStore {
  /** Returns whether it added any. */
  async function addOf(transaction: PostgresTransaction, tenantId: string | null, mails: readonly MailDraft[]): Promise<boolean> {
    const { query } = transaction.inScope(scopeOf(tenantId))
    const added = await query<{ id: string }>(statementsOf(tenantId).add, [tenantId, ...DRAFT_COLUMNS.values(mails)])
    if (added.length === 0) return false
    await scheduler.schedule(
      added.map(({ id }) => ({ tenantId, id, attempt: 1, delayMs: 0 })),
      transaction,
    )
    return true
  }

  async function resendIn(
    transaction: PostgresTransaction,
    { tenantId, id, to }: Parameters<MailOutboxStore['resend']>[0],
    alongside: Parameters<MailOutboxStore['resend']>[1],
  ): Promise<Mail | undefined> {
    const statements = statementsOf(tenantId)
    const resent = await transaction.query(statements.resend, [tenantId, id, to ?? null])
    const [row] = await transaction.query<MailRow>(statements.mail, [tenantId, id])
    if (row === undefined) return undefined
    const mail = mailOf(tenantId, row)
    if (resent.length === 0) return mail
    await scheduler.schedule([{ tenantId, id, attempt: 1, delayMs: 0 }], transaction)
    await alongside?.(transaction, mail)
    return mail
  }

  return {
    async add(transaction, mails) {
      for (const [tenantId, ofTenant] of Map.groupBy(mails, mail => mail.tenantId)) await addOf(postgresTransaction(transaction), tenantId, ofTenant)
    },
    async addNow(mails) {
      for (const [tenantId, ofTenant] of Map.groupBy(mails, mail => mail.tenantId)) {
        await database.transaction(scopeOf(tenantId), transaction => addOf(transaction, tenantId, ofTenant))
      }
    },
    async mail({ tenantId, id }) {
      const [row] = await database.query<MailRow>(scopeOf(tenantId), statementsOf(tenantId).mail, [tenantId, id])
      return row && mailOf(tenantId, row)
    },
    recordAttempt: ({ tenantId, id, number, at, state, error, retryAfterMs }, alongside) =>
      database.transaction(scopeOf(tenantId), async transaction => {
        const values = [tenantId, id, number, state, error, state === 'sent' ? at.toString() : null]
        const rows = await transaction.query(statementsOf(tenantId).record, values)
        if (rows.length === 0) return
        if (retryAfterMs !== null) await scheduler.schedule([{ tenantId, id, attempt: number + 1, delayMs: retryAfterMs }], transaction)
        await alongside?.(transaction)
      }),
    resend: (ref, alongside) => database.transaction(scopeOf(ref.tenantId), transaction => resendIn(transaction, ref, alongside)),
    request: ({ tenantId, ...draft }, alongside) =>
      database.transaction(scopeOf(tenantId), async transaction => {
        const isNew = await addOf(transaction, tenantId, [{ tenantId, ...draft }])
        const [row] = await transaction.query<MailRow>(statementsOf(tenantId).mailOfKey, [tenantId, draft.key])
        if (row === undefined) throw new TypeError('The e-mail was not added')
        const mail = mailOf(tenantId, row)
        if (!isNew) return (await resendIn(transaction, { tenantId, id: mail.id, to: draft.to }, alongside)) ?? mail
        await alongside?.(transaction, mail)
        return mail
      }),
    async mails({ tenantId, state, first, after }) {
      const statement = statementValues()
      statement.add(tenantId)
      const conditions = ['true']
      if (state !== undefined) conditions.push(`state = ${statement.add(state)}`)
      if (after !== undefined) conditions.push(`id < ${statement.add(after)}::uuid`)
      const text = `${statementsOf(tenantId).list} ${conditions.join(' and ')} order by id desc limit ${statement.add(first + 1)}`
      const rows = await database.query<MailRow>(scopeOf(tenantId), text, statement.values)
      return toPage(
        rows.map(row => mailOf(tenantId, row)),
        first,
      )
    },
    async isUnsubscribed({ tenantId, kind, address }) {
      const rows = await database.query(scopeOf(tenantId), statementsOf(tenantId).isUnsubscribed, [tenantId, kind, address.toLowerCase()])
      return rows.length > 0
    },
    async unsubscribe({ tenantId, kind, address }, at) {
      await database.query(scopeOf(tenantId), statementsOf(tenantId).unsubscribe, [tenantId, kind, address.toLowerCase(), at.toString()])
    },
  }
}

function statementsOf(tenantId: string | null) {
  return tenantId === null ? OPERATOR : TENANT
}

function scopeOf(tenantId: string | null): Scope {
  return tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId)
}

interface MailRow {
  readonly id: string
  readonly key: string
  readonly kind: MailKind
  readonly recipient: string
  readonly locale: string
  readonly data: MailData
  readonly created_at: string
  readonly state: MailState
  readonly attempts: number
  readonly resends: number
  readonly sent_at: string | null
  readonly error: string | null
}

function mailOf(tenantId: string | null, { recipient, created_at, sent_at, ...row }: MailRow): Mail {
  return { ...row, tenantId, to: recipient, createdAt: Temporal.Instant.from(created_at), sentAt: instantOrNull(sent_at) }
}
