import { Temporal, Decimal } from '@tollgate/kernel'
import { expect, test } from 'vitest'
import { makePrintedInvoice } from '../../testing/builders/printed-invoice.ts'
import { renderInvoiceHtml } from './render-html.ts'

test('escapes every text that users give', () => {
  const hostile = `"><script>alert('x')</script>&`
  const address = { line1: hostile, line2: hostile, postalCode: hostile, city: hostile, region: hostile, country: hostile }
  const html = renderInvoiceHtml({
    invoice: makePrintedInvoice({
      number: hostile,
      notes: hostile,
      seller: {
        name: hostile,
        address,
        taxId: { kind: 'other', value: hostile },
        registration: hostile,
        email: hostile,
        phone: hostile,
        bankAccount: { holder: hostile, iban: hostile, bic: hostile, bank: hostile },
      },
      buyer: { name: hostile, address, reference: hostile, locale: hostile },
      lines: ['one', 'two'].map(name => ({
        description: hostile,
        unit: hostile,
        model: hostile + name,
        dimensions: { [hostile]: name },
        discounts: [{ description: hostile, amount: '1' }],
        provenance: { conversion: { currency: hostile, amount: '1', rate: '1', date: hostile, source: hostile }, details: {} },
      })),
    }),
    corrects: { number: hostile, issuedAt: null },
    branding: { footer: [hostile] },
    texts: { en: { total: hostile } },
  })
  expect(html.match(/<script/i)).toBeNull()
  expect(html.split('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)').length).toBeGreaterThan(25)
})

test('needs no other file and no script', () => {
  const logo = { bytes: new Uint8Array([0xff, 0xd8, 0xff]), description: 'Logo' }
  const html = renderInvoiceHtml({ invoice: makePrintedInvoice(), branding: { logo } })
  expect(html).not.toMatch(/<script|<link|@import|url\(|javascript:|\son\w+=/i)
  expect([...html.matchAll(/(?:src|href)="([^"]{0,16})/g)].map(([, target]) => target)).toEqual(['data:image/jpeg;'])
})

test('draws usage by day as bars', () => {
  const points = [4, 0, 2].map((amount, i) => ({ day: Temporal.PlainDate.from('2026-11-01').add({ days: i }), amount: new Decimal(amount) }))
  const html = renderInvoiceHtml({ invoice: makePrintedInvoice(), usage: { by: 'day', points } })
  expect([...html.matchAll(/<rect [^>]*height="([\d.]+)"/g)].map(([, height]) => height)).toEqual(['120.0', '0.0', '60.0'])
  expect(html).toContain('<title>Nov 3, 2026: €2.00</title>')
})
