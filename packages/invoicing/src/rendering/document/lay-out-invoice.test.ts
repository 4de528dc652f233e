import { Decimal, period, Temporal } from '@tollgate/kernel'
import { describe, expect, test } from 'vitest'
import { GERMAN_VAT, makePrintedInvoice, type PrintedInvoiceTraits } from '../../testing/builders/printed-invoice.ts'
import { epcPayload } from './epc-code.ts'
import { layOutInvoice } from './lay-out-invoice.ts'
import { ENGLISH } from './messages/english.ts'
import type { InvoiceMessages } from './messages/invoice-messages.ts'
import { INVOICE_LANGUAGES, messagesFor } from './messages/messages-for.ts'

test.each([
  { locale: 'en-US', currency: 'EUR', amount: '€1,234.50', days: 'Nov 1, 2026 – Nov 30, 2026', rate: '19%', language: 'en' },
  { locale: 'de-DE', currency: 'EUR', amount: '1.234,50 €', days: '01.11.2026 – 30.11.2026', rate: '19 %', language: 'de' },
  { locale: 'fr-FR', currency: 'EUR', amount: '1 234,50 €', days: '1 nov. 2026 – 30 nov. 2026', rate: '19 %', language: 'fr' },
  { locale: 'es-ES', currency: 'EUR', amount: '1234,50 €', days: '1 nov 2026 – 30 nov 2026', rate: '19 %', language: 'es' },
  { locale: 'de-CH', currency: 'CHF', amount: 'CHF 1’234.50', days: '01.11.2026 – 30.11.2026', rate: '19%', language: 'de' },
  { locale: 'ja-JP', currency: 'JPY', amount: '￥1,234', days: '2026/11/01 – 2026/11/30', rate: '19%', language: 'en' },
  { locale: 'ar-KW', currency: 'KWD', amount: '١٬٢٣٤٫٥٠٠ د.ك.', days: '٠١/١١/٢٠٢٦ – ٣٠/١١/٢٠٢٦', rate: '١٩٪', language: 'en' },
  { locale: 'not a locale', currency: 'EUR', amount: '€1,234.50', days: 'Nov 1, 2026 – Nov 30, 2026', rate: '19%', language: 'en' },
])('prints amounts, dates and texts for $locale in $currency', ({ locale, currency, amount, days, rate, language }) => {
  const page = layOutInvoice({ invoice: makePrintedInvoice({ currency, buyer: { locale }, lines: [{ unitAmount: '1234.5' }] }) })
  const [row] = page.lines.groups.flatMap(({ rows }) => rows)
  const printedPeriod = page.facts.find(({ label }) => label === messagesFor(locale).messages.period)
  expect([row?.cells.amount, printedPeriod?.value, row?.cells.tax].map(visible)).toEqual([amount, days, rate].map(visible))
  expect(page.language).toBe(language)
})

test('prints prices with all their digits, and amounts exactly', () => {
  const line = { quantity: '12345678901234567890', unitAmount: '0.00000012' }
  const { groups } = layOutInvoice({ invoice: makePrintedInvoice({ lines: [line] }) }).lines
  expect(groups[0]?.rows[0]?.cells).toMatchObject({ quantity: '12,345,678,901,234,567,890 calls', unitPrice: '€0.00000012', amount: '€1,481,481,468,148.15' })
})

test.each(INVOICE_LANGUAGES)('the texts in %s have the placeholders of the English ones', language => {
  const { messages } = messagesFor(language)
  for (const key of Object.keys(ENGLISH) as (keyof InvoiceMessages)[]) {
    const text = messages[key]
    if (typeof text !== 'string') expect(Object.keys(text).toSorted()).toEqual(Object.keys(ENGLISH[key]).toSorted())
    else {
      expect(text).not.toBe('')
      expect(placeholders(text)).toEqual(placeholders(JSON.stringify(ENGLISH[key])))
    }
  }
})

