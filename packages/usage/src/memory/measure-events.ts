import { periodIncludes } from '@tollgate/kernel'
import { addTokenUsage, totalTokens } from '@tollgate/tokens'
import { latencyBin, summarizeLatency } from '../engine/latency-sketch.ts'
import { type DimensionSet, dimensionsOf } from '../model/dimension.ts'
import type { RatedEvent } from '../model/event.ts'
import { errorCalls, NO_USAGE, type OrderMeasure, type UsageMeasures } from '../model/measures.ts'
import { filterLists, type UsageFilter } from '../model/usage-filter.ts'
import type { MeasuredGroup, MeasureQuery } from '../usage-store.ts'

/** Sums a list of events. Every store must return the same. */
export function measureEvents(events: readonly RatedEvent[], query: MeasureQuery): MeasuredGroup[] {
  return query.buckets.flatMap((bucket, index) => {
    const groups = groupEvents(
      events.filter(event => periodIncludes(bucket, event.occurredAt) && matchesFilter(event, query.filter)),
      query,
    )
    return groups.map(group => ({ bucket: index, ...group }))
  })
}

/** Whether the filter selects the event. */
export function matchesFilter(event: RatedEvent, filter: UsageFilter = {}): boolean {
  const dimensions = dimensionsOf(event)
  return filterLists(filter).every(({ dimension, values }) => {
    const value = dimensions[dimension]
    return value !== null && values.includes(value)
  })
}

type Group = Omit<MeasuredGroup, 'bucket'>

function groupEvents(events: readonly RatedEvent[], { by = [], orderBy, limit, latency = false, unpricedOnly = false }: MeasureQuery): Group[] {
  const withLatency = latency || orderBy === 'latency_p95'
  const keyOf = (dimensions: DimensionSet) => by.map(dimension => dimensions[dimension])
  return [...Map.groupBy(events, event => JSON.stringify(keyOf(dimensionsOf(event)))).entries()]
    .map(([key, members]) => ({ key: JSON.parse(key) as (string | null)[], measures: sumEvents(members, withLatency) }))
    .filter(group => !unpricedOnly || group.measures.unpricedCalls > 0)
    .sort((a, b) => (orderBy === undefined ? 0 : compareMeasures(b.measures, a.measures, orderBy)) || compareKeys(a.key, b.key))
    .slice(0, limit)
}

function sumEvents(events: readonly RatedEvent[], withLatency: boolean): UsageMeasures {
  const withStatus = (status: RatedEvent['status']) => events.filter(event => event.status === status).length
  const customers = events.flatMap(event => (event.metadata.customerId === undefined ? [] : [JSON.stringify([event.tenantId, event.metadata.customerId])]))
  return {
    calls: events.length,
    successes: withStatus('success'),
    failures: withStatus('failure'),
    rateLimited: withStatus('rate_limited'),
    tokens: addTokenUsage(events.flatMap(event => event.tokens ?? [])),
    quantity: events.reduce((total, event) => total.plus(event.quantity ?? 0), NO_USAGE.quantity),
    cost: events.reduce((total, event) => total.plus(event.rating.cost ?? 0), NO_USAGE.cost),
    unpricedCalls: events.filter(event => event.rating.state === 'unpriced').length,
    customers: new Set(customers).size,
    latency: withLatency ? latencyOf(events) : null,
  }
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
      return totalTokens(a.tokens) - totalTokens(b.tokens)
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
