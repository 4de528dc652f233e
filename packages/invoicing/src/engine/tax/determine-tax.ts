import { Decimal, type Temporal, ZERO } from '@tollgate/kernel'
import type { BillingProfile, Seller, TaxId } from '../../model/parties/party.ts'
import { STANDARD_TAX_RATES } from '../../model/tax/standard-rates.ts'
import { TaxUndetermined } from '../../model/tax/tax-errors.ts'
import { rateOn, type TaxRate } from '../../model/tax/tax-rate.ts'
import type { TaxSettings } from '../../model/tax/tax-settings.ts'
import type { AppliedTax } from '../../model/tax/tax.ts'
import { hasReverseCharge, isTaxedByRegion, jurisdictionsOf, type TaxPlace, taxPlace } from '../../model/tax/tax-territories.ts'
import type { CheckedTaxId } from './check-tax-id.ts'

/** What the tax of an invoice depends on. */
export interface TaxQuestion {
  readonly seller: Pick<Seller, 'address'>
  readonly buyer: Pick<BillingProfile, 'address' | 'taxId' | 'taxExemption'>
  readonly settings: TaxSettings
  /** The tax point, in the zone of the invoice. */
  readonly date: Temporal.PlainDate
}

/** Checks a tax id. */
export type TaxIdCheck = (taxId: TaxId) => CheckedTaxId

/**
 * Returns the tax of electronic services, by the place of the buyer. In this order:
 *
 * 1. An exempt buyer pays none.
 * 2. In the seller's own country, its tax is due.
 * 3. A business abroad with a valid tax id of its country accounts for the tax itself (reverse charge).
 * 4. Where the seller is registered, the tax of that place is due.
 * 5. From one EU country to a consumer in another, without the One Stop Shop, the tax of the seller's country is due.
 * 6. Anywhere else, none.
 *
 * Throws `TaxUndetermined` for an address without a country, for one without a region where the tax depends on it, and for a
 * place whose rate is not known.
 */
export function determineTaxWith(checkTaxId: TaxIdCheck, { seller, buyer, settings, date }: TaxQuestion): AppliedTax {
  const place = placeOf(buyer.address, 'buyer.address')
  const home = placeOf(seller.address, 'seller.address')
  const jurisdiction = place.country
  if (buyer.taxExemption !== null) return untaxed('E', jurisdiction, buyer.taxExemption)
  requireRegion(place, settings)
  const find = (at: TaxPlace) => findRate(settings, at, date)
  if (place.country !== home.country) {
    if (hasReverseCharge(place.country) && isBusinessIn(place, buyer, checkTaxId)) return untaxed('AE', jurisdiction, 'Reverse charge')
    if (isRegisteredIn(settings, place)) return taxed(find(place), { buyer: place, seller: home })
    const underThreshold = place.inEu && home.inEu && isRegisteredIn(settings, home)
    if (underThreshold) return taxed(find(home), { buyer: home, seller: home })
    return untaxed('O', jurisdiction, 'Not subject to tax in the country of the seller')
  }
  const outsideVat = home.inEu && !place.inEu
  if (outsideVat || !isRegisteredIn(settings, place))
    return untaxed('O', jurisdiction, outsideVat ? 'Outside the VAT territory' : 'The seller is not registered for tax')
  return taxed(find(place), { buyer: place, seller: home })
}

function placeOf(address: Seller['address'], field: string): TaxPlace {
  if (/^[A-Z]{2}$/.test(address.country)) return taxPlace(address)
  throw new TaxUndetermined(
    `${field}.country`,
    `The tax cannot be determined: ${field}.country must be a two-letter country code such as "DE", not "${address.country.slice(0, 20)}".`,
  )
}

function requireRegion({ country, region }: TaxPlace, { registrations }: TaxSettings): void {
  if (region !== null || !isTaxedByRegion(country) || !registrations.some(name => name.startsWith(country))) return
  throw new TaxUndetermined(
    'buyer.address.region',
    `The tax cannot be determined: taxes of ${country} depend on the region. Set buyer.address.region, such as "${country === 'US' ? 'CA' : 'ON'}".`,
  )
}

/** A business is someone with a valid tax id of the country of the address. Any other tax id does not change who owes the tax. */
function isBusinessIn(place: TaxPlace, { taxId }: Pick<BillingProfile, 'taxId'>, checkTaxId: TaxIdCheck): boolean {
  if (taxId === null) return false
  const checked = checkTaxId(taxId)
  return checked.valid && taxPlace({ country: checked.country, region: null }).country === place.country
}

function isRegisteredIn({ registrations }: TaxSettings, place: TaxPlace): boolean {
  if (place.inEu && registrations.includes('EU')) return true
  // A registration in a country covers its regions. The United States have no tax of their own.
  return jurisdictionsOf(place).some(name => name !== 'US' && registrations.includes(name))
}

function findRate({ rates, registrations }: TaxSettings, place: TaxPlace, date: Temporal.PlainDate): TaxRate {
  for (const jurisdiction of jurisdictionsOf(place)) {
    const rate = rateOn(rates, jurisdiction, date) ?? rateOn(STANDARD_TAX_RATES, jurisdiction, date)
    if (rate !== undefined && appliesTo(rate, registrations)) return rate
  }
  const [name = place.country] = jurisdictionsOf(place)
  throw new TaxUndetermined('settings.rates', `The tax cannot be determined: there is no rate for ${name} on ${date.toString()}. Add one to the tax settings.`)
}

/**
 * In Canada, sellers collect provincial sales taxes only where they are registered in the province. Without that, the
 * federal tax is due alone. Harmonised taxes need no registration of their own.
 */
function appliesTo({ jurisdiction, components = [] }: TaxRate, registrations: readonly string[]): boolean {
  return components.length === 0 || registrations.includes(jurisdiction)
}

function taxed(
  { jurisdiction, name, percent, components = [] }: TaxRate,
  { buyer, seller }: { readonly buyer: TaxPlace; readonly seller: TaxPlace },
): AppliedTax {
  const rate = new Decimal(percent)
  const parts = components.map(part => ({ name: part.name, rate: new Decimal(part.percent) }))
  const indian = jurisdiction === 'IN' ? indianTax(rate, buyer.region !== null && buyer.region === seller.region) : undefined
  return { name: indian?.name ?? name, category: rate.isZero() ? 'Z' : 'S', rate, components: indian?.components ?? parts, jurisdiction, exemptionReason: null }
}

/** Within a state, India's GST is halved between the union and the state. */
function indianTax(rate: Decimal, sameState: boolean): Pick<AppliedTax, 'name' | 'components'> {
  if (!sameState) return { name: 'IGST', components: [] }
  const half = rate.div(2)
  return {
    name: 'GST',
    components: [
      { name: 'CGST', rate: half },
      { name: 'SGST', rate: half },
    ],
  }
}

function untaxed(category: 'E' | 'AE' | 'O', jurisdiction: string, exemptionReason: string): AppliedTax {
  return { name: 'Tax', category, rate: ZERO, components: [], jurisdiction, exemptionReason }
}
