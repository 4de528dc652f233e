import { Decimal, Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Invoice } from '../../model/invoices/invoice.ts'
import type { AppliedTax, TaxCategory } from '../../model/tax/tax.ts'
import { GERMAN_VAT, makePrintedInvoice, type PrintedInvoiceTraits, type PrintedLineTraits } from '../../testing/builders/printed-invoice.ts'
import { readCiiFigures, readUblFigures, readXml, validateXml } from '../../testing/reference/electronic-xml.ts'
import { brokenRules } from '../../testing/reference/en16931-rules.ts'
import { renderCii } from './write-cii.ts'
import { renderUbl } from './write-ubl.ts'

const REVERSE_CHARGE: AppliedTax = taxOf('AE', { exemptionReason: 'Reverse charge', jurisdiction: 'FR' })
const FRENCH_BUYER = {
  taxId: { kind: 'eu_vat', value: 'FR 40 303265045' },
  address: { line1: '12 rue de la Paix', line2: null, postalCode: '75002', city: 'Paris', region: null, country: 'FR' },
} as const
const CORRECTED = { number: 'INV-acme-000041', issuedAt: Temporal.Instant.from('2026-11-01T06:00:00Z') }

describe.each<[name: string, traits: PrintedInvoiceTraits]>([
  ['an invoice with discounts and credits', { lines: [{ discounts: [{ description: 'Launch', amount: '10' }], credits: '5' }], amountPaid: '20' }],
  ['a line that gives back', { lines: [{ unitAmount: '-12.345', quantity: '3' }, {}] }],
  ['a line that corrects a discount', { lines: [{ discounts: [{ description: 'Launch', amount: '-2' }], credits: '-1' }] }],
  [
    'prices that include tax',
    { taxBehavior: 'inclusive', lines: [{ unitAmount: '0.0000333333', quantity: '98765432', discounts: [{ description: '5 %', amount: '1.11' }] }] },
  ],
  ['a reverse charge', { buyer: FRENCH_BUYER, lines: [{ tax: REVERSE_CHARGE }] }],
  ['an export', { buyer: { taxId: null }, lines: [{ tax: taxOf('O', { exemptionReason: 'Not subject to tax', jurisdiction: 'US' }) }] }],
  ['an exempt buyer', { lines: [{ tax: taxOf('E', { exemptionReason: 'Embassy' }) }] }],
  ['several taxes', { lines: [{}, { tax: { ...GERMAN_VAT, rate: new Decimal(7) } }, { tax: taxOf('Z', {}) }] }],
  ['yen', { currency: 'JPY', lines: [{ unitAmount: '1234.5' }] }],
  ['a seller without a bank account and a due date', { dueAt: null, seller: { bankAccount: null, phone: null, email: null }, notes: 'Thank you' }],
  ['a period of one instant', { lines: [{ period: { from: CORRECTED.issuedAt, to: CORRECTED.issuedAt } }] }],
])('%s', (_, traits) => {
  test('follows the schemas of UBL and Factur-X, and the rules of EN 16931', () => {
    const document = { invoice: makePrintedInvoice(traits) }
    const ubl = renderUbl(document)
    const cii = renderCii(document)
    validateXml(ubl, 'ublInvoice')
    validateXml(cii, 'facturX')
    expect(brokenRules(readUblFigures(ubl))).toEqual([])
    expect(readCiiFigures(cii)).toEqual(readUblFigures(ubl))
  })
})

test('a credit note names the invoice that it corrects', () => {
  const document = { invoice: makePrintedInvoice({ kind: 'credit_note', number: 'CN-acme-000001' }), corrects: CORRECTED }
  const ubl = renderUbl(document)
  const cii = renderCii(document)
  validateXml(ubl, 'ublCreditNote')
  validateXml(cii, 'facturX')
  expect(brokenRules(readCiiFigures(cii))).toEqual([])
  expect(readCiiFigures(cii)).toEqual(readUblFigures(ubl))
  expect(readXml(ubl, ({ text }) => [text('CreditNoteTypeCode'), text('BillingReference/InvoiceDocumentReference/ID')])).toEqual(['381', CORRECTED.number])
  const settlement = 'SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement'
  expect(
    readXml(cii, ({ text }) => [
      text('ExchangedDocument/TypeCode'),
      text(`${settlement}/InvoiceReferencedDocument/IssuerAssignedID`),
      text(`${settlement}/InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString`),
    ]),
  ).toEqual(['381', CORRECTED.number, '20261101'])
})

