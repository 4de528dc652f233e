import { Decimal, isUuid, Temporal, tenantScope, toPage } from '@tollgate/kernel'
import {
  defineColumns,
  type PostgresDatabase,
  type PostgresTransaction,
  postgresTransaction,
  retryOnConflict,
  statementValues,
  textArray,
  uuidArray,
} from '@tollgate/postgres'
import type { AllocationEntry, Payment } from '../../model/payments/payment.ts'
import type { PaymentsQuery, PaymentStore } from '../../payments/payment-store.ts'
import { LOCK_PAYMENTS } from './lock-payments.ts'
import { CHANGED_COLUMNS, PAYMENT_COLUMNS, paymentOf, type PaymentRow, REFUND_COLUMNS, SELECT_PAYMENT } from './payment-rows.ts'

// Relies on the unique index (tenant_id, idempotency_key).
const PAYMENT_OF_KEY = `select ${SELECT_PAYMENT} from invoicing.payments as payment where payment.tenant_id = $1 and payment.idempotency_key = $2`
const PAYMENTS_BY_IDS = `select ${SELECT_PAYMENT} from invoicing.payments as payment where payment.tenant_id = $1 and payment.id = any ($2::uuid[])`
// Relies on the index `unallocated_payments`.
const UNALLOCATED = `select ${SELECT_PAYMENT} from invoicing.payments as payment where payment.tenant_id = $1 and payment.unallocated > 0`
// Relies on the index `unallocated_payments`.
export const WITH_BALANCE = 'select distinct tenant_id from invoicing.payments where tenant_id = any ($1::text[]) and unallocated > 0'
// Relies on the index `allocation_entries_of_invoices`.
const PAYMENTS_OF_INVOICE = `
  select ${SELECT_PAYMENT} from invoicing.payments as payment
  where payment.tenant_id = $1 and payment.id in (
    select payment_id from invoicing.allocation_entries where tenant_id = $1 and invoice_id = $2 group by payment_id having sum(amount) <> 0)`
const INSERT_PAYMENT = `insert into invoicing.payments (${PAYMENT_COLUMNS.names}) select ${PAYMENT_COLUMNS.unnest(1)}`
const UPDATED = CHANGED_COLUMNS.list.map(({ name }) => name).filter(name => name !== 'tenant_id' && name !== 'id')
const UPDATE_PAYMENTS = `
  update invoicing.payments as payment set ${UPDATED.map(name => `${name} = changed.${name}`).join(', ')}
  from ${CHANGED_COLUMNS.unnestAs('changed', 1)} where payment.tenant_id = changed.tenant_id and payment.id = changed.id`
const SAVE_REFUNDS = `
  insert into invoicing.payment_refunds (${REFUND_COLUMNS.names}) select ${REFUND_COLUMNS.unnest(1)}
  on conflict (tenant_id, id) do update
    set status = excluded.status, provider_refund_id = excluded.provider_refund_id, failure_message = excluded.failure_message`

const ENTRY_COLUMNS = defineColumns<AllocationEntry>(column => [
  column('payment_id', 'uuid', entry => entry.paymentId),
  column('invoice_id', 'uuid', entry => entry.invoiceId),
  column('amount', 'numeric', entry => entry.amount),
  column('allocated_at', 'timestamptz', entry => entry.at),
])
// Numbers follow those that the payment has. The lock of the tenant keeps others from taking them.
const INSERT_ENTRIES = `
  insert into invoicing.allocation_entries (tenant_id, payment_id, number, invoice_id, amount, allocated_at)
  select $1, added.payment_id,
    (select coalesce(max(known.number), 0) from invoicing.allocation_entries as known where known.tenant_id = $1 and known.payment_id = added.payment_id)
      + row_number() over (partition by added.payment_id order by added.position),
    added.invoice_id, added.amount, added.allocated_at
  from (select row_number() over () as position, listed.* from ${ENTRY_COLUMNS.unnestAs('listed', 2)}) as added`

const REFUND_OF_KEY = `select payment_id, refund_id, fingerprint from invoicing.refund_keys where tenant_id = $1 and key = $2`
const INSERT_REFUND_KEY = `insert into invoicing.refund_keys (tenant_id, key, fingerprint, payment_id, refund_id) values ($1, $2, $3, $4, $5)`
const CLAIM_EVENT = `
  insert into invoicing.payment_events (tenant_id, provider, event_id, payment_id, applied_at) values ($1, $2, $3, $4, $5)
  on conflict do nothing returning event_id`
const ENTRIES = `
  select payment_id, invoice_id, amount, allocated_at from invoicing.allocation_entries
  where tenant_id = $1 and invoice_id = $2 order by allocated_at, payment_id, number`
const BALANCES = `
  select currency, sum(unallocated)::text as amount from invoicing.payments
  where tenant_id = $1 and unallocated > 0 group by currency order by currency`
const CUSTOMER = `select customer_id from invoicing.payment_customers where tenant_id = $1 and provider = $2`
const KEEP_CUSTOMER = `insert into invoicing.payment_customers (tenant_id, provider, customer_id) values ($1, $2, $3) on conflict do nothing`

