import { type Decimal, minorUnits, type Temporal, ZERO } from '@tollgate/kernel'
import type { Invoice } from '../../model/invoices/invoice.ts'
import { compactIban } from '../document/epc-code.ts'
import { formatsFor } from '../document/formats.ts'
import type { InvoiceDocument } from '../document/invoice-document.ts'
import { fill, messagesFor } from '../document/messages/messages-for.ts'
import { ElectronicInvoiceUnavailable } from './electronic-errors.ts'
import type { ElectronicInvoice, ElectronicPayment } from './electronic-invoice.ts'
import { electronicLine, electronicPeriod } from './electronic-line.ts'
import { electronicBuyer, electronicSeller } from './electronic-party.ts'
import { electronicTaxes } from './electronic-taxes.ts'

/** Decimal places of amounts in EN 16931. */
const MAX_DECIMALS = 2

/** Returns an invoice in the terms of EN 16931. Throws `ElectronicInvoiceUnavailable` with everything that is missing. */
export function makeElectronicInvoice(document: InvoiceDocument): ElectronicInvoice {
  const { invoice, corrects, texts } = document
  const { number, issuedAt, timeZone, currency } = invoice
  const missing = missingFrom(invoice)
  if (number === null || issuedAt === null || missing.length > 0) throw new ElectronicInvoiceUnavailable(missing)
  const { taxes, notSubject, categoryOf } = electronicTaxes(invoice)
  const { messages } = messagesFor(invoice.buyer.locale, texts)
  const day = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const lines = invoice.lines.map(line => electronicLine(line, { invoice, tax: categoryOf(line.tax), creditReason: messages.credits }))
  const netTotal = sum(lines.map(({ netAmount }) => netAmount))
  const taxTotal = sum(taxes.map(({ amount }) => amount))
  const total = netTotal.plus(taxTotal)
  return {
    kind: invoice.kind,
    number,
    issueDate: day(issuedAt),
    dueDate: invoice.dueAt === null || invoice.kind === 'credit_note' ? null : day(invoice.dueAt),
    currency,
    buyerReference: invoice.buyer.reference,
    note: invoice.notes,
    period: electronicPeriod(invoice.period, timeZone),
    preceding: corrects === undefined ? null : { number: corrects.number, issueDate: corrects.issuedAt === null ? null : day(corrects.issuedAt) },
    seller: electronicSeller(invoice.seller, notSubject),
    buyer: electronicBuyer(invoice.buyer, notSubject),
    payment: paymentOf(invoice, number),
    terms: termsOf(document),
    taxes,
    netTotal,
    taxTotal,
    total,
    paid: invoice.amountPaid,
    due: total.minus(invoice.amountPaid),
    lines,
  }
}

function missingFrom({ number, issuedAt, lines, currency, seller, buyer, taxes }: Invoice): readonly string[] {
  const categories = new Set(taxes.map(({ tax }) => tax.category))
  const needsTaxId = ['S', 'Z', 'E', 'AE'].some(category => categories.has(category as 'S'))
  const problems: readonly (string | false)[] = [
    (number === null || issuedAt === null) && 'The invoice is a draft. Finalise it first.',
    lines.length === 0 && 'The invoice has no lines.',
    minorUnits(currency) > MAX_DECIMALS && `Amounts in ${currency} have more than ${MAX_DECIMALS} decimal places.`,
    ...[
      { who: 'seller', country: seller.address.country },
      { who: 'buyer', country: buyer.address.country },
    ].map(({ who, country }) => !/^[A-Z]{2}$/.test(country) && `The address of the ${who} needs a two-letter country code.`),
    seller.taxId === null && (needsTaxId || seller.registration === null) && 'The seller needs a tax id.',
    categories.has('AE') && buyer.taxId === null && 'The buyer needs a tax id, because it accounts for the tax (reverse charge).',
  ]
  return problems.filter(problem => problem !== false)
}

function paymentOf({ seller, currency, kind }: Invoice, reference: string): ElectronicPayment | null {
  const account = seller.bankAccount
  if (account === null || kind === 'credit_note') return null
  return { code: currency === 'EUR' ? '58' : '30', iban: compactIban(account), bic: account.bic, holder: account.holder, reference }
}

function termsOf({ invoice, texts }: InvoiceDocument): string | null {
  if (invoice.kind === 'credit_note' || invoice.amountDue.lte(ZERO)) return null
  const { messages } = messagesFor(invoice.buyer.locale, texts)
  if (invoice.dueAt === null) return messages.dueOnReceipt
  return fill(messages.payBy, { date: formatsFor(invoice.buyer.locale, invoice).date(invoice.dueAt) })
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((all, amount) => all.plus(amount), ZERO)
}
