import { type Scope, tenantScope, toPage } from '@tollgate/kernel'
import { awaitAll, type PostgresDatabase, type PostgresTransaction, retryOnConflict, textArray, uuidArray } from '@tollgate/postgres'
import type {
  AddedInvoice,
  BillingChange,
  CorrectedInvoice,
  DraftInvoice,
  InvoiceStateChange,
  InvoiceStore,
  InvoiceSummary,
  NumberedInvoice,
  StoredPeriods,
} from '../billing/invoice-store.ts'
import type { InvoiceLine } from '../model/invoices/invoice-line.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import { listInvoices } from './list-invoices.ts'
import { readBillingStates } from './read-billing-states.ts'
import { readSettledPeriods, settlePeriods } from './settled-periods.ts'
import { DRAFT_COLUMNS, type DraftRow, draftOf, PERIOD_COLUMNS, SELECT_DRAFT } from './tables/billing-periods.ts'
import { INVOICE_COLUMNS, type InvoiceRow, SELECT_INVOICE, summaryOf } from './tables/invoices.ts'
import { LINE_COLUMNS, lineOf, type LineRow, SELECT_LINE } from './tables/lines.ts'

/**
 * Locks the accounts of tenants that have the expected revisions, in their order so that two transactions cannot deadlock, and takes the next number of
 * each series. A row to insert has the revision after the expected one, and the series with a first number.
 */
export const NEXT_REVISIONS = {
  name: 'invoicing_next_revisions',
  text: `insert into invoicing.billing_accounts as account (tenant_id, revision, numbers)
    select tenant_id, expected + 1, case when series is null then '{}'::jsonb else jsonb_build_object(series, 1) end
    from unnest($1::text[], $2::integer[], $3::text[]) as change (tenant_id, expected, series) order by tenant_id collate "C"
    on conflict (tenant_id) do update set revision = excluded.revision,
      numbers = account.numbers || coalesce(
        (select jsonb_object_agg(series, coalesce((account.numbers ->> series)::integer, 0) + 1) from jsonb_object_keys(excluded.numbers) as series), '{}')
      where account.revision = excluded.revision - 1
    returning tenant_id, numbers`,
}

const INSERT_PERIODS = {
  name: 'invoicing_insert_periods',
  text: `insert into invoicing.billing_periods (${PERIOD_COLUMNS.names}) select ${PERIOD_COLUMNS.unnest(1)}`,
}

const INSERT_INVOICES = {
  name: 'invoicing_insert_invoices',
  text: `insert into invoicing.invoices (${INVOICE_COLUMNS.names}) select ${INVOICE_COLUMNS.unnest(1)}`,
}

const INSERT_LINES = { name: 'invoicing_insert_lines', text: `insert into invoicing.invoice_lines (${LINE_COLUMNS.names}) select ${LINE_COLUMNS.unnest(1)}` }

/** Relies on the primary key. */
export const DELETE_DRAFTS = `delete from invoicing.draft_invoices as draft using unnest($1::text[], $2::uuid[]) as finalised (tenant_id, id)
  where draft.tenant_id = finalised.tenant_id and draft.id = finalised.id`

const ADD_DRAFTS = `insert into invoicing.draft_invoices (${DRAFT_COLUMNS.names}) select ${DRAFT_COLUMNS.unnest(1)} on conflict do nothing`

/** Creates the account of a tenant, and locks it. */
const LOCK_ACCOUNT = `insert into invoicing.billing_accounts as account (tenant_id, revision, numbers) values ($1, 1, '{}')
  on conflict (tenant_id) do update set revision = account.revision + 1`

const NEXT_NUMBER = `update invoicing.billing_accounts
  set numbers = numbers || jsonb_build_object($2::text, coalesce((numbers ->> $2::text)::integer, 0) + 1)
  where tenant_id = $1 returning (numbers ->> $2::text)::integer as sequence`

const INVOICES_BY_IDS = `select ${SELECT_INVOICE} from invoicing.invoices where id = any ($1::uuid[])`

const LOCKED_INVOICE = `select ${SELECT_INVOICE} from invoicing.invoices where tenant_id = $1 and id = $2 for update`

const INVOICE_OR_NOTES = `select ${SELECT_INVOICE} from invoicing.invoices where tenant_id = $1 and (id = any ($2::uuid[]) or corrects_invoice_id = any ($2::uuid[]))`

const CHANGE_STATE = 'update invoicing.invoices set state = coalesce($3, state), sent_at = coalesce($4, sent_at) where tenant_id = $1 and id = $2'