/** Payments in PostgreSQL. */
export function postgresPaymentStore({ database }: { readonly database: PostgresDatabase }): PaymentStore {
  async function read<Row>(tenantId: string, text: string, values: readonly unknown[], transaction?: PostgresTransaction): Promise<Row[]> {
    return transaction === undefined ? database.query<Row>(tenantScope(tenantId), text, values) : transaction.query<Row>(text, values)
  }
  const within = postgresTransaction

  return {
    transaction: (tenantId, work) => retryOnConflict(() => database.transaction(tenantScope(tenantId), work)),
    async lock(transaction, tenantId) {
      await within(transaction).query(LOCK_PAYMENTS, [tenantId])
    },
    async paymentOfKey(transaction, tenantId, key) {
      const [row] = await within(transaction).query<PaymentRow>(PAYMENT_OF_KEY, [tenantId, key])
      return row && { payment: paymentOf(row), fingerprint: row.fingerprint }
    },
    async paymentsByIds(tenantId, ids, transaction) {
      const rows = await read<PaymentRow>(tenantId, PAYMENTS_BY_IDS, [tenantId, uuidArray(ids.filter(isUuid))], transaction && within(transaction))
      return rows.map(paymentOf)
    },
    async tenantsWithBalance(transaction, tenantIds) {
      const rows = await within(transaction).query<{ tenant_id: string }>(WITH_BALANCE, [textArray(tenantIds)])
      return new Set(rows.map(row => row.tenant_id))
    },
    unallocatedPayments: async (transaction, tenantId) => (await within(transaction).query<PaymentRow>(UNALLOCATED, [tenantId])).map(paymentOf),
    async paymentsOfInvoice(tenantId, invoiceId, transaction) {
      const rows = await read<PaymentRow>(tenantId, PAYMENTS_OF_INVOICE, [tenantId, invoiceId], transaction && within(transaction))
      return rows.map(paymentOf)
    },
    async addPayment(transaction, payment, use) {
      await within(transaction).query(INSERT_PAYMENT, PAYMENT_COLUMNS.values([{ payment, use }]))
    },
    async saveChanges(transaction, tenantId, { payments, entries }) {
      const { query } = within(transaction)
      const refunds = payments.flatMap(payment => payment.refunds.map(refund => ({ payment, refund })))
      if (payments.length > 0) await query(UPDATE_PAYMENTS, CHANGED_COLUMNS.values(payments))
      if (refunds.length > 0) await query(SAVE_REFUNDS, REFUND_COLUMNS.values(refunds))
      if (entries.length > 0) await query(INSERT_ENTRIES, [tenantId, ...ENTRY_COLUMNS.values(entries)])
    },
    async refundOfKey(transaction, tenantId, key) {
      const [row] = await within(transaction).query<{ payment_id: string; refund_id: string; fingerprint: string }>(REFUND_OF_KEY, [tenantId, key])
      return row && { paymentId: row.payment_id, refundId: row.refund_id, fingerprint: row.fingerprint }
    },
    async addRefundKey(transaction, tenantId, { key, fingerprint, paymentId, refundId }) {
      await within(transaction).query(INSERT_REFUND_KEY, [tenantId, key, fingerprint, paymentId, refundId])
    },
    async claimEvent(transaction, { tenantId, provider, eventId, paymentId, at }) {
      const rows = await within(transaction).query(CLAIM_EVENT, [tenantId, provider, eventId, paymentId, at.toString()])
      return rows.length > 0
    },
    payments: query => listPayments(database, query),
    async allocationEntries(tenantId, invoiceId, transaction) {
      const rows = await read<EntryRow>(tenantId, ENTRIES, [tenantId, invoiceId], transaction && within(transaction))
      return rows.map(entryOf)
    },
    async balances(tenantId) {
      const rows = await database.query<{ currency: string; amount: string }>(tenantScope(tenantId), BALANCES, [tenantId])
      return rows.map(({ currency, amount }) => ({ currency, amount: new Decimal(amount) }))
    },
    async customerId(tenantId, provider) {
      const [row] = await database.query<{ customer_id: string }>(tenantScope(tenantId), CUSTOMER, [tenantId, provider])
      return row?.customer_id
    },
    keepCustomerId: (tenantId, provider, customerId) =>
      database.transaction(tenantScope(tenantId), async transaction => {
        await transaction.query(KEEP_CUSTOMER, [tenantId, provider, customerId])
        const [row] = await transaction.query<{ customer_id: string }>(CUSTOMER, [tenantId, provider])
        return row?.customer_id ?? customerId
      }),
  }
}

async function listPayments(database: PostgresDatabase, { tenantId, status, invoiceId, first, after }: PaymentsQuery) {
  const statement = statementValues()
  const tenant = statement.add(tenantId)
  const conditions = [`payment.tenant_id = ${tenant}`]
  if (status !== undefined) conditions.push(`payment.status = ${statement.add(status)}`)
  if (after !== undefined) conditions.push(`payment.id < ${statement.add(after)}::uuid`)
  if (invoiceId !== undefined) {
    const invoice = statement.add(invoiceId)
    conditions.push(`(payment.invoice_id = ${invoice}::uuid or payment.id in (
      select payment_id from invoicing.allocation_entries where tenant_id = ${tenant} and invoice_id = ${invoice}::uuid group by payment_id having sum(amount) <> 0))`)
  }
  const text = `select ${SELECT_PAYMENT} from invoicing.payments as payment where ${conditions.join(' and ')} order by payment.id desc limit ${statement.add(first + 1)}`
  const rows = await database.query<PaymentRow>(tenantScope(tenantId), text, statement.values)
  return toPage<Payment>(rows.map(paymentOf), first)
}

interface EntryRow {
  readonly payment_id: string
  readonly invoice_id: string
  readonly amount: string
  readonly allocated_at: string
}

function entryOf({ payment_id, invoice_id, amount, allocated_at }: EntryRow): AllocationEntry {
  return { paymentId: payment_id, invoiceId: invoice_id, amount: new Decimal(amount), at: Temporal.Instant.from(allocated_at) }
}
