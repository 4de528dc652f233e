import { invoiceMail } from '@tollgate/invoicing/mail'
import type { StoredInvoice } from '@tollgate/invoicing/billing'
import type { Payments } from '@tollgate/invoicing/payments'
import { type Decimal, type Transaction, ZERO } from '@tollgate/kernel'
import type { InvoiceEffects } from './invoices/audited-billing-stores.ts'
import type { Mail } from './mail/compose-mail.ts'

/** What effects of invoices need. */
export interface InvoiceEffectsDependencies {
  readonly payments: Pick<Payments, 'allocateIn' | 'hasBalanceIn' | 'recordIn'>
  /** Undefined if the server sends no e-mails of invoices. */
  readonly mail: Pick<Mail, 'mailbox'> | undefined
}

/**
 * Gives effect to an invoice in the transaction that issues it, so that a server that stops loses nothing: its e-mail is written, the balance of the
 * tenant pays it, and a credit note pays what it corrects.
 */
export function invoiceEffects({ payments, mail }: InvoiceEffectsDependencies): Pick<InvoiceEffects, 'onIssued'> {
  return {
    async onIssued(transaction, invoice) {
      const paid = invoice.kind === 'credit_note' ? await payWithNote(transaction, invoice) : await payFromBalance(transaction, invoice)
      const letter = mail && invoiceMail(invoice)
      if (letter !== undefined) await mail?.mailbox.send(transaction, [letter])
      return paid
    },
  }

  /** What the invoice does not need stays as balance. */
  async function payWithNote(transaction: Transaction, { id, tenantId, correctsInvoiceId, number, total, currency }: StoredInvoice): Promise<Decimal> {
    if (total.gt(ZERO)) {
      const idempotencyKey = `credit note ${id}`
      await payments.recordIn(transaction, {
        tenantId,
        invoiceId: correctsInvoiceId,
        amount: total,
        currency,
        provider: 'credit_note',
        reference: number,
        idempotencyKey,
      })
    }
    return ZERO
  }

  async function payFromBalance(transaction: Transaction, { id, tenantId, total }: StoredInvoice): Promise<Decimal> {
    if (total.lte(ZERO) || !(await payments.hasBalanceIn(transaction, tenantId))) return ZERO
    const entries = await payments.allocateIn(transaction, tenantId)
    return entries.reduce((sum, { invoiceId, amount }) => (invoiceId === id ? sum.plus(amount) : sum), ZERO)
  }
}
