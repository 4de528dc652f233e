import { type Search, choiceIn, textIn } from '../../app/use-view.ts'
import { isTimeZone } from '../../usage-view/local-time.ts'
import { type Condition, DIMENSION_FILTERS, readFilter, textsIn } from '../../usage-view/usage-filter.ts'
import { GRANULARITIES, type GranularityName, granularityOf, readUsageRange, type UsageRange } from '../../usage-view/usage-range.ts'

export const MEASURES = [
  { value: 'COST', label: 'Cost' },
  { value: 'CHARGE', label: 'Charge' },
  { value: 'CALLS', label: 'Calls' },
  { value: 'TOKENS', label: 'Tokens' },
  { value: 'ERRORS', label: 'Errors' },
  { value: 'LATENCY_P95', label: 'Latency (p95)' },
] as const

export type MeasureName = (typeof MEASURES)[number]['value']

export const DIMENSIONS = [...DIMENSION_FILTERS.map(({ dimension, label }) => ({ value: dimension, label })), { value: 'TENANT' as const, label: 'Tenant' }]

export type DimensionName = (typeof DIMENSIONS)[number]['value']

export const MAX_DIMENSIONS = 3

/** Stands for no grouping, in the address. */
const NOTHING = 'NOTHING'

export const TOPS = [5, 10, 20, 50, 100, 500] as const

/** What Explore shows. */
export interface ExploreView {
  readonly range: UsageRange
  /** What was chosen, undefined for what suits the range. */
  readonly chosenGranularity: GranularityName | undefined
  readonly granularity: GranularityName
  readonly timeZone: string
  readonly by: readonly DimensionName[]
  readonly measure: MeasureName
  readonly top: number
  readonly isCompared: boolean
  readonly conditions: readonly Condition[]
}

/** What may be shown to the viewer, and the zone of the tenant. */
export interface ExploreLimits {
  readonly timeZone: string
  readonly showsCosts: boolean
  readonly showsTenants: boolean
}

/** Returns the measures that a viewer may choose. */
export function measuresFor({ showsCosts }: Pick<ExploreLimits, 'showsCosts'>) {
  return MEASURES.filter(({ value }) => showsCosts || value !== 'COST')
}

/** Returns the dimensions that a viewer may choose. */
export function dimensionsFor({ showsTenants }: ExploreLimits) {
  return DIMENSIONS.filter(({ value }) => showsTenants || value !== 'TENANT')
}

/** Reads the view from the address. What it lacks, or says wrongly, is as usual. */
export function readExploreView(search: Search, limits: ExploreLimits): ExploreView {
  const range = readUsageRange(search)
  const measures = measuresFor(limits).map(({ value }) => value)
  const dimensions = dimensionsFor(limits).map(({ value }) => value)
  const chosenGranularity = choiceIn(
    search,
    'granularity',
    GRANULARITIES.map(({ value }) => value),
  )
  const named = textsIn(search, 'by')
  const by = named.flatMap(name => dimensions.filter(dimension => dimension === name)).slice(0, MAX_DIMENSIONS)
  const zone = textIn(search, 'zone')
  return {
    range,
    chosenGranularity,
    granularity: chosenGranularity ?? granularityOf(range),
    timeZone: zone !== undefined && isTimeZone(zone) ? zone : limits.timeZone,
    by: by.length === 0 && !named.includes(NOTHING) ? ['MODEL'] : by,
    measure: choiceIn(search, 'measure', measures) ?? measures[0] ?? 'CALLS',
    top: TOPS.find(top => top === Number(search['top'])) ?? 20,
    isCompared: search['compare'] === true,
    conditions: readFilter(search),
  }
}

/** Returns the change of the address that groups by another dimension at a position; undefined there groups by one less. */
export function withDimension(by: readonly DimensionName[], at: number, dimension: DimensionName | undefined): Search {
  const changed = [...by.slice(0, at), ...(dimension === undefined ? [] : [dimension]), ...by.slice(at + 1)]
  const once = changed.filter((one, position) => changed.indexOf(one) === position || position === at)
  return { by: once.length === 0 ? NOTHING : once.length === 1 ? once[0] : [...new Set(once)] }
}
