import type { Issue } from '@tollgate/kernel'
import { isCountry } from '../parties/country.ts'
import type { TaxSettings } from './tax-settings.ts'

/** A country, alone or with the code of a region. */
const PLACE = /^([A-Z]{2})(?:-[A-Z0-9]{1,3})?$/

/** Returns which registrations and rates are of places that do not exist. Leaves out what is no text: `taxSettingsIssues` finds that. */
export function taxPlaceIssues({ registrations, rates }: TaxSettings): readonly Issue[] {
  const issues: Issue[] = []
  for (const [i, place] of entriesOf(registrations)) {
    if (place !== 'EU' && isUnknownPlace(place))
      issues.push({ path: `tax.registrations.${i}`, message: 'must be a country such as "DE", a region such as "US-CA", or "EU" for the One Stop Shop' })
  }
  for (const [i, rate] of entriesOf(rates)) {
    if (isUnknownPlace(rate?.jurisdiction))
      issues.push({ path: `tax.rates.${i}.jurisdiction`, message: 'must be a country such as "DE", or a region such as "US-CA"' })
  }
  return issues
}

/** Callers without types can pass anything. */
function entriesOf<Item>(list: readonly Item[]): Iterable<[number, Item | null | undefined]> {
  return Array.isArray(list) ? list.entries() : []
}

function isUnknownPlace(place: string | null | undefined): boolean {
  if (typeof place !== 'string') return false
  const country = PLACE.exec(place)?.[1]
  return country === undefined || !isCountry(country)
}
