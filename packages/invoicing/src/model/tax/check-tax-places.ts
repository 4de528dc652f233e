import { InvalidInput } from '@tollgate/kernel'
import { isCountry } from '../parties/country.ts'
import { taxSettingsIssues } from './check-tax-settings.ts'
import type { TaxSettings } from './tax-settings.ts'

/** Checks tax settings, and that their registrations and rates are of places that exist. Throws `InvalidInput`. */
export function checkTaxPlaces(settings: TaxSettings): void {
  const issues = [...taxSettingsIssues(settings)]
  if (issues.length > 0) throw new InvalidInput(issues)
  const { registrations, rates } = settings
  for (const [i, place] of registrations.entries()) {
    if (place !== 'EU' && !isPlace(place))
      issues.push({ path: `tax.registrations.${i}`, message: 'must be a country such as "DE", a region such as "US-CA", or "EU" for the One Stop Shop' })
  }
  for (const [i, { jurisdiction }] of rates.entries()) {
    if (!isPlace(jurisdiction)) issues.push({ path: `tax.rates.${i}.jurisdiction`, message: 'must be a country such as "DE", or a region such as "US-CA"' })
  }
  if (issues.length > 0) throw new InvalidInput(issues)
}

function isPlace(place: string): boolean {
  const [country = '', region] = place.split('-', 2)
  return isCountry(country) && (region === undefined || /^[A-Z0-9]{1,3}$/.test(region))
}
