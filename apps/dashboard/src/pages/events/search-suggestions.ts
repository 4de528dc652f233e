import { DIMENSION_FILTERS, type FilterDimension, FILTERS, type GroupedDimension } from '../../usage-view/usage-filter.ts'

/** A value that events of the period have. */
export interface KnownValue {
  readonly dimension: GroupedDimension
  readonly value: string
  readonly calls: number
}

/** What a searched text may mean. */
export type Suggestion =
  /** An event with this id. */
  | { readonly kind: 'event'; readonly value: string }
  /** Events that have this value. */
  | { readonly kind: 'value'; readonly dimension: FilterDimension; readonly value: string; readonly calls?: number }

/** At most so many values that contain the text are suggested. */
const MAX_KNOWN = 8

/** Dimensions that have so many values that not all are known. */
const OPEN_DIMENSIONS = ['CUSTOMER', 'MODEL', 'OPERATION', 'FEATURE', 'ORGANIZATION', 'PRODUCT'] as const

/**
 * Returns what a searched text may mean, likeliest first: the id of an event; values that contain it, those that it is before those
 * that begin with it; an identifier; and a value that no event of the period has.
 */
export function searchSuggestions(searched: string, known: readonly KnownValue[]): readonly Suggestion[] {
  const text = searched.trim()
  if (text === '') return []
  if (text.startsWith('evt_')) return [{ kind: 'event', value: text }]
  const lower = text.toLowerCase()
  const rank = (value: string) => {
    const at = value.toLowerCase().indexOf(lower)
    return at <= 0 ? (at === 0 && value.length === text.length ? 0 : at === 0 ? 1 : undefined) : 2
  }
  const found = known
    .flatMap(one => {
      const position = rank(one.value)
      return position === undefined ? [] : [{ ...one, position }]
    })
    .toSorted((one, other) => one.position - other.position || other.calls - one.calls)
    .slice(0, MAX_KNOWN)
  const isKnown = (dimension: FilterDimension) => found.some(one => one.dimension === dimension && one.value === text)
  return [
    ...found.map(({ dimension, value, calls }): Suggestion => ({ kind: 'value', dimension, value, calls })),
    { kind: 'value', dimension: 'IDENTIFIER', value: text },
    ...OPEN_DIMENSIONS.filter(dimension => !isKnown(dimension)).map((dimension): Suggestion => ({ kind: 'value', dimension, value: text })),
  ]
}

/** Says what a suggestion means. */
export function suggestionLabel(suggestion: Suggestion): string {
  if (suggestion.kind === 'event') return 'Open the event'
  if (suggestion.dimension === 'IDENTIFIER') return 'Any id or attribute'
  return FILTERS.find(({ dimension }) => dimension === suggestion.dimension)?.label ?? suggestion.dimension
}

/** Returns the values of an answer of the API, by dimension. */
export function knownValues(usage: Readonly<Partial<Record<GroupedDimension, ValueGroups>>>): readonly KnownValue[] {
  return DIMENSION_FILTERS.flatMap(({ dimension }) =>
    (usage[dimension]?.groups ?? []).flatMap(({ key, measures: { calls } }) => {
      const value = key[0]?.value ?? null
      return value === null ? [] : [{ dimension, value, calls }]
    }),
  )
}

interface ValueGroups {
  readonly groups: readonly { readonly key: readonly { readonly value: string | null }[]; readonly measures: { readonly calls: number } }[]
}