/** Stores invoices in PostgreSQL. Any number of processes may bill at the same time. */
export function postgresInvoiceStore(database: PostgresDatabase): InvoiceStore {
  return {
    states: (tenantIds, options) => readBillingStates(database, tenantIds, options),
    bill: async change => (await retryOnConflict(() => billAll(database, [change])))[0],
    billAll: changes => retryOnConflict(() => billAll(database, changes)),
    add: (tenantId, added, make) =>
      retryOnConflict(() => database.transaction(tenantScope(tenantId), transaction => addInvoice(transaction, { tenantId, added, make }))),
    settledPeriods: (tenantIds, options) => readSettledPeriods(database, tenantIds, options),
    settle: periods => settlePeriods(database, periods),
    async addDrafts(drafts) {
      for (const [tenantId, of] of Map.groupBy(drafts, draft => draft.tenantId)) {
        await database.query(tenantScope(tenantId), ADD_DRAFTS, DRAFT_COLUMNS.values(of))
      }
    },
    drafts: (scope, ids) => readDrafts(database, scope, ids),
    invoices: (scope, ids) => readInvoices(database, scope, ids),
    list: (scope, query) => listInvoices(database, scope, query),
    lines: (scope, invoiceIds) => readLines(database, scope, invoiceIds),
    async linePage(scope, invoiceId, { first, after = 0 }) {
      const [text, values] = scoped(scope, LINES, 'invoice.', [invoiceId])
      const page = [...values, after, first + 1]
      const paged = `${text} and line.position > $${page.length - 1} order by line.position limit $${page.length}`
      return toPage((await database.query<LineRow>(scope, paged, page)).map(lineOf), first)
    },
    change: (tenantId, invoiceId, decide) =>
      retryOnConflict(() => database.transaction(tenantScope(tenantId), transaction => changeState(transaction, { tenantId, invoiceId, decide }))),
  }
}

async function billAll(database: PostgresDatabase, changes: readonly BillingChange[]): Promise<readonly (StoredPeriods | undefined)[]> {
  const tenantIds = changes.map(({ tenantId }) => tenantId)
  return changes.length === 0 ? [] : database.transaction(tenantScope(...tenantIds), transaction => billIn(transaction, changes))
}

async function billIn(transaction: PostgresTransaction, changes: readonly BillingChange[]): Promise<readonly (StoredPeriods | undefined)[]> {
  const accounts = await transaction.query<{ tenant_id: string; numbers: Readonly<Record<string, number>> }>(NEXT_REVISIONS, [
    textArray(changes.map(({ tenantId }) => tenantId)),
    changes.map(({ revision }) => revision),
    changes.map(({ invoice }) => invoice?.series ?? null),
  ])
  const numbersOf = new Map(accounts.map(({ tenant_id, numbers }) => [tenant_id, numbers]))
  const current = changes.filter(({ tenantId }) => numbersOf.has(tenantId))
  const numbered = current.flatMap(({ tenantId, invoice }) =>
    invoice === null ? [] : [{ tenantId, numbered: invoice, sequence: numbersOf.get(tenantId)?.[invoice.series] ?? 0 }],
  )
  const [stored] = await awaitAll([
    insertInvoices(transaction, numbered),
    transaction.query(
      INSERT_PERIODS,
      PERIOD_COLUMNS.values(current.flatMap(({ tenantId, subscriptionId, periods }) => periods.map(period => ({ tenantId, subscriptionId, ...period })))),
    ),
  ])
  const invoiceOf = new Map(numbered.map(({ tenantId }, at) => [tenantId, stored[at] ?? null]))
  return changes.map(({ tenantId }) => (numbersOf.has(tenantId) ? { invoice: invoiceOf.get(tenantId) ?? null } : undefined))
}

async function insertInvoices(
  transaction: PostgresTransaction,
  numbered: readonly { readonly numbered: NumberedInvoice; readonly sequence: number }[],
): Promise<readonly StoredInvoice[]> {
  if (numbered.length === 0) return []
  const invoices = numbered.map(({ numbered: { make, ...of }, sequence }) => ({ ...of, sequence, invoice: make(sequence) }))
  const lines = invoices.flatMap(({ invoice, charges }) =>
    invoice.lines.map((line, at) => ({ tenantId: invoice.tenantId, invoiceId: invoice.id, line, charge: charges[at] ?? null })),
  )
  await awaitAll([
    transaction.query(INSERT_INVOICES, INVOICE_COLUMNS.values(invoices)),
    transaction.query(INSERT_LINES, LINE_COLUMNS.values(lines)),
    transaction.query(DELETE_DRAFTS, [textArray(invoices.map(({ invoice }) => invoice.tenantId)), uuidArray(invoices.map(({ invoice }) => invoice.id))]),
  ])
  return invoices.map(({ invoice }) => invoice)
}

interface InvoiceToAdd {
  readonly tenantId: string
  readonly added: AddedInvoice
  readonly make: (corrected: CorrectedInvoice) => NumberedInvoice
}