test('texts can be replaced, and a language can be added', () => {
  const texts = { de: { invoice: 'Faktura' }, it: { invoice: 'Fattura', statuses: { ...ENGLISH.statuses, paid: 'Pagata' } } }
  const inLocale = (locale: string) => layOutInvoice({ invoice: makePrintedInvoice({ status: 'paid', buyer: { locale } }), texts })
  expect(inLocale('de-AT')).toMatchObject({ heading: 'Faktura', stamp: { text: 'Bezahlt' } })
  expect(inLocale('it-IT')).toMatchObject({ language: 'it', heading: 'Fattura', stamp: { text: 'Pagata' }, lines: { heads: { amount: 'Amount' } } })
})

describe('lines', () => {
  test('are grouped by the dimensions of the invoice, with a sum for each group', () => {
    const lines = ['research', 'sales', 'research', null].map(team => ({ dimensions: { team }, discounts: [{ description: 'x', amount: '1' }] }))
    const { groups } = layOutInvoice({ invoice: makePrintedInvoice({ lines }) }).lines
    expect(groups.map(({ title, rows, total }) => [title, rows.length, total?.value])).toEqual([
      ['team: research', 2, '€198.00'],
      ['team: sales', 1, '€99.00'],
      ['team: none', 1, '€99.00'],
    ])
  })

  test('name units in the language of the buyer, one or several of them', () => {
    const lines = [{ unit: 'seat' }, { unit: 'seat', quantity: '3' }, { unit: 'adjustment' }, { unit: 'image', quantity: '2' }]
    const { groups } = layOutInvoice({ invoice: makePrintedInvoice({ lines, buyer: { locale: 'de' } }) }).lines
    expect(groups[0]?.rows.map(({ cells }) => cells.quantity)).toEqual(['1 Platz', '3 Plätze', '1', '2 image'])
  })

  test('say their period if it is not that of the invoice', () => {
    const late = period(Temporal.Instant.from('2026-09-30T22:00:00Z'), Temporal.Instant.from('2026-10-31T23:00:00Z'))
    const { groups } = layOutInvoice({ invoice: makePrintedInvoice({ lines: [{}, { period: late }] }) }).lines
    expect(groups[0]?.rows.map(({ remarks }) => remarks)).toEqual([[], ['Oct 1, 2026 – Oct 31, 2026']])
  })

  test('show discounts and credits below the amount', () => {
    const { groups } = layOutInvoice({ invoice: makePrintedInvoice({ lines: [{ discounts: [{ description: 'Launch', amount: '10' }], credits: '5' }] }) }).lines
    expect(groups[0]?.rows[0]?.deductions).toEqual([
      { label: 'Discount: Launch', value: '-€10.00' },
      { label: 'Paid with credits', value: '-€5.00' },
    ])
  })
})

test.each<[name: string, traits: PrintedInvoiceTraits, totals: readonly (readonly [string, string])[]]>([
  [
    'without tax',
    { amountPaid: '19' },
    [
      ['Subtotal', '€100.00'],
      ['VAT 19%', '€19.00'],
      ['Total', '€119.00'],
      ['Paid', '-€19.00'],
      ['Amount due', '€100.00'],
    ],
  ],
  [
    'with tax',
    { taxBehavior: 'inclusive', lines: [{ unitAmount: '119' }] },
    [
      ['Subtotal (with tax)', '€119.00'],
      ['Total', '€119.00'],
      ['Includes VAT 19%', '€19.00'],
      ['Amount due', '€119.00'],
    ],
  ],
  [
    'of a credit note',
    { kind: 'credit_note' },
    [
      ['Subtotal', '€100.00'],
      ['VAT 19%', '€19.00'],
      ['Amount credited', '€119.00'],
    ],
  ],
])('prints totals of prices %s', (_, traits, totals) => {
  expect(layOutInvoice({ invoice: makePrintedInvoice(traits) }).totals.map(({ label, value }) => [label, value])).toEqual(totals)
})