test('a reverse charge in the European Union has its VATEX code and both VAT ids', () => {
  const ubl = renderUbl({ invoice: makePrintedInvoice({ buyer: FRENCH_BUYER, lines: [{ tax: REVERSE_CHARGE }] }) })
  expect(readXml(ubl, ({ text }) => text('TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReasonCode'))).toBe('VATEX-EU-AE')
  expect(readUblFigures(ubl)).toMatchObject({ sellerVatId: 'DE136695976', buyerVatId: 'FR40303265045' })
})

test('what is not subject to tax is exempt where other lines are taxed', () => {
  const figures = readUblFigures(renderUbl({ invoice: makePrintedInvoice({ lines: [{}, { tax: taxOf('O', { exemptionReason: 'Elsewhere' }) }] }) }))
  expect(figures.taxes.map(({ category, reason }) => [category, reason])).toEqual([
    ['S', null],
    ['E', 'Elsewhere'],
  ])
  expect(brokenRules(figures)).toEqual([])
})

test('taxes that differ in their name only are one tax', () => {
  const figures = readUblFigures(renderUbl({ invoice: makePrintedInvoice({ lines: [{}, { tax: { ...GERMAN_VAT, name: 'MwSt', jurisdiction: 'AT' } }] }) }))
  expect(figures.taxes.map(({ taxable, amount }) => [taxable.toFixed(), amount.toFixed()])).toEqual([['200', '38']])
})

test.each([
  ['gb_vat', '123 4567 82', 'GB123456782'],
  ['ch_vat', 'CHE-116.281.710 MWST', 'CHE116281710MWST'],
  ['no_vat', '923609016MVA', 'NO923609016MVA'],
])('a VAT id of the kind %s has the prefix of its country', (kind, value, expected) => {
  const { sellerVatId } = readUblFigures(renderUbl({ invoice: makePrintedInvoice({ seller: { taxId: { kind, value } } }) }))
  expect(sellerVatId).toBe(expected)
})

test('text from users is escaped, and characters that XML cannot contain are left out', () => {
  const hostile = '<x attr="1">&amp; \u0000\u0008\uD800 ]]> 😀'
  const document = { invoice: makePrintedInvoice({ notes: hostile, buyer: { name: hostile }, lines: [{ description: hostile }] }) }
  validateXml(renderUbl(document), 'ublInvoice')
  validateXml(renderCii(document), 'facturX')
  expect(readXml(renderUbl(document), ({ text }) => text('InvoiceLine/Item/Name'))).toBe('<x attr="1">&amp;   \uFFFD ]]> 😀')
})

test.each<[name: string, traits: PrintedInvoiceTraits, message: RegExp]>([
  ['a draft', { number: null, issuedAt: null }, /is a draft/],
  ['an invoice without lines', { lines: [] }, /has no lines/],
  ['a currency with three decimal places', { currency: 'KWD' }, /KWD have more than 2 decimal places/],
  ['a seller without a tax id', { seller: { taxId: null } }, /seller needs a tax id/],
  ['a reverse charge to a buyer without a tax id', { buyer: { taxId: null }, lines: [{ tax: REVERSE_CHARGE }] }, /buyer needs a tax id/],
  ['an address without a country code', { seller: { address: { ...FRENCH_BUYER.address, country: 'France' } } }, /address of the seller needs a two-letter/],
])('%s has no electronic invoice, and the error says why', (_, traits, message) => {
  const document = { invoice: makePrintedInvoice(traits) }
  expect(() => renderUbl(document)).toThrow(message)
  expect(() => renderCii(document)).toThrow(message)
})

