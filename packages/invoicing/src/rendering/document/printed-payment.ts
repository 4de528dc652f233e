import { fill } from './messages/messages-for.ts'
import { compactIban, epcCode } from './epc-code.ts'
import type { PaymentBlock } from './page-layout.ts'
import type { LinePrinting } from './printed-lines.ts'

/** Returns how to pay. A credit note, a draft and a paid or void invoice have no instructions. */
export function printedPayment({ invoice, formats, messages }: LinePrinting): PaymentBlock {
  const { kind, status, dueAt, amountDue, total, currency, number } = invoice
  const block = { title: messages.payment, instructions: [], code: null }
  if (kind === 'credit_note') return { ...block, terms: fill(messages.creditNoteUse, { amount: formats.money(total) }) }
  if (amountDue.lte(0) || status === 'void') return { ...block, terms: messages.nothingToPay }
  const terms = dueAt === null ? messages.dueOnReceipt : fill(messages.payBy, { date: formats.date(dueAt) })
  const account = invoice.seller.bankAccount
  if (account === null || number === null) return { ...block, terms }
  const modules = epcCode({ account, currency, amount: amountDue, reference: number })
  return {
    title: messages.payment,
    terms,
    instructions: [
      { label: messages.accountHolder, value: account.holder },
      { label: 'IBAN', value: groupedIban(compactIban(account)) },
      ...(account.bic === null ? [] : [{ label: 'BIC', value: account.bic }]),
      ...(account.bank === null ? [] : [{ label: messages.bank, value: account.bank }]),
      { label: messages.paymentReference, value: number },
      { label: messages.amountDue, value: formats.money(amountDue) },
    ],
    code: modules === null ? null : { label: messages.scanToPay, modules },
  }
}

function groupedIban(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ')
}
