import { InvalidInput, type Period, Temporal } from '@tollgate/kernel'
import { type Dimension, DIMENSIONS } from './dimension.ts'
import { filterLists } from './filter-dimensions.ts'
import type { UsageFilter } from './usage-store.ts'

/** Groups, events or entries that one answer may hold. */
export const MAX_PAGE_SIZE = 1_000

/** Points that one series may have. */
export const MAX_SERIES_POINTS = 10_000

/** Values that one list of a filter may have. */
export const MAX_FILTER_VALUES = 1_000

/** The range in whole microseconds, as stores want it. No event lies between a bound and the next whole microsecond. */
export function checkRange({ from, to }: Period): Period {
  const range = { from: nextMicrosecond(from), to: nextMicrosecond(to) }
  if (Temporal.Instant.compare(range.from, range.to) < 0) return range
  throw new InvalidInput([{ path: 'range.to', message: `must be after range.from (${from.toString()}) by a microsecond or more` }])
}

/** A number of things to answer. */
export function checkFirst(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_PAGE_SIZE) return first
  throw new InvalidInput([{ path: 'first', message: `must be a whole number from 1 to ${MAX_PAGE_SIZE.toLocaleString('en')}, not ${first}` }])
}

/** What to group by: one dimension or more, each once. */
export function checkDimensions(by: readonly Dimension[]): readonly Dimension[] {
  const unknown = by.findIndex(dimension => !DIMENSIONS.includes(dimension))
  if (unknown !== -1) throw new InvalidInput([{ path: `by[${unknown}]`, message: `must be one of ${DIMENSIONS.join(', ')}` }])
  if (by.length >= 1 && new Set(by).size === by.length) return by
  throw new InvalidInput([{ path: 'by', message: `must name 1 to ${DIMENSIONS.length} dimensions, each once` }])
}

/** A filter whose lists are not too long. */
export function checkFilter(filter: UsageFilter = {}): UsageFilter {
  const tooLong = filterLists(filter).filter(({ values }) => values.length > MAX_FILTER_VALUES)
  if (tooLong.length === 0) return filter
  throw new InvalidInput(tooLong.map(({ name }) => ({ path: `filter.${name}`, message: `has more than ${MAX_FILTER_VALUES.toLocaleString('en')} values` })))
}

/** The pieces of a series, which must not be too many. */
export function checkPoints(pieces: Iterable<Period>): Period[] {
  const points: Period[] = []
  for (const piece of pieces) {
    if (points.push(piece) > MAX_SERIES_POINTS) {
      throw new InvalidInput([
        { path: 'granularity', message: `gives more than ${MAX_SERIES_POINTS.toLocaleString('en')} points; choose a coarser one, or a shorter range` },
      ])
    }
  }
  return points
}

/** Periods of a range, in order, in whole microseconds as the range is. */
export function checkPeriods(periods: readonly Period[], range: Period): readonly Period[] {
  if (periods.length > MAX_SERIES_POINTS) {
    throw new InvalidInput([{ path: 'periods', message: `must be at most ${MAX_SERIES_POINTS.toLocaleString('en')}, not ${periods.length}` }])
  }
  let from = range.from
  return periods.map((given, position) => {
    const checked = { from: nextMicrosecond(given.from), to: nextMicrosecond(given.to) }
    const inOrder = [from, checked.from, checked.to, range.to].every((at, i, all) => i === 0 || Temporal.Instant.compare(all[i - 1] ?? at, at) <= 0)
    if (!inOrder) throw new InvalidInput([{ path: `periods[${position}]`, message: 'must lie in the range, behind the period before it' }])
    from = checked.to
    return checked
  })
}

function nextMicrosecond(instant: Temporal.Instant): Temporal.Instant {
  return instant.round({ smallestUnit: 'microsecond', roundingMode: 'ceil' })
}
