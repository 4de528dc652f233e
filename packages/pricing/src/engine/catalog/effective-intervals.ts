import { Temporal } from '@tollgate/kernel'
import type { Price } from '../../model/price.ts'
import { serviceTierOf } from '../../model/service-tier.ts'
import { lastFirst, lastPublishedFirst } from './price-precedence.ts'

/** A half-open interval in which a price is in effect. Null for no start or end. */
export interface EffectiveInterval {
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
}

/**
 * Returns when each price is in effect, by id: its published interval without the parts that prices of higher precedence
 * supersede. Prices of one source, tenant, model, time of day, service tier, speed and region form a series. The intervals of a series
 * never overlap, and together cover exactly what was published.
 *
 * Intervals are computed, not stored, so that publishing changes no row. A price can have two intervals, if a later one
 * supersedes its middle, or none. Precedence between sources, such as tenant before custom, is not applied here.
 */
export function effectiveIntervals(prices: readonly Price[]): ReadonlyMap<string, readonly EffectiveInterval[]> {
  const series = Map.groupBy(prices, seriesOf)
  return new Map([...series.values()].flatMap(intervalsOfSeries))
}

/** Identifies the series of a price: prices of one series supersede each other. */
function seriesOf(price: Price): string {
  const { source, tenantId, provider, model, match, timeOfDay, speed, region } = price
  return JSON.stringify([source, tenantId, provider, model, match, timeOfDay, serviceTierOf(price), speed, region])
}

function intervalsOfSeries(series: readonly Price[]): [string, readonly EffectiveInterval[]][] {
  const byPrecedence = series[0]?.source === 'bundled' ? lastFirst(series) : lastPublishedFirst(series)
  const taken: EffectiveInterval[] = []
  return byPrecedence.map(({ id, from, to }) => {
    const left = taken.reduce<readonly EffectiveInterval[]>((intervals, other) => intervals.flatMap(interval => subtract(interval, other)), [{ from, to }])
    taken.push({ from, to })
    return [id, left.toSorted((a, b) => compareStarts(a.from, b.from))]
  })
}

/** Subtracts one interval from another: leaves nothing, a part at the start, a part at the end, or both. */
function subtract(interval: EffectiveInterval, taken: EffectiveInterval): readonly EffectiveInterval[] {
  if (!startsBefore(interval.from, taken.to) || !startsBefore(taken.from, interval.to)) return [interval]
  const left: EffectiveInterval[] = []
  if (taken.from !== null && compareStarts(interval.from, taken.from) < 0) left.push({ from: interval.from, to: taken.from })
  if (taken.to !== null && startsBefore(taken.to, interval.to)) left.push({ from: taken.to, to: interval.to })
  return left
}

/** Whether a start comes before an end. */
function startsBefore(from: Temporal.Instant | null, to: Temporal.Instant | null): boolean {
  return from === null || to === null || Temporal.Instant.compare(from, to) < 0
}

/** Sorts "no start" first. */
function compareStarts(a: Temporal.Instant | null, b: Temporal.Instant | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return Temporal.Instant.compare(a, b)
}
