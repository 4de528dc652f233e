import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'
import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, test } from 'vitest'
import { GERMAN_VAT, makePrintedInvoice } from '../../testing/builders/printed-invoice.ts'
import { readPdf } from '../../testing/reference/pdf-text.ts'
import { InvalidBranding } from '../document/branding.ts'
import type { InvoiceDocument } from '../document/invoice-document.ts'
import { layOutInvoice } from '../document/lay-out-invoice.ts'
import { renderCii } from '../electronic/write-cii.ts'
import { renderInvoiceHtml } from '../html/render-html.ts'
import { renderFacturX } from '../render-factur-x.ts'
import { renderInvoicePdf } from './render-pdf.ts'

const LATE = { from: Temporal.Instant.from('2026-09-30T22:00:00Z'), to: Temporal.Instant.from('2026-10-31T23:00:00Z') }

/** An invoice with everything that can be printed. */
const FULL: InvoiceDocument = {
  invoice: makePrintedInvoice({
    status: 'partially_paid',
    amountPaid: '50',
    notes: 'Thank you.\nQuestions are welcome.',
    buyer: { locale: 'fr-FR' },
    lines: [
      { kind: 'recurring_fee', description: 'Plan Pro', unit: 'month', unitAmount: '49', provider: null, model: null },
      {
        description: 'openai gpt-5-mini',
        unit: 'token',
        quantity: '98234567',
        unitAmount: '0.0000037',
        discounts: [{ description: 'Lancement', amount: '3.63' }],
      },
      { description: 'anthropic claude', model: 'claude', provider: 'anthropic', period: LATE, credits: '5' },
      {
        kind: 'other',
        description: 'Conseil',
        tax: {
          ...GERMAN_VAT,
          rate: new Decimal('14.975'),
          components: [
            { name: 'GST', rate: new Decimal(5) },
            { name: 'QST', rate: new Decimal('9.975') },
          ],
          jurisdiction: 'CA-QC',
        },
        provenance: { conversion: { currency: 'USD', amount: '104.20', rate: '0.91342', date: '2026-11-30', source: 'ECB' }, details: {} },
      },
    ],
  }),
  branding: { footer: ['Tollgate GmbH · HRB 12345'] },
}

describe('a PDF', () => {
  test('says what the page of HTML says, and both say all of it', async () => {
    const { pages, language } = await readPdf(await renderInvoicePdf(FULL))
    const printed = plain(pages.flat().join(' '))
    const html = plain(textOf(renderInvoiceHtml(FULL)))
    const expected = textsIn(layOutInvoice(FULL)).map(plain)
    expect(expected.length).toBeGreaterThan(60)
    expect(expected.filter(text => !printed.includes(text))).toEqual([])
    expect(expected.filter(text => !html.includes(text))).toEqual([])
    expect(language).toBe('fr')
  })

  test('is the same, byte by byte, for the same invoice, and another one after a payment', async () => {
    const once = await renderFacturX(FULL)
    expect(Buffer.from(await renderFacturX(FULL)).equals(once)).toBe(true)
    const paid = { ...FULL, invoice: { ...FULL.invoice, amountPaid: FULL.invoice.total } }
    expect(fileId(await renderFacturX(paid))).not.toBe(fileId(once))
  })

  test('repeats the heads of the lines on every page, numbers the pages, and divides no line', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => ({ description: `First half ${i} ${'long '.repeat(12)}second half ${i}`, model: `model-${i % 3}` }))
    const { pages } = await readPdf(await renderInvoicePdf({ invoice: makePrintedInvoice({ lines }) }))
    expect(pages.length).toBeGreaterThan(4)
    for (const [position, texts] of pages.entries()) expect(texts).toContain(`Page ${position + 1} of ${pages.length}`)
    const withLines = pages.filter(texts => texts.some(text => text.startsWith('First half')))
    for (const texts of withLines) expect(texts).toContain('Description')
    for (let i = 0; i < lines.length; i += 1) {
      const page = pages.map(texts => texts.join(' ')).find(text => text.includes(`First half ${i} `))
      expect(page).toContain(`second half ${i}`)
    }
  })

  test('has thousands of lines', async () => {
    const lines = Array.from({ length: 2500 }, (_, i) => ({ description: `customer ${i}` }))
    const pdf = Buffer.from(await renderInvoicePdf({ invoice: makePrintedInvoice({ lines }) })).toString('latin1')
    const pages = Number(/\/Type \/Pages\s*\/Count (\d+)/.exec(pdf)?.[1])
    expect(pages).toBeGreaterThan(50)
    expect(pages).toBeLessThan(100)
  })

  test('prints "□" for a character that no font has, and a character with the same meaning where there is one', async () => {
    const invoice = makePrintedInvoice({ currency: 'JPY', buyer: { name: '漢 Ａcme\u200D', locale: 'ja-JP' } })
    const text = (await readPdf(await renderInvoicePdf({ invoice }))).pages.flat().join(' ')
    expect(text).toContain('□ Acme')
    expect(text).toContain('¥100')
  })

  test('is on letter paper for a buyer in the United States', async () => {
    const address = { line1: '1 Main St', line2: null, postalCode: '94105', city: 'San Francisco', region: 'CA', country: 'US' }
    const pdf = Buffer.from(await renderInvoicePdf({ invoice: makePrintedInvoice({ buyer: { address } }) })).toString('latin1')
    expect(pdf).toContain('/MediaBox [0 0 612 792]')
  })

  test('shows a logo, and rejects a logo that cannot be read', async () => {
    const bytes = redPng()
    const pdf = Buffer.from(await renderInvoicePdf({ ...FULL, branding: { logo: { bytes, description: 'Red' } } })).toString('latin1')
    expect(pdf).toContain('/Subtype /Image')
    const broken = { bytes: bytes.slice(0, 20), description: 'Red' }
    await expect(renderInvoicePdf({ ...FULL, branding: { logo: broken } })).rejects.toThrow(InvalidBranding)
    expect(() => layOutInvoice({ ...FULL, branding: { logo: { bytes: new TextEncoder().encode('<svg/>'), description: '' } } })).toThrow(/PNG or JPEG/)
    expect(() => layOutInvoice({ ...FULL, branding: { color: 'red;}' } })).toThrow(InvalidBranding)
  })
})

