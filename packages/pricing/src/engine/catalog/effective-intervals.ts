import { Temporal } from '@tollgate/kernel'
import type { Price } from '../../model/price.ts'
import { lastFirst, lastPublishedFirst } from './price-precedence.ts'
import { serviceTierOf } from '../../model/service-tier.ts'

/** A time in which a price counts: half-open, null where it has no beginning or end. */
export interface EffectiveInterval {
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
}

/**
 * When each of `prices` counts: its own interval without what a price that goes before it takes, so that at any time one
 * price at the most is in effect of those for one model, service tier, tenant and part of the day. Nothing is lost: the
 * intervals of such a series cover what was published of it, and nothing else.
 *
 * Computed, not stored: a publication changes no row. A price that a later one takes the middle of has two intervals,
 * and one that is taken whole has none. Which source goes before which (a tenant's own before custom) is not in it.
 */
export function effectiveIntervals(prices: readonly Price[]): ReadonlyMap<string, readonly EffectiveInterval[]> {
  const series = Map.groupBy(prices, seriesOf)
  return new Map([...series.values()].flatMap(intervalsOfSeries))
}

/** What tells apart the prices that take each other's place. */
function seriesOf(price: Price): string {
  const { source, tenantId, provider, model, match, timeOfDay } = price
  return JSON.stringify([source, tenantId, provider, model, match, timeOfDay, serviceTierOf(price)])
}

function intervalsOfSeries(series: readonly Price[]): [string, readonly EffectiveInterval[]][] {
  const preferred = series[0]?.source === 'bundled' ? lastFirst(series) : lastPublishedFirst(series)
  const taken: EffectiveInterval[] = []
  return preferred.map(({ id, from, to }) => {
    const left = taken.reduce<readonly EffectiveInterval[]>((intervals, other) => intervals.flatMap(interval => without(interval, other)), [{ from, to }])
    taken.push({ from, to })
    return [id, left.toSorted((a, b) => compareBeginnings(a.from, b.from))]
  })
}

/** What is left of an interval: nothing, a part at its beginning, one at its end, or both. */
function without(interval: EffectiveInterval, taken: EffectiveInterval): readonly EffectiveInterval[] {
  if (!before(interval.from, taken.to) || !before(taken.from, interval.to)) return [interval]
  const left: EffectiveInterval[] = []
  if (taken.from !== null && compareBeginnings(interval.from, taken.from) < 0) left.push({ from: interval.from, to: taken.from })
  if (taken.to !== null && before(taken.to, interval.to)) left.push({ from: taken.to, to: interval.to })
  return left
}

/** Whether a beginning comes before an end. */
function before(from: Temporal.Instant | null, to: Temporal.Instant | null): boolean {
  return from === null || to === null || Temporal.Instant.compare(from, to) < 0
}

/** What has no beginning goes first. */
function compareBeginnings(a: Temporal.Instant | null, b: Temporal.Instant | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return Temporal.Instant.compare(a, b)
}
