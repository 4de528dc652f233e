import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { type PostgresDatabase, postgresTransaction } from '@tollgate/postgres'
import type { CollectableInvoices } from '../../collections/collectable-invoices.ts'
import type { InvoiceRecipients } from '../../collections/invoice-recipients.ts'
import type { CollectableInvoice } from '../../model/collections/collectable-invoice.ts'
import type { BillingProfile, Seller } from '../../model/parties/party.ts'

// These rely on the index open_invoices, and on the primary key of lines.
const COLLECTABLE = `
  select id, number, currency, total, amount_paid, issued_at, due_at, time_zone,
    (select bool_and(line.kind = 'late_fee') from invoicing.invoice_lines as line
      where line.tenant_id = invoice.tenant_id and line.invoice_id = invoice.id) as is_of_late_fees
  from invoicing.invoices as invoice
  where tenant_id = $1 and state = 'open' and amount_paid < total and kind = 'invoice' and due_at is not null order by due_at, id for update`
const TENANTS = `
  select distinct tenant_id from invoicing.invoices
  where state = 'open' and amount_paid < total and ($1::text is null or tenant_id > $1 collate "C") order by tenant_id limit $2`
const MARK_UNCOLLECTIBLE = `update invoicing.invoices set state = 'uncollectible' where tenant_id = $1 and id = $2 and state = 'open'`
const PARTIES = 'select buyer, seller from invoicing.invoices where tenant_id = $1 and id = $2'

/** Lets collections collect the invoices in `invoicing.invoices`, and write to their buyers. */
export function postgresCollectableInvoices({ database }: { readonly database: PostgresDatabase }): CollectableInvoices & InvoiceRecipients {
  return {
    collectable: async (transaction, tenantId) => (await postgresTransaction(transaction).query<InvoiceRow>(COLLECTABLE, [tenantId])).map(collectableOf),
    async markUncollectible(transaction, { tenantId, invoiceId }) {
      await postgresTransaction(transaction).query(MARK_UNCOLLECTIBLE, [tenantId, invoiceId])
    },
    async tenantsToCollect({ first, after = null }) {
      const rows = await database.query<{ tenant_id: string }>(OPERATOR_SCOPE, TENANTS, [after, first])
      return rows.map(row => row.tenant_id)
    },
    async recipient(transaction, { tenantId, invoiceId }) {
      const [row] = await postgresTransaction(transaction).query<{ buyer: BillingProfile; seller: Seller }>(PARTIES, [tenantId, invoiceId])
      if (row === undefined || row.buyer.email === null) return undefined
      const { buyer, seller } = row
      return { to: row.buyer.email, name: buyer.name, locale: buyer.locale, seller: seller.name, bankAccount: seller.bankAccount?.iban ?? null }
    },
  }
}

interface InvoiceRow {
  readonly id: string
  readonly number: string
  readonly currency: string
  readonly total: string
  readonly amount_paid: string
  readonly issued_at: string
  readonly due_at: string
  readonly time_zone: string
  readonly is_of_late_fees: boolean | null
}

function collectableOf({ id, number, currency, total, amount_paid, issued_at, due_at, time_zone, is_of_late_fees }: InvoiceRow): CollectableInvoice {
  return {
    id,
    number,
    currency,
    total: new Decimal(total),
    amountPaid: new Decimal(amount_paid),
    issuedAt: Temporal.Instant.from(issued_at),
    dueAt: Temporal.Instant.from(due_at),
    timeZone: time_zone,
    isOfLateFees: is_of_late_fees === true,
  }
}
