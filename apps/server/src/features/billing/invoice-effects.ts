import { invoiceMail } from '@tollgate/invoicing/mail'
import type { InvoiceSummary, StoredInvoice } from '@tollgate/invoicing/billing'
import type { InvoiceEventKind, InvoiceEventStore } from '@tollgate/invoicing/events'
import type { InvoiceLedger, Payments } from '@tollgate/invoicing/payments'
import { type Decimal, type TenantClock, toMicrosecond, type Transaction, ZERO } from '@tollgate/kernel'
import { invoiceEvent, type InvoiceOfEvent } from './events/invoice-event-drafts.ts'
import type { InvoiceEffects } from './invoices/audited-billing-stores.ts'
import type { Mail } from './mail/compose-mail.ts'

/** What effects of invoices need. */
export interface InvoiceEffectsDependencies {
  readonly payments: Pick<Payments, 'allocateIn' | 'tenantsWithBalanceIn' | 'lockIn' | 'recordIn'>
  readonly invoices: Pick<InvoiceLedger, 'invoices'>
  readonly events: Pick<InvoiceEventStore, 'add'>
  /** Undefined if the server sends no e-mails of invoices. */
  readonly mail: Pick<Mail, 'mailbox'> | undefined
  readonly clock: TenantClock
}

/**
 * Gives effect to invoices in the transaction that issues them, so that a server that stops loses nothing: their e-mails are written, the balances of the
 * tenants pay them, and a credit note pays what it corrects.
 */
export function invoiceEffects({ payments, invoices, events, mail, clock }: InvoiceEffectsDependencies): Pick<InvoiceEffects, 'onIssued' | 'onChanged'> {
  return {
    async onIssued(transaction, made) {
      const issued = made.filter(({ kind }) => kind === 'invoice')
      const withBalance = await payments.tenantsWithBalanceIn(
        transaction,
        issued.flatMap(({ tenantId, total }) => (total.gt(ZERO) ? [tenantId] : [])),
      )
      for (const { tenantId } of issued) if (withBalance.has(tenantId)) await payments.lockIn(transaction, tenantId)
      await report(transaction, 'finalized', issued)
      const paid: Decimal[] = []
      for (const invoice of made) {
        if (invoice.kind === 'credit_note') paid.push(await payWithNote(transaction, invoice))
        else paid.push(withBalance.has(invoice.tenantId) ? await payFromBalance(transaction, invoice) : ZERO)
      }
      const letters = mail === undefined ? [] : made.flatMap(invoice => invoiceMail(invoice) ?? [])
      if (letters.length > 0) await mail?.mailbox.send(transaction, letters)
      return paid
    },
    async onChanged(transaction, { before, after }) {
      const kind = kindOf(before, after)
      if (kind !== undefined) await report(transaction, kind, [after])
    },
  }

  async function report(transaction: Transaction, kind: InvoiceEventKind, changed: readonly (InvoiceOfEvent & { readonly tenantId: string })[]): Promise<void> {
    await events.add(
      transaction,
      changed.map(invoice => invoiceEvent(invoice, { tenantId: invoice.tenantId, kind, occurredAt: toMicrosecond(clock.now(invoice.tenantId)) })),
    )
  }

  /** What the invoice does not need stays as balance. The lock of payments comes first, because payments lock the events of the tenant after it. */
  async function payWithNote(transaction: Transaction, { id, tenantId, correctsInvoiceId, number, total, currency }: StoredInvoice): Promise<Decimal> {
    await payments.lockIn(transaction, tenantId)
    const occurredAt = toMicrosecond(clock.now(tenantId))
    const noted = { tenantId, kind: 'credit_note_issued', occurredAt, creditNoteId: id, amount: total } as const
    const corrected = await invoices.invoices(transaction, tenantId, correctsInvoiceId === null ? [] : [correctsInvoiceId])
    await events.add(
      transaction,
      corrected.map(invoice => invoiceEvent(invoice, noted)),
    )
    if (total.gt(ZERO)) {
      const idempotencyKey = `credit note ${id}`
      const provider = 'credit_note'
      await payments.recordIn(transaction, { tenantId, invoiceId: correctsInvoiceId, amount: total, currency, provider, reference: number, idempotencyKey })
    }
    return ZERO
  }

  async function payFromBalance(transaction: Transaction, { id, tenantId }: StoredInvoice): Promise<Decimal> {
    const entries = await payments.allocateIn(transaction, tenantId)
    return entries.reduce((sum, { invoiceId, amount }) => (invoiceId === id ? sum.plus(amount) : sum), ZERO)
  }
}

function kindOf(before: InvoiceSummary, after: InvoiceSummary): InvoiceEventKind | undefined {
  if (before.state !== after.state) return after.state === 'void' ? 'voided' : after.state === 'uncollectible' ? 'uncollectible' : undefined
  return before.sentAt === null && after.sentAt !== null ? 'sent' : undefined
}
