import { NotFound, tenantScope } from '@tollgate/kernel'
import { InvoiceStateConflict } from '../model/billing/billing-errors.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { ChangedInvoice } from './billing.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { statusOf, withLines } from './find-invoice.ts'
import type { InvoiceStateChange, InvoiceSummary } from './invoice-store.ts'

/** Records that an invoice was sent. */
export function markSent(dependencies: BillingDependencies, tenantId: string, id: string): Promise<ChangedInvoice> {
  return changeInvoice(dependencies, { tenantId, id }, invoice => {
    reject(invoice, { is: 'void', message: 'was voided and cannot be sent' })
    return invoice.sentAt === null ? { sentAt: dependencies.clock.now(tenantId) } : {}
  })
}

/** Voids an invoice. */
export function voidInvoice(dependencies: BillingDependencies, tenantId: string, id: string): Promise<ChangedInvoice> {
  return changeInvoice(dependencies, { tenantId, id }, invoice => {
    if (invoice.kind === 'credit_note')
      throw new InvoiceStateConflict(`The credit note ${nameOf(invoice)} cannot be voided. Issue an invoice instead.`, invoice.state)
    reject(invoice, { is: 'void', message: 'is void already' })
    if (!invoice.amountPaid.isZero()) {
      throw new InvoiceStateConflict(
        `The invoice ${nameOf(invoice)} is paid in part or in full, so it cannot be voided. Issue a credit note instead.`,
        invoice.state,
      )
    }
    return { state: 'void' }
  })
}

/** Records that nobody expects an invoice to be paid any more. */
export function markUncollectible(dependencies: BillingDependencies, tenantId: string, id: string): Promise<ChangedInvoice> {
  return changeInvoice(dependencies, { tenantId, id }, invoice => {
    reject(invoice, { is: 'void', message: 'is void' })
    reject(invoice, { is: 'uncollectible', message: 'is uncollectible already' })
    if (invoice.amountPaid.gte(invoice.total)) throw new InvoiceStateConflict(`The invoice ${nameOf(invoice)} is paid, so it is not uncollectible.`, 'paid')
    return { state: 'uncollectible' }
  })
}

async function changeInvoice(
  dependencies: BillingDependencies,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
  decide: (invoice: InvoiceSummary) => InvoiceStateChange,
): Promise<ChangedInvoice> {
  const { store, clock } = dependencies
  const changed = await store.change(tenantId, id, decide)
  if (changed === undefined) {
    const [draft] = await store.drafts(tenantScope(tenantId), [id])
    if (draft !== undefined) throw new InvoiceStateConflict('The invoice is a draft: it has no number yet. Finalise it first.', 'draft')
    throw new NotFound('invoice', id)
  }
  const now = clock.now(tenantId)
  const invoice: StoredInvoice = await withLines(store, tenantScope(tenantId), changed.after, now)
  return { before: statusOf(changed.before, now), invoice }
}

function reject(invoice: InvoiceSummary, { is, message }: { readonly is: InvoiceSummary['state']; readonly message: string }): void {
  if (invoice.state === is) throw new InvoiceStateConflict(`The invoice ${nameOf(invoice)} ${message}.`, invoice.state)
}

function nameOf({ number, id }: Pick<InvoiceSummary, 'number' | 'id'>): string {
  return number ?? id
}
