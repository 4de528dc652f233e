import { type Decimal, InvalidInput, type Issue, type Period, Temporal } from '@tollgate/kernel'
import { checkShape, readAmount, requireTime, type RangeInput } from '@tollgate/kernel/input'
import { type Dimension, DIMENSIONS } from '../model/dimension.ts'
import type { OrderMeasure } from '../model/measures.ts'
import { PRICING_STATES } from '../model/event.ts'
import { type CostRange, EVENT_LISTS, type FilterInput, filterLists, selectsSingleEvents, type UsageFilter } from '../model/usage-filter.ts'
import { COST_RANGE, FILTER, RANGE } from './input-shapes.ts'

/** Maximum number of groups, events or entries in one result. */
export const MAX_PAGE_SIZE = 1_000

/** Page sizes of all lists. */
export const PAGE_SIZES = { default: MAX_PAGE_SIZE, max: MAX_PAGE_SIZE }

/** Maximum number of points in one series. */
export const MAX_SERIES_POINTS = 10_000

/** Maximum number of values in one list of a filter. */
export const MAX_FILTER_VALUES = 1_000

/** Maximum length of a range whose events are read one by one, in days. */
export const MAX_SINGLE_EVENT_DAYS = 31

/** Reads a range, and rounds it up to microseconds, which stores need. No event lies between a bound and the next microsecond. */
export function checkRange(given: RangeInput): Period {
  checkShape(RANGE, given, 'range')
  const { from, to } = { from: requireTime('range.from', given.from), to: requireTime('range.to', given.to) }
  const range = { from: nextMicrosecond(from), to: nextMicrosecond(to) }
  if (Temporal.Instant.compare(range.from, range.to) < 0) return range
  throw new InvalidInput([{ path: 'range.to', message: `must be at least a microsecond after range.from (${from.toString()})` }])
}

/** Checks the dimensions to group by: at least one, each once. */
export function checkDimensions(by: readonly Dimension[]): readonly Dimension[] {
  const unknown = by.findIndex(dimension => !DIMENSIONS.includes(dimension))
  if (unknown !== -1) throw new InvalidInput([{ path: `by[${unknown}]`, message: `must be one of ${DIMENSIONS.join(', ')}` }])
  if (by.length >= 1 && new Set(by).size === by.length) return by
  throw new InvalidInput([{ path: 'by', message: `must name 1 to ${DIMENSIONS.length} dimensions, each once` }])
}

/** Checks the measure that groups are ordered by, if those that come after the first are summed. */
export function checkSummed(orderBy: OrderMeasure): Exclude<OrderMeasure, 'latency_p95'> {
  if (orderBy !== 'latency_p95') return orderBy
  throw new InvalidInput([{ path: 'orderBy', message: 'must be a sum, such as cost or calls: other groups are added up, and percentiles cannot be' }])
}

/** Checks a filter: its fields, the lengths of its lists, and that the range is short enough if single events must be read. */
export function checkFilter(given: FilterInput = {}, range?: Period): UsageFilter {
  checkShape(FILTER, given, 'filter')
  const { cost: givenCost, ...rest } = given
  const cost = givenCost === undefined || givenCost === null ? undefined : checkCostRange(givenCost)
  const filter: UsageFilter = { ...rest, ...(cost && { cost }) }
  const lists = [...filterLists(filter), ...EVENT_LISTS.map(name => ({ name, values: filter[name] ?? [] }))]
  const message = `must have at most ${MAX_FILTER_VALUES.toLocaleString('en')} values`
  const issues: Issue[] = lists.filter(({ values }) => values.length > MAX_FILTER_VALUES).map(({ name }) => ({ path: `filter.${name}`, message }))
  const unknown = (filter.pricingStates ?? []).findIndex(state => !PRICING_STATES.includes(state))
  if (unknown !== -1) issues.push({ path: `filter.pricingStates[${unknown}]`, message: `must be one of ${PRICING_STATES.join(', ')}` })
  if (range !== undefined && selectsSingleEvents(filter) && range.from.until(range.to).total('days') > MAX_SINGLE_EVENT_DAYS) {
    const why = 'with a filter by session, request, trace, identifier, pricing state or cost, for which single events are read'
    issues.push({ path: 'range', message: `must be at most ${MAX_SINGLE_EVENT_DAYS} days long ${why}` })
  }
  if (issues.length > 0) throw new InvalidInput(issues)
  return filter
}

function checkCostRange(given: NonNullable<FilterInput['cost']>): CostRange {
  checkShape(COST_RANGE, given, 'filter.cost')
  const atLeast = checkCost('atLeast', given.atLeast)
  const atMost = checkCost('atMost', given.atMost)
  if (atLeast !== undefined && atMost?.lessThan(atLeast) === true)
    throw new InvalidInput([{ path: 'filter.cost.atMost', message: `must be at least atLeast (${atLeast.toFixed()})` }])
  if (atLeast === undefined && atMost === undefined) throw new InvalidInput([{ path: 'filter.cost', message: 'must have atLeast, atMost or both' }])
  return { ...(atLeast && { atLeast }), ...(atMost && { atMost }) }
}

function checkCost(name: string, given: CostBound): Decimal | undefined {
  if (given === undefined || given === null) return undefined
  const cost = readAmount(given)
  if (cost !== undefined) return cost
  throw new InvalidInput([{ path: `filter.cost.${name}`, message: 'must be a decimal, such as "0.05"' }])
}

type CostBound = NonNullable<FilterInput['cost']>['atLeast']

/** Collects the points of a series and checks their number. */
export function checkPoints(periods: Iterable<Period>): Period[] {
  const points: Period[] = []
  for (const period of periods) {
    if (points.push(period) > MAX_SERIES_POINTS) {
      const message = `gives more than ${MAX_SERIES_POINTS.toLocaleString('en')} points; use a coarser granularity or a shorter range`
      throw new InvalidInput([{ path: 'granularity', message }])
    }
  }
  return points
}

/** Rounds periods up to microseconds and checks that they lie in the range, in order, without overlap. */
export function checkPeriods(periods: readonly Period[], range: Period): readonly Period[] {
  if (periods.length > MAX_SERIES_POINTS) {
    throw new InvalidInput([{ path: 'periods', message: `must be at most ${MAX_SERIES_POINTS.toLocaleString('en')}, not ${periods.length}` }])
  }
  let from = range.from
  return periods.map((given, position) => {
    const checked = { from: nextMicrosecond(given.from), to: nextMicrosecond(given.to) }
    const inOrder = [from, checked.from, checked.to, range.to].every((at, i, all) => i === 0 || Temporal.Instant.compare(all[i - 1] ?? at, at) <= 0)
    if (!inOrder) throw new InvalidInput([{ path: `periods[${position}]`, message: 'must lie in the range, after the previous period' }])
    from = checked.to
    return checked
  })
}

function nextMicrosecond(instant: Temporal.Instant): Temporal.Instant {
  return instant.round({ smallestUnit: 'microsecond', roundingMode: 'ceil' })
}