async function addInvoice(transaction: PostgresTransaction, { tenantId, added: { id, corrects }, make }: InvoiceToAdd): Promise<StoredInvoice> {
  await transaction.query(LOCK_ACCOUNT, [tenantId])
  const wanted = corrects === undefined ? [id] : [id, corrects]
  const summaries = (await transaction.query<InvoiceRow>(INVOICE_OR_NOTES, [tenantId, uuidArray(wanted)])).map(summaryOf)
  const lines = await readLinesIn(transaction, tenantId, summaries)
  const withLines = (summary: InvoiceSummary) => ({ ...summary, lines: lines.get(summary.id) ?? [] })
  const existing = summaries.find(summary => summary.id === id)
  if (existing !== undefined) return asStored(withLines(existing))
  const invoice = summaries.find(summary => summary.id === corrects)
  const notes = summaries.filter(summary => corrects !== undefined && summary.correctsInvoiceId === corrects).map(withLines)
  const numbered = make({ invoice: invoice && withLines(invoice), notes: notes.map(asStored) })
  const [account] = await transaction.query<{ sequence: number }>(NEXT_NUMBER, [tenantId, numbered.series])
  const [stored] = await insertInvoices(transaction, [{ numbered, sequence: account?.sequence ?? 0 }])
  if (stored === undefined) throw new TypeError('The invoice was not stored')
  return stored
}

function asStored({ state: _, ...invoice }: InvoiceSummary & { readonly lines: readonly InvoiceLine[] }): StoredInvoice {
  return { ...invoice, status: 'finalized' }
}

interface StateToChange {
  readonly tenantId: string
  readonly invoiceId: string
  readonly decide: (invoice: InvoiceSummary) => InvoiceStateChange
}

async function changeState(
  transaction: PostgresTransaction,
  { tenantId, invoiceId, decide }: StateToChange,
): Promise<{ readonly before: InvoiceSummary; readonly after: InvoiceSummary } | undefined> {
  const [row] = await transaction.query<InvoiceRow>(LOCKED_INVOICE, [tenantId, invoiceId])
  if (row === undefined) return undefined
  const before = summaryOf(row)
  const { state = before.state, sentAt = before.sentAt } = decide(before)
  // What was billed changes with the state.
  if (state !== before.state) await transaction.query(LOCK_ACCOUNT, [tenantId])
  await transaction.query(CHANGE_STATE, [tenantId, invoiceId, state, sentAt?.toString() ?? null])
  return { before, after: { ...before, state, sentAt } }
}

const LINES_OF_TENANT = `select ${SELECT_LINE} from invoicing.invoice_lines where tenant_id = $1 and invoice_id = any ($2::uuid[]) order by invoice_id, position`

async function readLinesIn(
  transaction: PostgresTransaction,
  tenantId: string,
  invoices: readonly InvoiceSummary[],
): Promise<ReadonlyMap<string, readonly InvoiceLine[]>> {
  const rows = await transaction.query<LineRow>(LINES_OF_TENANT, [tenantId, uuidArray(invoices.map(({ id }) => id))])
  return groupLines(rows)
}

/** Relies on the primary key: the invoices give the tenants of the lines. */
const LINES = `select line.${SELECT_LINE.replaceAll(/, *\s*/g, ', line.')} from invoicing.invoices as invoice
  join invoicing.invoice_lines as line on line.tenant_id = invoice.tenant_id and line.invoice_id = invoice.id
  where invoice.id = any ($1::uuid[])`

async function readLines(database: PostgresDatabase, scope: Scope, invoiceIds: readonly string[]): Promise<ReadonlyMap<string, readonly InvoiceLine[]>> {
  const [text, values] = scoped(scope, LINES, 'invoice.', invoiceIds)
  return groupLines(await database.query<LineRow>(scope, `${text} order by line.invoice_id, line.position`, values))
}

function groupLines(rows: readonly LineRow[]): ReadonlyMap<string, readonly InvoiceLine[]> {
  return new Map([...Map.groupBy(rows, row => row.invoice_id)].map(([id, of]) => [id, of.map(lineOf)]))
}

async function readInvoices(database: PostgresDatabase, scope: Scope, ids: readonly string[]): Promise<readonly InvoiceSummary[]> {
  const [text, values] = scoped(scope, INVOICES_BY_IDS, '', ids)
  return (await database.query<InvoiceRow>(scope, text, values)).map(summaryOf)
}

async function readDrafts(database: PostgresDatabase, scope: Scope, ids: readonly string[]): Promise<readonly DraftInvoice[]> {
  const [text, values] = scoped(scope, `select ${SELECT_DRAFT} from invoicing.draft_invoices where id = any ($1::uuid[])`, '', ids)
  return (await database.query<DraftRow>(scope, text, values)).map(draftOf)
}

/** Adds the tenants of the scope to a statement, so that it can use the primary key. */
function scoped(scope: Scope, text: string, prefix: string, ids: readonly string[]): [string, unknown[]] {
  if (scope.kind === 'operator') return [text, [uuidArray(ids)]]
  return [`${text} and ${prefix}tenant_id = any ($2::text[])`, [uuidArray(ids), textArray(scope.tenantIds)]]
}
