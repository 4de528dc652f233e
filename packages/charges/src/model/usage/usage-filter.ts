/** Selects events by dimension: `{ provider: ['openai'], feature: ['chat', 'search'] }`. An event must match every dimension. Null matches events without a value. */
export type UsageFilter = Readonly<Record<string, readonly (string | null)[]>>

/** Returns the dimension values that all events of a filter share. */
export function sharedDimensions(filter: UsageFilter = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([dimension, [value, ...others]]) =>
      value === undefined || value === null || others.length > 0 ? [] : [[dimension, value]],
    ),
  )
}
