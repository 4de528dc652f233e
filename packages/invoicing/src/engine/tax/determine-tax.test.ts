import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { TaxSettings } from '../../model/tax/tax-settings.ts'
import { checkTaxId } from './check-tax-id.ts'
import { determineTaxWith } from './determine-tax.ts'

/** "CA-QC" is an address in Quebec, and "DE" one in Germany. */
const address = (place: string) => {
  const [country = '', region = null] = place.split('-')
  return { line1: '1 Main Street', line2: null, postalCode: null, city: 'Town', region, country }
}

interface Case {
  readonly seller: string
  readonly registrations: readonly string[]
  readonly buyer: string
  readonly taxId?: { readonly kind: string; readonly value: string }
  readonly exemption?: string
  readonly date?: string
  readonly rates?: TaxSettings['rates']
}

function taxOf({ seller, registrations, buyer, taxId, exemption, date = '2026-11-01', rates = [] }: Case) {
  return determineTaxWith(checkTaxId, {
    seller: { address: address(seller) },
    buyer: { address: address(buyer), taxId: taxId ?? null, taxExemption: exemption ?? null },
    settings: { registrations, rates, behavior: 'exclusive', rounding: 'per_invoice' },
    date: Temporal.PlainDate.from(date),
  })
}

const shown = (tax: ReturnType<typeof taxOf>) => {
  const parts = tax.components.map(({ name, rate }) => `${name} ${rate.toFixed()}`)
  return [
    `${tax.category} ${tax.rate.toFixed()} ${tax.jurisdiction} ${tax.name}`,
    ...parts,
    ...(tax.exemptionReason === null ? [] : [tax.exemptionReason]),
  ].join(', ')
}

const FRENCH = { kind: 'eu_vat', value: 'FR 40 303265045' }
const GREEK = { kind: 'eu_vat', value: 'EL094259216' }
const SALES_TAX = [{ jurisdiction: 'US-CA', name: 'Sales tax', percent: '7.25', from: null }]

