import { Decimal, periodIncludes } from '@tollgate/kernel'
import type { UsageUnit } from '@tollgate/tokens'
import { latencyBin, summarizeLatency } from '../engine/latency-sketch.ts'
import { type DimensionSet, dimensionsOf } from '../model/dimension.ts'
import type { RatedEvent } from '../model/event.ts'
import { compareUnits, MAX_UNIT_TOTALS, mostCallsFirst, type UnitTotal, type UnpricedReasonCount } from '../model/measure-details.ts'
import { errorCalls, NO_USAGE, type OrderMeasure, type UsageMeasures } from '../model/measures.ts'
import { sumTokens, withoutRarePools } from '../model/token-totals.ts'
import { EVENT_LISTS, filterLists, missingDimensions, type UsageFilter } from '../model/usage-filter.ts'
import type { MeasuredGroup, MeasureQuery } from '../usage-store.ts'

/** Sums a list of events. Every store must return the same. */
export function measureEvents(events: readonly RatedEvent[], query: MeasureQuery): MeasuredGroup[] {
  if (query.keep !== undefined) return measureKept(events, { ...query, keep: query.keep })
  return query.buckets.flatMap((bucket, index) => {
    const groups = groupEvents(
      events.filter(event => periodIncludes(bucket, event.occurredAt) && matchesFilter(event, query.filter)),
      query,
    )
    return groups.map(group => ({ bucket: index, ...group }))
  })
}

function measureKept(events: readonly RatedEvent[], query: MeasureQuery & { readonly keep: number }): MeasuredGroup[] {
  const { keep, buckets, ...options } = query
  const selected = events.filter(event => buckets.some(bucket => periodIncludes(bucket, event.occurredAt)) && matchesFilter(event, query.filter))
  const ranked = groupEvents(selected, options)
  const kept = new Set(ranked.slice(0, keep).map(({ key }) => JSON.stringify(key)))
  const { by = [] } = query
  const isKept = (event: RatedEvent) => kept.has(JSON.stringify(by.map(dimension => dimensionsOf(event)[dimension])))
  return buckets.flatMap((period, bucket) => {
    const [inside, others] = [true, false].map(wanted => selected.filter(event => periodIncludes(period, event.occurredAt) && isKept(event) === wanted))
    const groups = groupEvents(inside ?? [], options)
    const rest = groupEvents(others ?? [], { ...options, by: [] })
    return [...groups, ...rest].map(group => ({ bucket, groupCount: ranked.length, ...group }))
  })
}

/** Whether the filter selects the event. */
export function matchesFilter(event: RatedEvent, filter: UsageFilter = {}): boolean {
  const dimensions = dimensionsOf(event)
  if (missingDimensions(filter).some(dimension => dimensions[dimension] !== null) || !matchesEventFilter(event, filter)) return false
  return filterLists(filter).every(({ dimension, values }) => {
    const value = dimensions[dimension]
    return value !== null && values.includes(value)
  })
}

function matchesEventFilter({ idempotencyKey, metadata, rating: { state, cost } }: RatedEvent, filter: UsageFilter): boolean {
  const { sessionId, requestId, traceId, attributes = {} } = metadata
  const values: Readonly<Record<(typeof EVENT_LISTS)[number], readonly unknown[]>> = {
    sessions: [sessionId],
    requests: [requestId],
    traces: [traceId],
    identifiers: [sessionId, requestId, traceId, idempotencyKey, ...Object.values(attributes)],
    pricingStates: [state],
  }
  const { atLeast, atMost } = filter.cost ?? {}
  return (
    EVENT_LISTS.every(name => filter[name] === undefined || (filter[name] as readonly unknown[]).some(wanted => values[name].includes(wanted))) &&
    !((filter.missing ?? []).includes('session') && sessionId !== undefined) &&
    (filter.cost === undefined || (cost !== null && !(atLeast?.greaterThan(cost) ?? false) && !(atMost?.lessThan(cost) ?? false)))
  )
}

type Group = Omit<MeasuredGroup, 'bucket'>

