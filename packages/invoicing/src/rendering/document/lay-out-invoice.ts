import { checkBranding, DEFAULT_COLOR } from './branding.ts'
import { formatsFor } from './formats.ts'
import type { InvoiceDocument } from './invoice-document.ts'
import { messagesFor } from './messages/messages-for.ts'
import type { Fact, PageLayout, Stamp } from './page-layout.ts'
import { printedChart } from './printed-chart.ts'
import { type LinePrinting, printedLines } from './printed-lines.ts'
import { printedBuyer, printedSeller } from './printed-parties.ts'
import { printedPayment } from './printed-payment.ts'
import { printedExchangeRates, printedTaxes, printedTaxNotes, printedTotals } from './printed-totals.ts'

/** Countries that print on letter paper. */
const LETTER_COUNTRIES = new Set(['US', 'CA', 'MX', 'CL', 'CO', 'PH', 'VE'])

/** Returns everything that an invoice says, in the language and formats of the buyer. Throws `InvalidBranding`. */
export function layOutInvoice(document: InvoiceDocument): PageLayout {
  const { invoice, branding = {}, texts } = document
  checkBranding(branding)
  const { language, messages } = messagesFor(invoice.buyer.locale, texts)
  const formats = formatsFor(invoice.buyer.locale, { currency: invoice.currency, timeZone: invoice.timeZone })
  const printing = { invoice, formats, messages }
  const heading = invoice.kind === 'credit_note' ? messages.creditNote : messages.invoice
  return {
    language,
    title: invoice.number === null ? heading : `${heading} ${invoice.number}`,
    heading,
    logo: branding.logo ?? null,
    color: branding.color ?? DEFAULT_COLOR,
    paper: LETTER_COUNTRIES.has(invoice.buyer.address.country) ? 'letter' : 'A4',
    stamp: stampOf(printing),
    seller: printedSeller(invoice.seller, language, messages),
    buyer: printedBuyer(invoice.buyer, language, messages),
    facts: factsOf(printing, document),
    lines: printedLines(printing),
    chart: printedChart(printing, document.usage),
    totals: printedTotals(printing),
    taxes: printedTaxes(printing),
    taxNotes: printedTaxNotes(printing),
    exchangeRates: printedExchangeRates(printing),
    payment: printedPayment(printing),
    notes: invoice.notes === null || invoice.notes.trim() === '' ? null : { title: messages.notes, text: invoice.notes },
    footer: branding.footer ?? [],
    pageLabel: messages.page,
  }
}

function factsOf({ invoice, formats, messages }: LinePrinting, { corrects }: InvoiceDocument): readonly Fact[] {
  const { number, issuedAt, dueAt, kind, period, buyer } = invoice
  return [
    ...(number === null ? [] : [{ label: messages.number, value: number }]),
    ...(issuedAt === null ? [] : [{ label: messages.issued, value: formats.date(issuedAt) }]),
    ...(dueAt === null || kind === 'credit_note' ? [] : [{ label: messages.due, value: formats.date(dueAt) }]),
    { label: messages.period, value: formats.period(period) },
    ...(corrects === undefined
      ? []
      : [{ label: messages.corrects, value: corrects.issuedAt === null ? corrects.number : `${corrects.number} (${formats.date(corrects.issuedAt)})` }]),
    ...(buyer.reference === null ? [] : [{ label: messages.reference, value: buyer.reference }]),
  ]
}

const TONES: Readonly<Record<string, Stamp['tone']>> = { paid: 'good', overdue: 'bad', void: 'bad', uncollectible: 'bad' }

function stampOf({ invoice: { status, kind }, messages }: LinePrinting): Stamp | null {
  const text = messages.statuses[status]
  if (text === null || (kind === 'credit_note' && status !== 'void' && status !== 'draft')) return null
  return { text, tone: TONES[status] ?? 'neutral' }
}
