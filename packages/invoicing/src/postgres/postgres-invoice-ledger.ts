import type { TenantClock, Transaction } from '@tollgate/kernel'
import { defineColumns, postgresTransaction, uuidArray } from '@tollgate/postgres'
import { invoiceStatus } from '../engine/invoices/invoice-status.ts'
import type { PayableInvoice } from '../model/payments/payable-invoice.ts'
import type { InvoiceLedger, PaidAmount } from '../payments/invoice-ledger.ts'
import { type InvoiceRow, SELECT_INVOICE, summaryOf } from './tables/invoices.ts'

const BY_IDS = `select ${SELECT_INVOICE} from invoicing.invoices where tenant_id = $1 and id = any ($2::uuid[]) and kind = 'invoice' order by id for update`

/** Relies on the index open_invoices. */
const OPEN = `select ${SELECT_INVOICE} from invoicing.invoices
  where tenant_id = $1 and state = 'open' and amount_paid < total and kind = 'invoice' order by due_at, id for update`

const PAID_COLUMNS = defineColumns<PaidAmount>(column => [
  column('id', 'uuid', ({ invoiceId }) => invoiceId),
  column('amount_paid', 'numeric', ({ amountPaid }) => amountPaid),
])

const SET_PAID = `update invoicing.invoices as invoice set amount_paid = paid.amount_paid
  from ${PAID_COLUMNS.unnestAs('paid', 2)} where invoice.tenant_id = $1 and invoice.id = paid.id`

/** Lets payments pay the invoices in `invoicing.invoices`. */
export function postgresInvoiceLedger(clock: TenantClock): InvoiceLedger {
  const read = async (transaction: Transaction, statement: string, values: readonly unknown[]) =>
    (await postgresTransaction(transaction).query<InvoiceRow>(statement, values)).map(row => payableOf(row, clock))
  return {
    invoices: (transaction, tenantId, invoiceIds) => read(transaction, BY_IDS, [tenantId, uuidArray(invoiceIds)]),
    openInvoices: (transaction, tenantId) => read(transaction, OPEN, [tenantId]),
    async setPaid(transaction, tenantId, changes) {
      if (changes.length > 0) await postgresTransaction(transaction).query(SET_PAID, [tenantId, ...PAID_COLUMNS.values(changes)])
    },
  }
}

function payableOf(row: InvoiceRow, clock: TenantClock): PayableInvoice {
  const summary = summaryOf(row)
  const { id, number, currency, total, amountPaid, dueAt } = summary
  return { id, number, status: invoiceStatus(summary, clock.now(summary.tenantId)), currency, total, amountPaid, dueAt }
}