describe.each<Case & { is: string }>([
  // At home
  { seller: 'DE', registrations: ['DE'], buyer: 'DE', is: 'S 19 DE VAT' },
  { seller: 'DE', registrations: ['DE'], buyer: 'DE', taxId: { kind: 'eu_vat', value: 'DE136695976' }, is: 'S 19 DE VAT' },
  { seller: 'DE', registrations: [], buyer: 'DE', is: 'O 0 DE Tax, The seller is not registered for tax' },
  { seller: 'PT', registrations: ['PT'], buyer: 'PT-20', is: 'S 16 PT-20 VAT' },
  { seller: 'ES', registrations: ['ES'], buyer: 'ES-CN', is: 'O 0 ES Tax, Outside the VAT territory' },
  { seller: 'FR', registrations: ['FR'], buyer: 'MC', is: 'S 20 FR VAT' },
  { seller: 'GB', registrations: ['GB'], buyer: 'IM', is: 'S 20 GB VAT' },
  { seller: 'CH', registrations: ['CH'], buyer: 'CH', is: 'S 8.1 CH VAT' },
  { seller: 'NO', registrations: ['NO'], buyer: 'NO', is: 'S 25 NO VAT' },
  { seller: 'JP', registrations: ['JP'], buyer: 'JP', is: 'S 10 JP Consumption tax' },
  { seller: 'AU', registrations: ['AU'], buyer: 'AU', is: 'S 10 AU GST' },
  { seller: 'NZ', registrations: ['NZ'], buyer: 'NZ', is: 'S 15 NZ GST' },
  { seller: 'IN-KA', registrations: ['IN'], buyer: 'IN-MH', is: 'S 18 IN IGST' },
  { seller: 'IN-KA', registrations: ['IN'], buyer: 'IN-KA', is: 'S 18 IN GST, CGST 9, SGST 9' },
  // Between EU countries
  { seller: 'DE', registrations: ['DE', 'EU'], buyer: 'FR', is: 'S 20 FR VAT' },
  { seller: 'DE', registrations: ['DE'], buyer: 'FR', is: 'S 19 DE VAT' }, // below the threshold
  { seller: 'DE', registrations: ['DE', 'FR'], buyer: 'FR', is: 'S 20 FR VAT' },
  { seller: 'DE', registrations: ['DE', 'EU'], buyer: 'FR', taxId: FRENCH, is: 'AE 0 FR Tax, Reverse charge' },
  { seller: 'DE', registrations: ['DE', 'EU'], buyer: 'GR', taxId: GREEK, is: 'AE 0 GR Tax, Reverse charge' },
  { seller: 'DE', registrations: ['DE', 'EU'], buyer: 'IT', taxId: FRENCH, is: 'S 22 IT VAT' }, // an id of another country
  { seller: 'DE', registrations: ['DE', 'EU'], buyer: 'FR', taxId: { kind: 'eu_vat', value: 'FR40303265046' }, is: 'S 20 FR VAT' }, // wrong check digits
  { seller: 'DE', registrations: ['DE', 'EU'], buyer: 'ES-CN', is: 'O 0 ES Tax, Not subject to tax in the country of the seller' },
  // Across the borders of the EU
  { seller: 'DE', registrations: ['DE', 'EU'], buyer: 'US-CA', is: 'O 0 US Tax, Not subject to tax in the country of the seller' },
  { seller: 'DE', registrations: ['DE', 'EU', 'GB'], buyer: 'GB', is: 'S 20 GB VAT' },
  { seller: 'DE', registrations: ['DE', 'EU', 'GB'], buyer: 'GB', taxId: { kind: 'gb_vat', value: 'GB 980 7806 84' }, is: 'AE 0 GB Tax, Reverse charge' },
  { seller: 'US-DE', registrations: ['EU'], buyer: 'IE', is: 'S 23 IE VAT' },
  { seller: 'US-DE', registrations: [], buyer: 'IE', is: 'O 0 IE Tax, Not subject to tax in the country of the seller' },
  { seller: 'US-DE', registrations: [], buyer: 'FR', taxId: FRENCH, is: 'AE 0 FR Tax, Reverse charge' },
  // United States and Canada
  { seller: 'US-DE', registrations: ['US-CA'], buyer: 'US-CA', rates: SALES_TAX, is: 'S 7.25 US-CA Sales tax' },
  { seller: 'US-DE', registrations: ['US-CA'], buyer: 'US-NY', rates: SALES_TAX, is: 'O 0 US Tax, The seller is not registered for tax' },
  { seller: 'CA-ON', registrations: ['CA'], buyer: 'CA-ON', is: 'S 13 CA-ON HST' },
  { seller: 'CA-ON', registrations: ['CA'], buyer: 'CA-AB', is: 'S 5 CA GST' },
  { seller: 'CA-ON', registrations: ['CA'], buyer: 'CA-QC', is: 'S 5 CA GST' },
  { seller: 'CA-ON', registrations: ['CA', 'CA-QC'], buyer: 'CA-QC', is: 'S 14.975 CA-QC GST and QST, GST 5, QST 9.975' },
  { seller: 'US-DE', registrations: [], buyer: 'CA', is: 'O 0 CA Tax, Not subject to tax in the country of the seller' },
  // Dates
  { seller: 'DE', registrations: ['DE'], buyer: 'DE', date: '2020-06-30', is: 'S 19 DE VAT' },
  { seller: 'DE', registrations: ['DE'], buyer: 'DE', date: '2020-07-01', is: 'S 16 DE VAT' },
  { seller: 'DE', registrations: ['DE'], buyer: 'DE', date: '2020-12-31', is: 'S 16 DE VAT' },
  { seller: 'EE', registrations: ['EE'], buyer: 'EE', date: '2025-06-30', is: 'S 22 EE VAT' },
  { seller: 'EE', registrations: ['EE'], buyer: 'EE', date: '2025-07-01', is: 'S 24 EE VAT' },
  { seller: 'DE', registrations: ['DE'], buyer: 'DE', rates: [{ jurisdiction: 'DE', name: 'VAT', percent: '0', from: '2026-01-01' }], is: 'Z 0 DE VAT' },
  // Exempt
  { seller: 'DE', registrations: ['DE'], buyer: 'DE', exemption: 'Charity, article 132', is: 'E 0 DE Tax, Charity, article 132' },
])('a seller in $seller, registered in $registrations, sells to $buyer', ({ is, ...question }) => {
  it(`owes ${is}`, () => expect(shown(taxOf(question))).toBe(is))
})

it.each([
  { buyer: '', field: 'buyer.address.country' },
  { buyer: 'Germany', field: 'buyer.address.country' },
  { buyer: 'US', field: 'buyer.address.region' },
  { buyer: 'US-CA', field: 'settings.rates' }, // registered, but no rate is configured
])('says what is missing for a buyer in "$buyer": $field', ({ buyer, field }) => {
  expect(() => taxOf({ seller: 'DE', registrations: ['DE', 'US-CA'], buyer })).toThrow(expect.objectContaining({ code: 'TAX_UNDETERMINED', field }))
})
