import { checkText, InvalidInput, NotFound, ZERO } from '@tollgate/kernel'
import { type CreditNoteContents, makeCreditNote } from '../engine/invoices/credit-note.ts'
import { hashedIdOf, invoiceNumber } from '../engine/invoices/invoice-ids.ts'
import { finaliseDraft } from '../engine/invoices/make-invoice.ts'
import { InvoiceStateConflict } from '../model/billing/billing-errors.ts'
import { DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { CreditNoteDraft } from './billing.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { seriesOf } from './series-of.ts'

/** Issues a credit note: once for its idempotency key, and never for more than is left of the invoice. */
export async function issueCreditNote(
  dependencies: BillingDependencies,
  draft: Omit<CreditNoteDraft, 'contents'> & { readonly contents: CreditNoteContents },
): Promise<StoredInvoice> {
  const { tenantId, invoiceId, contents, reason, idempotencyKey } = draft
  const issues = [...checkText('reason', reason, { max: 1_000 }), ...checkText('idempotencyKey', idempotencyKey, { max: 200 })]
  if (issues.length > 0) throw new InvalidInput(issues)
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  const series = seriesOf(dependencies.clock, tenantId, settings.creditNoteSeries)
  const issuedAt = dependencies.clock.now(tenantId)
  // The time of the invoice, so that a repeat has the same id.
  const id = hashedIdOf(invoiceId, ['credit note', tenantId, invoiceId, idempotencyKey])
  const issued = await dependencies.store.add(tenantId, { id, corrects: invoiceId }, ({ invoice, notes }) => {
    if (invoice === undefined) throw new NotFound('invoice', invoiceId)
    if (invoice.kind === 'credit_note')
      throw new InvoiceStateConflict(`${invoice.number ?? id} is a credit note itself; credit notes correct invoices.`, invoice.state)
    if (invoice.state === 'void') throw new InvoiceStateConflict(`The invoice ${invoice.number ?? id} is void, so there is nothing to give back.`, 'void')
    const note = makeCreditNote(invoice, { id, contents, reason, earlier: notes })
    return {
      series,
      charges: note.lines.map(() => null),
      rounding: ZERO,
      make: sequence => ({ ...finaliseDraft(note, { number: invoiceNumber(series, tenantId, sequence), issuedAt }), dueAt: null }),
    }
  })
  if (issued.notes !== reason || issued.correctsInvoiceId !== invoiceId) {
    throw new InvalidInput([{ path: 'idempotencyKey', message: 'was used for another credit note' }])
  }
  await dependencies.onCreditNote?.(issued)
  return issued
}