test('lists the components of a tax, and says why no tax is due in the language of the buyer', () => {
  const components = [
    { name: 'GST', rate: new Decimal(5) },
    { name: 'QST', rate: new Decimal('9.975') },
  ]
  const quebec = { ...GERMAN_VAT, name: 'GST/QST', rate: new Decimal('14.975'), components, jurisdiction: 'CA-QC' }
  const reverse = { ...GERMAN_VAT, category: 'AE' as const, rate: new Decimal(0), exemptionReason: 'Reverse charge' }
  const page = layOutInvoice({ invoice: makePrintedInvoice({ buyer: { locale: 'de' }, lines: [{ tax: quebec }, { tax: reverse }] }) })
  expect(page.taxes?.rows.map(row => row.map(visible))).toEqual([
    ['GST/QST (CA-QC)', '14,975 %', '100,00 €', '14,98 €'],
    ['– GST', '5 %', '', '5,00 €'],
    ['– QST', '9,975 %', '', '9,98 €'],
    ['USt. (DE)', '0 %', '100,00 €', '0,00 €'],
  ])
  expect(page.taxNotes).toEqual(['Steuerschuldnerschaft des Leistungsempfängers.'])
})

test('charts the largest models and the others together', () => {
  const lines = Array.from({ length: 12 }, (_, i) => ({ model: `model-${i}`, unitAmount: String(12 - i) }))
  const chart = layOutInvoice({ invoice: makePrintedInvoice({ lines }) }).chart
  expect(chart?.bars.map(({ label, share }) => [label, share])).toEqual([
    ['openai model-0', 0.8],
    ...Array.from({ length: 6 }, (_, i) => [`openai model-${i + 1}`, Number(((11 - i) / 15).toFixed(4))]),
    ['Other', 1],
  ])
})

describe('payment', () => {
  test('has the bank account, the reference and a QR code', () => {
    const { payment } = layOutInvoice({ invoice: makePrintedInvoice() })
    expect(payment.terms).toBe('Please pay by Dec 15, 2026.')
    expect(payment.instructions).toContainEqual({ label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' })
    expect(payment.instructions).toContainEqual({ label: 'Payment reference', value: 'INV-acme-000042' })
    expect(payment.code?.modules.length).toBeGreaterThan(20)
  })

  test.each<[name: string, traits: PrintedInvoiceTraits]>([
    ['a paid invoice', { amountPaid: '119', status: 'paid' }],
    ['a void invoice', { status: 'void' }],
    ['a credit note', { kind: 'credit_note' }],
    ['a draft', { number: null, status: 'draft' }],
  ])('has no instructions for %s', (_, traits) => {
    expect(layOutInvoice({ invoice: makePrintedInvoice(traits) }).payment).toMatchObject({ instructions: [], code: null })
  })

  test('the QR code says what a banking app needs', () => {
    const account = { holder: 'Tollgate\nGmbH', iban: 'de89 3704 0044 0532 0130 00', bic: null, bank: null }
    const transfer = { account, currency: 'EUR', amount: new Decimal('504.9'), reference: 'INV-1' }
    expect(epcPayload(transfer)).toBe('BCD\n002\n1\nSCT\n\nTollgate GmbH\nDE89370400440532013000\nEUR504.90\n\n\nINV-1')
    expect(epcPayload({ ...transfer, currency: 'USD' })).toBeNull()
    expect(epcPayload({ ...transfer, amount: new Decimal('1000000000') })).toBeNull()
  })
})

test('an invoice without lines says so', () => {
  const page = layOutInvoice({ invoice: makePrintedInvoice({ lines: [] }) })
  expect(page.lines).toMatchObject({ groups: [], empty: 'Nothing was charged in this period.' })
  expect(page).toMatchObject({ chart: null, taxes: null })
})

function placeholders(text: string): readonly string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted()
}

/** Without marks of direction, and with plain spaces and apostrophes. */
function visible(text: string | undefined): string | undefined {
  return text
    ?.replaceAll(/[\u200E\u200F\u061C]/g, '')
    .replaceAll(/\s/g, ' ')
    .replaceAll('’', "'")
}