function groupEvents(
  events: readonly RatedEvent[],
  { by = [], orderBy, limit, latency = false, details = true, customers = true, unpricedOnly = false }: Omit<MeasureQuery, 'buckets'>,
): Group[] {
  const parts = { latency: latency || orderBy === 'latency_p95', details, customers }
  const keyOf = (dimensions: DimensionSet) => by.map(dimension => dimensions[dimension])
  const groups = [...Map.groupBy(events, event => JSON.stringify(keyOf(dimensionsOf(event)))).entries()]
    .map(([key, members]) => ({ key: JSON.parse(key) as (string | null)[], measures: sumEvents(members, parts) }))
    .filter(group => !unpricedOnly || group.measures.unpricedCalls > 0)
  return sortGroups(groups, orderBy).slice(0, limit)
}

function sortGroups(groups: readonly Group[], orderBy: OrderMeasure | undefined): Group[] {
  return groups.toSorted((a, b) => (orderBy === undefined ? 0 : compareMeasures(b.measures, a.measures, orderBy)) || compareKeys(a.key, b.key))
}

function sumEvents(
  events: readonly RatedEvent[],
  { latency, details, customers }: Readonly<Record<'latency' | 'details' | 'customers', boolean>>,
): UsageMeasures {
  const tokens = sumTokens(events.flatMap(event => event.tokens ?? []))
  const withStatus = (status: RatedEvent['status']) => events.filter(event => event.status === status).length
  return {
    calls: events.length,
    successes: withStatus('success'),
    failures: withStatus('failure'),
    rateLimited: withStatus('rate_limited'),
    tokens: details ? tokens : withoutRarePools(tokens),
    units: details ? sumUnits(events) : [],
    quantity: events.reduce((total, event) => total.plus(event.quantity ?? 0), NO_USAGE.quantity),
    cost: events.reduce((total, event) => total.plus(event.rating.cost ?? 0), NO_USAGE.cost),
    unpricedCalls: events.filter(event => event.rating.state === 'unpriced').length,
    unpricedReasons: details ? countReasons(events) : [],
    customers: customers ? countCustomers(events) : 0,
    latency: latency ? latencyOf(events) : null,
  }
}

function countCustomers(events: readonly RatedEvent[]): number {
  const customers = events.flatMap(({ tenantId, metadata: { customerId } }) => (customerId === undefined ? [] : [JSON.stringify([tenantId, customerId])]))
  return new Set(customers).size
}

function sumUnits(events: readonly RatedEvent[]): UnitTotal[] {
  const units = events.flatMap(event => event.units)
  return [...Map.groupBy(units, ({ kind, variant }) => JSON.stringify([kind, variant])).values()]
    .map(([unit, ...others]): UnitTotal => {
      const { kind, variant, quantity } = unit as UsageUnit
      const total = others.reduce((added, other) => added.plus(other.quantity), new Decimal(quantity))
      return { kind, ...(variant !== undefined && { variant }), quantity: total }
    })
    .sort((a, b) => b.quantity.comparedTo(a.quantity) || compareUnits(a, b))
    .slice(0, MAX_UNIT_TOTALS)
    .sort(compareUnits)
}

function countReasons(events: readonly RatedEvent[]): UnpricedReasonCount[] {
  const reasons = events.flatMap(event => event.rating.unpricedReason ?? [])
  return [...Map.groupBy(reasons, reason => reason)].map(([reason, { length }]) => ({ reason, calls: length })).sort(mostCallsFirst)
}

function latencyOf(events: readonly RatedEvent[]): UsageMeasures['latency'] {
  const latencies = events.flatMap(event => event.latencyMs ?? [])
  return summarizeLatency(
    latencies.map(latencyMs => [latencyBin(latencyMs), 1]),
    sum(latencies),
    latencies.length,
  )
}

function compareMeasures(a: UsageMeasures, b: UsageMeasures, by: OrderMeasure): number {
  switch (by) {
    case 'calls':
      return a.calls - b.calls
    case 'tokens':
      return Number(a.tokens.total - b.tokens.total)
    case 'cost':
      return a.cost.comparedTo(b.cost)
    case 'errors':
      return errorCalls(a) - errorCalls(b)
    case 'latency_p95':
      return (a.latency?.p95Ms ?? -1) - (b.latency?.p95Ms ?? -1)
  }
}

function compareKeys(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [i, value] of a.entries()) {
    const order = compareValues(value, b[i] ?? null)
    if (order !== 0) return order
  }
  return 0
}

/** Orders by code points, which is the order of UTF-8 bytes; null last. */
function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
