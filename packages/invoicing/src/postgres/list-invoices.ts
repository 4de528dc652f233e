import { type Page, type Scope, tenantScope, toPage } from '@tollgate/kernel'
import { inScope, pageInScope, type PostgresDatabase, type StatementValues, statementValues } from '@tollgate/postgres'
import type { DraftInvoice, InvoicesQuery, InvoiceSummary } from '../billing/invoice-store.ts'
import type { InvoiceStatus } from '../model/invoices/invoice.ts'
import { draftOf, type DraftRow, SELECT_DRAFT } from './tables/billing-periods.ts'
import { type InvoiceRow, SELECT_INVOICE, summaryOf } from './tables/invoices.ts'

/** Lists drafts and invoices by id, highest first. Relies on the primary keys for a tenant, and on indexes by id for all. */
export async function listInvoices(database: PostgresDatabase, scope: Scope, query: InvoicesQuery): Promise<Page<InvoiceSummary | DraftInvoice>> {
  const { first, status, kind } = query
  const wanted = await Promise.all([
    status === undefined || status !== 'draft'
      ? readPage<InvoiceRow>(database, scope, { query, columns: SELECT_INVOICE, from: 'invoicing.invoices', condition: conditionOf })
      : [],
    (status === undefined || status === 'draft') && kind !== 'credit_note'
      ? readPage<DraftRow>(database, scope, { query, columns: SELECT_DRAFT, from: 'invoicing.draft_invoices', condition: () => 'true' })
      : [],
  ])
  const [invoices, drafts] = wanted
  const items = [...invoices.map(summaryOf), ...drafts.map(draftOf)].toSorted((a, b) => (a.id < b.id ? 1 : -1))
  return toPage(items.slice(0, first + 1), first)
}

interface PageToRead {
  readonly query: InvoicesQuery
  readonly columns: string
  readonly from: string
  readonly condition: (query: InvoicesQuery, values: StatementValues) => string
}

function readPage<Row>(database: PostgresDatabase, scope: Scope, { query, columns, from, condition }: PageToRead): Promise<Row[]> {
  const values = statementValues()
  const page = pageInScope(query.tenantId === undefined ? scope : tenantScope(query.tenantId), values, 'id desc')
  const conditions = [
    page.condition,
    ...(query.tenantId === undefined ? [] : [inScope(scope, values)]),
    condition(query, values),
    ...(query.after === undefined ? [] : [`id < ${values.add(query.after)}::uuid`]),
  ]
  return database.query<Row>(
    scope,
    `select ${columns} from ${from} where ${conditions.join(' and ')} order by ${page.order} limit ${values.add(query.first + 1)}`,
    values.values,
  )
}

/** The same rules as `invoiceStatus`. */
function conditionOf({ kind, status, now }: InvoicesQuery, values: StatementValues): string {
  const ofKind = kind === undefined ? 'true' : `kind = ${values.add(kind)}`
  return status === undefined ? ofKind : `${ofKind} and ${STATUS_CONDITIONS[status](() => `${values.add(now.toString())}::timestamptz`)}`
}

const UNPAID = `state = 'open' and amount_paid < total`

const STATUS_CONDITIONS: Record<InvoiceStatus, (now: () => string) => string> = {
  draft: () => 'false',
  void: () => `state = 'void'`,
  paid: () => `state <> 'void' and amount_paid >= total`,
  uncollectible: () => `state = 'uncollectible' and amount_paid < total`,
  overdue: now => `${UNPAID} and due_at < ${now()}`,
  partially_paid: now => `${UNPAID} and (due_at is null or due_at >= ${now()}) and amount_paid > 0`,
  sent: now => `${UNPAID} and (due_at is null or due_at >= ${now()}) and amount_paid <= 0 and sent_at is not null`,
  finalized: now => `${UNPAID} and (due_at is null or due_at >= ${now()}) and amount_paid <= 0 and sent_at is null`,
}
