import type { TaxRate, TaxRateComponent } from './tax-rate.ts'

/**
 * Standard rates by country and region, with the dates since 2020 on which they changed. Sources: European Commission, "VAT
 * rates applied in the Member States of the European Union"; HM Revenue & Customs; Swiss Federal Tax Administration; Norwegian
 * Tax Administration; Canada Revenue Agency and Revenu Québec; Australian Taxation Office; Inland Revenue of New Zealand;
 * National Tax Agency of Japan; Central Board of Indirect Taxes and Customs of India. Settings can replace any of them.
 */
export const STANDARD_TAX_RATES: readonly TaxRate[] = [
  ...vat('AT', '20'),
  ...vat('BE', '21'),
  ...vat('BG', '20'),
  ...vat('CY', '19'),
  ...vat('CZ', '21'),
  ...vat('DE', '19', ['2020-07-01', '16'], ['2021-01-01', '19']),
  ...vat('DK', '25'),
  ...vat('EE', '20', ['2024-01-01', '22'], ['2025-07-01', '24']),
  ...vat('ES', '21'),
  ...vat('FI', '24', ['2024-09-01', '25.5']),
  ...vat('FR', '20'),
  ...vat('GR', '24'),
  ...vat('HR', '25'),
  ...vat('HU', '27'),
  ...vat('IE', '23', ['2020-09-01', '21'], ['2021-03-01', '23']),
  ...vat('IT', '22'),
  ...vat('LT', '21'),
  ...vat('LU', '17', ['2023-01-01', '16'], ['2024-01-01', '17']),
  ...vat('LV', '21'),
  ...vat('MT', '18'),
  ...vat('NL', '21'),
  ...vat('PL', '23'),
  ...vat('PT', '23'),
  ...vat('PT-20', '18', ['2021-07-01', '16']), // Azores
  ...vat('PT-30', '22'), // Madeira
  ...vat('RO', '19', ['2025-08-01', '21']),
  ...vat('SE', '25'),
  ...vat('SI', '22'),
  ...vat('SK', '20', ['2025-01-01', '23']),
  ...vat('GB', '20'),
  ...vat('CH', '7.7', ['2024-01-01', '8.1']),
  ...vat('NO', '25'),
  rate('AU', 'GST', '10'),
  rate('NZ', 'GST', '15'),
  rate('JP', 'Consumption tax', '10'),
  rate('IN', 'GST', '18'),
  rate('CA', 'GST', '5'),
  rate('CA-NB', 'HST', '15'),
  rate('CA-NL', 'HST', '15'),
  rate('CA-NS', 'HST', '15'),
  rate('CA-NS', 'HST', '14', '2025-04-01'),
  rate('CA-ON', 'HST', '13'),
  rate('CA-PE', 'HST', '15'),
  together('CA-BC', '12', ['GST', '5'], ['PST', '7']),
  together('CA-MB', '12', ['GST', '5'], ['RST', '7']),
  together('CA-QC', '14.975', ['GST', '5'], ['QST', '9.975']),
  together('CA-SK', '11', ['GST', '5'], ['PST', '6']),
]

function rate(jurisdiction: string, name: string, percent: string, from: string | null = null): TaxRate {
  return { jurisdiction, name, percent, from }
}

function vat(jurisdiction: string, percent: string, ...changes: readonly (readonly [from: string, percent: string])[]): TaxRate[] {
  return [rate(jurisdiction, 'VAT', percent), ...changes.map(([from, changed]) => rate(jurisdiction, 'VAT', changed, from))]
}

function together(jurisdiction: string, percent: string, ...parts: readonly (readonly [name: string, percent: string])[]): TaxRate {
  const components: TaxRateComponent[] = parts.map(([name, part]) => ({ name, percent: part }))
  return { jurisdiction, name: components.map(({ name }) => name).join(' and '), percent, components, from: null }
}
