import { dimensionsOf, filterLists, type UsageEvent, type UsageFilter } from '@tollgate/usage'

/** What discounts may ask of an event, by the names that usage is grouped by. */
export function eventDimensions(event: UsageEvent): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(dimensionsOf(event)).filter((entry): entry is [string, string] => entry[1] !== null))
}

/** What all events of a filter have in common: the dimensions of which it lets one value through. */
export function filterDimensions(filter: UsageFilter = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filterLists(filter).flatMap(({ dimension, values: [value, ...others] }) => (value === undefined || others.length > 0 ? [] : [[dimension, value]])),
  )
}
