/** The member states of the European Union. Greece is "GR" here and "EL" in VAT ids. */
const EU_COUNTRIES = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))

/** Places that belong to the tax territory of another country (Directive 2006/112/EC, article 7). */
const PART_OF: ReadonlyMap<string, string> = new Map([
  ['MC', 'FR'],
  ['IM', 'GB'],
])

/** Regions of the European Union outside its VAT territory (article 6): the Canary Islands, Ceuta, Melilla, Åland, Livigno, Mount Athos, Büsingen. */
const OUTSIDE_EU_VAT = new Set(['ES-CN', 'ES-GC', 'ES-TF', 'ES-CE', 'ES-ML', 'FI-01', 'GR-69'])

/**
 * Countries where a business that buys from abroad accounts for the tax itself, if it gives its tax id. The United States
 * are not one of them: a state taxes the sales of those who are registered there.
 */
const REVERSE_CHARGE = new Set([...EU_COUNTRIES, 'GB', 'CH', 'NO', 'AU', 'NZ', 'IN', 'JP', 'CA'])

/** Countries where the tax depends on the region. */
const TAXED_BY_REGION = new Set(['US', 'CA'])

/** Where a buyer or a seller is, for taxes. */
export interface TaxPlace {
  readonly country: string
  readonly region: string | null
  /** Whether it is in the VAT territory of the European Union. */
  readonly inEu: boolean
}

/** Returns where an address is, for taxes. */
export function taxPlace({ country, region }: { readonly country: string; readonly region: string | null }): TaxPlace {
  const within = PART_OF.get(country)
  if (within !== undefined) return { country: within, region: null, inEu: EU_COUNTRIES.has(within) }
  return { country, region, inEu: EU_COUNTRIES.has(country) && !OUTSIDE_EU_VAT.has(`${country}-${region ?? ''}`) }
}

/** Returns the names of the place, the most specific first: "CA-QC", "CA". */
export function jurisdictionsOf({ country, region }: TaxPlace): readonly string[] {
  return region === null ? [country] : [`${country}-${region}`, country]
}

/** Whether the tax of a country depends on the region. */
export function isTaxedByRegion(country: string): boolean {
  return TAXED_BY_REGION.has(country)
}

/** Whether a business in this country accounts for the tax of what it buys from abroad. */
export function hasReverseCharge(country: string): boolean {
  return REVERSE_CHARGE.has(country)
}