describe('the checker of the rules', () => {
  const figures = readUblFigures(renderUbl({ invoice: makePrintedInvoice() }))
  const cent = new Decimal('0.01')

  test.each([
    ['BR-CO-10', { ...figures, netTotal: figures.netTotal.plus(cent), taxExclusive: figures.taxExclusive.plus(cent) }],
    ['BR-CO-14', { ...figures, taxTotal: figures.taxTotal.plus(cent) }],
    ['BR-CO-16', { ...figures, due: figures.due.plus(cent) }],
    ['BR-S-08', { ...figures, taxes: figures.taxes.map(tax => ({ ...tax, taxable: tax.taxable.plus(cent) })) }],
    ['BR-CO-17', { ...figures, taxes: figures.taxes.map(tax => ({ ...tax, amount: tax.amount.plus(1) })) }],
    ['BR-E-10', { ...figures, taxes: figures.taxes.map(tax => ({ ...tax, reason: 'none' })) }],
  ])('finds a violation of %s', (rule, broken) => {
    expect(brokenRules(broken)).toContain(rule)
  })
})

test('property: any invoice follows the rules of EN 16931 in UBL and CII, with the total of the invoice', () => {
  fc.assert(
    fc.property(invoices(), invoice => {
      const ubl = readUblFigures(renderUbl({ invoice }))
      expect(brokenRules(ubl)).toEqual([])
      expect(readCiiFigures(renderCii({ invoice }))).toEqual(ubl)
      expect(ubl.taxInclusive.toFixed()).toBe(invoice.total.toFixed())
      expect(ubl.due.toFixed()).toBe(invoice.amountDue.toFixed())
    }),
    { numRuns: 60 },
  )
})

function invoices(): fc.Arbitrary<Invoice> {
  const cents = (max: number) => fc.integer({ min: -max, max }).map(amount => new Decimal(amount).div(100).toFixed())
  const taxes = [
    GERMAN_VAT,
    { ...GERMAN_VAT, rate: new Decimal(7) },
    { ...GERMAN_VAT, rate: new Decimal('14.975'), jurisdiction: 'CA-QC' },
    { ...GERMAN_VAT, rate: new Decimal(7), jurisdiction: 'AT' },
    taxOf('Z', {}),
    taxOf('E', { exemptionReason: 'Embassy' }),
    taxOf('E', { exemptionReason: 'School' }),
    REVERSE_CHARGE,
    taxOf('O', { exemptionReason: 'Elsewhere' }),
  ]
  const line: fc.Arbitrary<PrintedLineTraits> = fc.record({
    quantity: fc.oneof(
      fc.integer({ min: 0, max: 1_000_000_000 }).map(String),
      fc.integer({ min: -5000, max: 5000 }).map(thousandths => new Decimal(thousandths).div(1000).toFixed()),
    ),
    unitAmount: fc.integer({ min: -1_000_000, max: 1_000_000 }).map(millionths => new Decimal(millionths).div(1_000_000).toFixed()),
    discounts: fc.array(fc.record({ description: fc.constantFrom('Launch', 'Volume'), amount: cents(10_000) }), { maxLength: 3 }),
    credits: cents(1000),
    tax: fc.constantFrom(...taxes),
  })
  return fc
    .record({
      lines: fc.array(line, { minLength: 1, maxLength: 8 }),
      oneTax: fc.option(fc.constantFrom(...taxes)),
      taxBehavior: fc.constantFrom('exclusive' as const, 'inclusive' as const),
      rounding: fc.constantFrom('per_line' as const, 'per_invoice' as const),
      kind: fc.constantFrom('invoice' as const, 'credit_note' as const),
      amountPaid: fc.integer({ min: 0, max: 100_000 }).map(amount => new Decimal(amount).div(100).toFixed()),
    })
    .map(({ lines, oneTax, ...traits }) => makePrintedInvoice({ ...traits, lines: oneTax === null ? lines : lines.map(each => ({ ...each, tax: oneTax })) }))
}

function taxOf(category: TaxCategory, traits: Partial<AppliedTax>): AppliedTax {
  return { ...GERMAN_VAT, name: 'Tax', category, rate: new Decimal(0), ...traits }
}
