import type { Search } from '../app/use-view.ts'
import type { FilterValuesQueryVariables } from './filter-values.operations.ts'

type FilterInput = NonNullable<FilterValuesQueryVariables['filter']>

/** What usage can be grouped and filtered by: the dimension, its parameter in the address, and its field in the API. */
export const DIMENSION_FILTERS = [
  { dimension: 'PROVIDER', label: 'Provider', parameter: 'provider', field: 'providers' },
  { dimension: 'MODEL', label: 'Model', parameter: 'model', field: 'models' },
  { dimension: 'OPERATION', label: 'Operation', parameter: 'operation', field: 'operations' },
  { dimension: 'STATUS', label: 'Status', parameter: 'status', field: 'statuses' },
  { dimension: 'CUSTOMER', label: 'Customer', parameter: 'customer', field: 'customerIds' },
  { dimension: 'ORGANIZATION', label: 'Organization', parameter: 'organization', field: 'organizationIds' },
  { dimension: 'PRODUCT', label: 'Product', parameter: 'product', field: 'productIds' },
  { dimension: 'FEATURE', label: 'Feature', parameter: 'feature', field: 'featureIds' },
  { dimension: 'TIER', label: 'Tier', parameter: 'tier', field: 'tiers' },
  { dimension: 'ENVIRONMENT', label: 'Environment', parameter: 'environment', field: 'environments' },
  { dimension: 'TASK_TYPE', label: 'Task type', parameter: 'task', field: 'taskTypes' },
] as const

/** What only selects single events. */
const EVENT_FILTERS = [
  { dimension: 'SESSION', label: 'Session', parameter: 'session', field: 'sessionIds' },
  { dimension: 'REQUEST', label: 'Request', parameter: 'request', field: 'requestIds' },
  { dimension: 'TRACE', label: 'Trace', parameter: 'trace', field: 'traceIds' },
  { dimension: 'IDENTIFIER', label: 'Identifier', parameter: 'id', field: 'identifiers' },
  { dimension: 'PRICING', label: 'Pricing', parameter: 'pricing', field: 'pricingStates' },
] as const

/** Everything that usage can be filtered by. */
export const FILTERS = [...DIMENSION_FILTERS, ...EVENT_FILTERS] as const

export type FilterDimension = (typeof FILTERS)[number]['dimension']

/** What usage can be grouped by too, so that its values are known, and some usage may have none. */
export type GroupedDimension = (typeof DIMENSION_FILTERS)[number]['dimension']

/** A dimension, and the values of it that are shown. Null stands for usage without a value. */
export interface Condition {
  readonly dimension: FilterDimension
  readonly values: readonly (string | null)[]
}

/** Stands for usage without a value, in the address. */
const NONE = 'none:'

/** Reads what usage is filtered by from the address. */
export function readFilter(search: Search): readonly Condition[] {
  return FILTERS.flatMap(({ dimension, parameter }) => {
    const values = textsIn(search, parameter)
    return values.length === 0 ? [] : [{ dimension, values: values.map(value => (value === NONE ? null : value)) }]
  })
}

/** Reads one or many texts of the address, each once. */
export function textsIn(search: Search, name: string): string[] {
  const value = search[name]
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts = all.flatMap(one => (typeof one === 'string' && one !== '' ? [one] : typeof one === 'number' ? [String(one)] : []))
  return [...new Set(texts)]
}

/** Returns conditions as the API takes them; null without any. */
export function filterInput(conditions: readonly Condition[]): FilterInput | null {
  if (conditions.length === 0) return null
  const fields: Record<string, string[]> = {}
  const missing: GroupedDimension[] = []
  for (const { dimension, values } of conditions) {
    const known = values.filter(value => value !== null)
    if (known.length < values.length && isGrouped(dimension)) missing.push(dimension)
    // A state is filtered by its constant, and shown by its name.
    if (known.length > 0) fields[fieldOf(dimension)] = dimension === 'STATUS' || dimension === 'PRICING' ? known.map(status => status.toUpperCase()) : known
  }
  return { ...fields, ...(missing.length > 0 && { missing }) }
}

/** Returns the change of the address that adds a value to the conditions. A value and its absence exclude each other. */
export function withValue(conditions: readonly Condition[], dimension: FilterDimension, value: string | null): Search {
  const before = conditions.find(condition => condition.dimension === dimension)?.values ?? []
  const kept = before.filter(other => (other === null) === (value === null) && other !== value)
  return parameterOf(dimension, [...kept, value])
}

/** Returns the change of the address that takes a value out of the conditions. */
export function withoutValue(conditions: readonly Condition[], dimension: FilterDimension, value: string | null): Search {
  const before = conditions.find(condition => condition.dimension === dimension)?.values ?? []
  return parameterOf(
    dimension,
    before.filter(other => other !== value),
  )
}

/** Returns the change of the address that leaves no condition. */
export function withoutConditions(): Search {
  return Object.fromEntries(FILTERS.map(({ parameter }) => [parameter, undefined]))
}

/** Returns whether conditions select single events, which the API reads for at most 31 days. */
export function selectsSingleEvents(conditions: readonly Condition[]): boolean {
  return conditions.some(({ dimension }) => !isGrouped(dimension))
}

/** Returns whether usage can be grouped by a dimension. */
export function isGrouped(dimension: FilterDimension): dimension is GroupedDimension {
  return DIMENSION_FILTERS.some(filter => filter.dimension === dimension)
}

/** Returns whether usage can be filtered by a dimension. */
export function isFilterDimension(dimension: string): dimension is FilterDimension {
  return FILTERS.some(filter => filter.dimension === dimension)
}

function parameterOf(dimension: FilterDimension, values: readonly (string | null)[]): Search {
  const texts = values.map(value => value ?? NONE)
  const parameter = FILTERS.find(filter => filter.dimension === dimension)?.parameter ?? ''
  return { [parameter]: texts.length === 0 ? undefined : texts.length === 1 ? texts[0] : texts }
}

function fieldOf(dimension: FilterDimension): string {
  return FILTERS.find(filter => filter.dimension === dimension)?.field ?? ''
}
