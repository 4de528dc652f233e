import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { awaitAll, decimalOrNull, defineColumns, pageInScope, type PostgresDatabase, postgresTransaction, statementValues, textArray } from '@tollgate/postgres'
import type { InvoiceEventStore } from '../../events/invoice-event-store.ts'
import type { InvoiceEvent, InvoiceEventDraft, InvoiceEventKind } from '../../model/invoices/invoice-event.ts'
import { numberEvents } from './number-events.ts'

/** The channel to notify after events were committed. */
export const INVOICE_EVENTS_CHANNEL = 'tollgate_invoice_events'

interface EventToInsert extends InvoiceEventDraft {
  /** Counts from 1 in a statement. */
  readonly nth: number
}

const EVENT_COLUMNS = defineColumns<EventToInsert>(column => [
  column('tenant_id', 'text', event => event.tenantId),
  column('nth', 'integer', event => event.nth),
  column('invoice_id', 'uuid', event => event.invoiceId),
  column('kind', 'text', event => event.kind),
  column('occurred_at', 'timestamptz', event => event.occurredAt),
  column('number', 'text', event => event.number),
  column('currency', 'text', event => event.currency),
  column('total', 'numeric', event => event.total),
  column('amount_paid', 'numeric', event => event.amountPaid),
  column('credit_note_id', 'uuid', event => event.creditNoteId),
  column('amount', 'numeric', event => event.amount),
])

// Uses invoice_crossings.
const ADD_EVENTS = {
  name: 'invoicing_add_events',
  text: `with event as (
      select *, row_number() over (partition by tenant_id order by nth) as rank, count(*) over (partition by tenant_id) as size
      from ${EVENT_COLUMNS.unnestAs('event', 1)}
      where kind <> 'overdue' or 'overdue' is distinct from (
        select earlier.kind from invoicing.invoice_events as earlier
        where earlier.tenant_id = event.tenant_id and earlier.invoice_id = event.invoice_id and earlier.kind in ('overdue', 'paid')
        order by earlier.sequence desc limit 1)
    ), head as (
      -- In the order of tenants, so that two transactions cannot deadlock.
      insert into invoicing.invoice_event_heads as head (tenant_id, last)
      select tenant_id, count(*) from event group by tenant_id order by tenant_id collate "C"
      on conflict (tenant_id) do update set last = head.last + excluded.last returning tenant_id, last
    )
    insert into invoicing.invoice_events (tenant_id, sequence, invoice_id, kind, occurred_at, number, currency, total, amount_paid, credit_note_id, amount)
    select tenant_id, head.last - size + rank, invoice_id, kind, occurred_at, number, currency, total, amount_paid, credit_note_id, amount
    from head join event using (tenant_id) returning 1`,
}

/** Waits for others that add events of these tenants. The statement that follows sees theirs. In the order of tenants, as above. */
const LOCK_HEADS = {
  name: 'invoicing_lock_event_heads',
  text: `insert into invoicing.invoice_event_heads as head (tenant_id, last)
    select distinct tenant_id collate "C", 0 from unnest($1::text[]) as tenant_id order by 1
    on conflict (tenant_id) do update set last = head.last`,
}

const SELECT_EVENT = 'position::text as cursor, tenant_id, invoice_id, kind, occurred_at, number, currency, total, amount_paid, credit_note_id, amount'

/** Events of invoices in PostgreSQL. Any number of processes may add and read them. */
export function postgresInvoiceEvents({ database }: { readonly database: PostgresDatabase }): InvoiceEventStore {
  return {
    async add(transaction, events) {
      if (events.length === 0) return 0
      const { query } = postgresTransaction(transaction)
      const values = EVENT_COLUMNS.values(events.map((event, i) => ({ ...event, nth: i + 1 })))
      // Whether an invoice is overdue already must not be asked while another transaction is about to say so.
      const overdue = events.some(({ kind }) => kind === 'overdue')
      const locked = overdue ? [query(LOCK_HEADS, [textArray(events.map(({ tenantId }) => tenantId))])] : []
      const answers = await awaitAll([...locked, query(ADD_EVENTS, [...values])])
      return answers.at(-1)?.length ?? 0
    },
    async list(scope, { after, first }) {
      await numberEvents(database)
      const statement = statementValues()
      const { condition, order } = pageInScope(scope, statement, 'position asc')
      const conditions = ['position is not null', condition]
      if (after !== undefined) conditions.push(`position > ${statement.add(after)}::bigint`)
      // Uses invoice_events_by_position or invoice_events_of_tenants.
      const text = `select ${SELECT_EVENT} from invoicing.invoice_events where ${conditions.join(' and ')} order by ${order} limit ${statement.add(first)}`
      return (await database.query<EventRow>(scope, text, statement.values)).map(eventOf)
    },
    async lastCursor() {
      await numberEvents(database)
      const [row] = await database.query<{ last: string }>(OPERATOR_SCOPE, 'select last::text from invoicing.invoice_event_position')
      return row?.last ?? '0'
    },
  }
}

interface EventRow {
  readonly cursor: string
  readonly tenant_id: string
  readonly invoice_id: string
  readonly kind: InvoiceEventKind
  readonly occurred_at: string
  readonly number: string | null
  readonly currency: string
  readonly total: string
  readonly amount_paid: string
  readonly credit_note_id: string | null
  readonly amount: string | null
}

function eventOf({ cursor, kind, number, currency, ...row }: EventRow): InvoiceEvent {
  return {
    cursor,
    tenantId: row.tenant_id,
    invoiceId: row.invoice_id,
    kind,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    number,
    currency,
    total: new Decimal(row.total),
    amountPaid: new Decimal(row.amount_paid),
    creditNoteId: row.credit_note_id,
    amount: decimalOrNull(row.amount),
  }
}
