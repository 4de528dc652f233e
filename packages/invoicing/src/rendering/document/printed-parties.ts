import type { Address, BillingProfile, Seller } from '../../model/parties/party.ts'
import type { InvoiceMessages } from './messages/invoice-messages.ts'
import type { PartyBlock } from './page-layout.ts'

/** Returns the seller as it is printed. */
export function printedSeller({ name, address, taxId, registration, email, phone }: Seller, language: string, messages: InvoiceMessages): PartyBlock {
  return {
    label: null,
    name,
    details: [
      ...addressLines(address, language),
      ...(taxId === null ? [] : [`${messages.taxId}: ${taxId.value}`]),
      ...(registration === null ? [] : [`${messages.registration}: ${registration}`]),
      ...[email, phone].filter(text => text !== null),
    ],
  }
}

/** Returns the buyer as it is printed. */
export function printedBuyer({ name, address, taxId }: BillingProfile, language: string, messages: InvoiceMessages): PartyBlock {
  return {
    label: messages.billTo,
    name,
    details: [...addressLines(address, language), ...(taxId === null ? [] : [`${messages.taxId}: ${taxId.value}`])],
  }
}

/** Countries that write the region and the postal code after the city. */
const CITY_FIRST = new Set(['US', 'CA', 'AU', 'GB', 'IN', 'NZ', 'IE'])

function addressLines({ line1, line2, postalCode, city, region, country }: Address, language: string): readonly string[] {
  const cityLine = CITY_FIRST.has(country) ? [city, region, postalCode] : [postalCode, city]
  return [line1, line2, cityLine.filter(part => part !== null && part !== '').join(' '), countryName(country, language)].filter(
    (line): line is string => line !== null && line.trim() !== '',
  )
}

function countryName(country: string, language: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country
  return new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country
}