describe('Factur-X', () => {
  test('contains the invoice as XML, as an alternative of the document', async () => {
    const bytes = await renderFacturX(FULL)
    const { attachments } = await readPdf(bytes)
    expect(attachments).toEqual([{ name: 'factur-x.xml', content: renderCii(FULL) }])
    const pdf = Buffer.from(bytes).toString('latin1')
    expect(pdf).toContain('/AFRelationship /Alternative')
    expect(pdf).toMatch(/\/AF \[\d+ 0 R\]/)
    expect(pdf).toMatch(/\/Subtype \/text#2Fxml/)
  })

  test('is PDF/A-3b, with metadata that describes the XML by an extension schema', async () => {
    const pdf = Buffer.from(await renderFacturX({ ...FULL, invoice: { ...FULL.invoice, seller: { ...FULL.invoice.seller, name: 'A & B <GmbH>' } } }))
    const xmp = /<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(pdf.toString('utf8'))?.[0] ?? ''
    expect(xmp).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(xmp).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
    expect(xmp).toContain('xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"')
    expect(xmp).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>')
    expect(xmp).toContain('<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>')
    expect(xmp).toContain('<fx:DocumentType>INVOICE</fx:DocumentType>')
    expect(xmp).toContain('<fx:Version>1.0</fx:Version>')
    for (const name of ['DocumentFileName', 'DocumentType', 'Version', 'ConformanceLevel'])
      expect(xmp).toContain(`<pdfaProperty:name>${name}</pdfaProperty:name>`)
    expect(xmp).toContain('<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>')
    expect(xmp).toContain('A &amp; B &lt;GmbH&gt;')
    expect(pdf.toString('latin1')).toContain('/S /GTS_PDFA1')
    expect(pdf.toString('latin1').startsWith('%PDF-1.7')).toBe(true)
  })

  test('embeds every font', async () => {
    const pdf = Buffer.from(await renderFacturX(FULL)).toString('latin1')
    const descriptors = pdf.match(/\/Type \/FontDescriptor/g) ?? []
    expect(descriptors.length).toBeGreaterThan(0)
    expect(pdf.match(/\/FontFile2 \d+ 0 R/g)).toHaveLength(descriptors.length)
  })
})

/** All texts of a layout, except the path of the picture and what is drawn with it. */
function textsIn(value: unknown, key = ''): readonly string[] {
  if (['language', 'color', 'paper', 'tone', 'weight', 'by', 'empty', 'modules', 'logo', 'pageLabel', 'title', 'chart'].includes(key)) return []
  if (typeof value === 'string') return value === '' ? [] : value.split('\n')
  if (Array.isArray(value)) return value.flatMap(each => textsIn(each))
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, each]) => textsIn(each, name)) : []
}

/** Without spaces, because lines are broken at them, and in capitals, because stamps are. */
function plain(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase()
}

function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

function fileId(pdf: Uint8Array): string | undefined {
  return /\/ID \[<(\w+)>/.exec(Buffer.from(pdf).toString('latin1'))?.[1]
}

/** A PNG image of one red pixel. */
function redPng(): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
  }
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from([0, 255, 0, 0]))), chunk('IEND', Buffer.alloc(0))])
}
