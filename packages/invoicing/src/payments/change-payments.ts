import { type Transaction, toMicrosecond } from '@tollgate/kernel'
import { allocatePayments } from '../engine/payments/allocate-payments.ts'
import { type PaymentBook, paymentBook } from '../engine/payments/payment-book.ts'
import { releaseExcess } from '../engine/payments/release-excess.ts'
import type { Payment } from '../model/payments/payment.ts'
import type { PaymentDependencies } from './payment-dependencies.ts'

/** A change of payments. */
export interface BookChange {
  readonly tenantId: string
  /** The payments that change besides those with a balance. */
  readonly payments: readonly Payment[]
  /** Invoices that may be paid besides the open ones. */
  readonly invoiceIds: readonly string[]
  /** Changes the payments. Their balance is allocated after it. */
  readonly apply?: (book: PaymentBook) => PaymentBook
}

/**
 * Changes payments and allocates what no invoice has used, in a transaction that holds the lock. Writes what changed, and returns
 * payments and invoices as they are after it, and what was allocated.
 */
export async function changePayments(
  { store, invoices, onInvoicesPaid, clock }: Pick<PaymentDependencies, 'store' | 'invoices' | 'onInvoicesPaid' | 'clock'>,
  transaction: Transaction,
  { tenantId, payments, invoiceIds, apply = book => book }: BookChange,
): Promise<PaymentBook> {
  const unallocated = await store.unallocatedPayments(transaction, tenantId)
  const known = new Map([...unallocated, ...payments].map(payment => [payment.id, payment]))
  const named = [...invoiceIds, ...[...known.values()].flatMap(invoicesOf)]
  const open = await invoices.openInvoices(transaction, tenantId)
  const openIds = new Set(open.map(({ id }) => id))
  const others = [...new Set(named)].filter(id => !openIds.has(id))
  const before = paymentBook(known.values(), [...open, ...(others.length === 0 ? [] : await invoices.invoices(transaction, tenantId, others))])
  const at = toMicrosecond(clock.now(tenantId))
  let after = apply(before)
  for (const { id, unallocated: left } of after.payments.values()) if (left.lt(0)) after = releaseExcess(after, id, at)
  after = allocatePayments(after, at)
  await save({ store, invoices, ...(onInvoicesPaid && { onInvoicesPaid }) }, transaction, { tenantId, before, after })
  return after
}

function invoicesOf({ invoiceId, allocations }: Payment): string[] {
  const ids = allocations.map(allocation => allocation.invoiceId)
  return invoiceId === null ? ids : [invoiceId, ...ids]
}

async function save(
  { store, invoices, onInvoicesPaid }: Pick<PaymentDependencies, 'store' | 'invoices' | 'onInvoicesPaid'>,
  transaction: Transaction,
  { tenantId, before, after }: { readonly tenantId: string; readonly before: PaymentBook; readonly after: PaymentBook },
): Promise<void> {
  const changed = [...after.payments.values()].filter(payment => before.payments.get(payment.id) !== payment)
  if (changed.length > 0 || after.entries.length > 0) await store.saveChanges(transaction, tenantId, { payments: changed, entries: after.entries })
  const paid = [...after.invoices.values()].flatMap(invoice => {
    const paidBefore = before.invoices.get(invoice.id)?.amountPaid
    return paidBefore === undefined || paidBefore.eq(invoice.amountPaid) ? [] : [{ invoice, paidBefore }]
  })
  if (paid.length === 0) return
  await invoices.setPaid(
    transaction,
    tenantId,
    paid.map(({ invoice: { id: invoiceId, amountPaid } }) => ({ invoiceId, amountPaid })),
  )
  await onInvoicesPaid?.(transaction, tenantId, paid)
}
