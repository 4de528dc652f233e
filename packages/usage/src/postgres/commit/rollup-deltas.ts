import type { DetailSum } from '../schema/detail-columns.ts'
import { isRareEvent, type PreparedEvent } from '../schema/event-columns.ts'
import type { Integer, RollupDelta } from '../schema/rollup-columns.ts'
import { Decimal, ZERO } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS } from '@tollgate/tokens'

const HOUR_MICROSECONDS = 3_600_000_000
const DAY_MICROSECONDS = 86_400_000_000

/** Sums a batch by hour, tenant and dimension set. */
export function hourlyDeltas(prepared: readonly PreparedEvent[]): RollupDelta[] {
  const deltas = newDeltas()
  for (const one of prepared) {
    const { event, dimensionSet, occurredAt, latencyBin } = one
    const delta = deltas.at(event.tenantId, dimensionSet.id, startOf(occurredAt, HOUR_MICROSECONDS))
    const { tokens, rating, reportedCost, quantity, latencyMs } = event
    delta.calls += 1
    if (rating.state === 'unpriced') delta.unpricedCalls += 1
    if (tokens !== null) FREQUENT_TOKEN_POOLS.forEach((pool, index) => addTokens(delta.tokens, index, tokens[pool]))
    if (rating.cost !== null) delta.cost = delta.cost.plus(rating.cost)
    if (reportedCost !== null) delta.reportedCost = delta.reportedCost.plus(reportedCost)
    if (quantity !== null) delta.quantity = delta.quantity.plus(quantity)
    if (latencyMs !== null && latencyBin !== null) {
      delta.latencyCount += 1
      delta.latencySumMs += latencyMs
      delta.latencyBins.push(latencyBin)
    }
    if (isRareEvent(one)) addDetailsOf(one, delta)
  }
  return deltas.all
}

/** Sums hourly deltas by day. */
export function dailyDeltas(hours: readonly RollupDelta[]): RollupDelta[] {
  const deltas = newDeltas()
  for (const hour of hours) {
    const delta = deltas.at(hour.tenantId, hour.dimensionSetId, startOf(hour.bucketStart, DAY_MICROSECONDS))
    delta.calls += hour.calls
    delta.unpricedCalls += hour.unpricedCalls
    hour.tokens.forEach((tokens, index) => addTokens(delta.tokens, index, tokens))
    delta.otherTokens = sumOf(delta.otherTokens, hour.otherTokens)
    delta.cost = delta.cost.plus(hour.cost)
    delta.reportedCost = delta.reportedCost.plus(hour.reportedCost)
    delta.quantity = delta.quantity.plus(hour.quantity)
    delta.latencyCount += hour.latencyCount
    delta.latencySumMs += hour.latencySumMs
    for (const bin of hour.latencyBins) delta.latencyBins.push(bin)
    for (const detail of hour.details?.values() ?? []) addDetail(delta, detail)
  }
  return deltas.all
}

interface Deltas {
  /** In the order in which they were created. */
  readonly all: RollupDelta[]
  /** Returns the delta of a row, and creates it if there is none. */
  at(tenantId: string, dimensionSetId: string, bucketStart: number): RollupDelta
}

function newDeltas(): Deltas {
  const all: RollupDelta[] = []
  // The id of a dimension set implies the tenant. A batch has few buckets, so each bucket has a map by that id: building
  // a key of both for every event would cost more.
  const buckets = new Map<number, Map<string, RollupDelta>>()
  return {
    all,
    at(tenantId, dimensionSetId, bucketStart) {
      let bucket = buckets.get(bucketStart)
      if (bucket === undefined) buckets.set(bucketStart, (bucket = new Map<string, RollupDelta>()))
      let delta = bucket.get(dimensionSetId)
      if (delta === undefined) {
        delta = emptyDelta(tenantId, dimensionSetId, bucketStart)
        bucket.set(dimensionSetId, delta)
        all.push(delta)
      }
      return delta
    },
  }
}

function emptyDelta(tenantId: string, dimensionSetId: string, bucketStart: number): RollupDelta {
  return {
    tenantId,
    dimensionSetId,
    bucketStart,
    calls: 0,
    unpricedCalls: 0,
    tokens: FREQUENT_TOKEN_POOLS.map(() => 0),
    otherTokens: 0,
    cost: ZERO,
    reportedCost: ZERO,
    quantity: ZERO,
    latencyCount: 0,
    latencySumMs: 0,
    latencyBins: [],
    details: null,
  }
}

function startOf(microseconds: number, unit: number): number {
  return Math.floor(microseconds / unit) * unit
}

function addTokens(sums: Integer[], index: number, tokens: Integer): void {
  if (tokens === 0) return
  sums[index] = sumOf(sums[index] ?? 0, tokens)
}

function sumOf(a: Integer, b: Integer): Integer {
  const sum = Number(a) + Number(b)
  return sum <= Number.MAX_SAFE_INTEGER ? sum : BigInt(a) + BigInt(b)
}

function addDetailsOf({ event, otherTokens }: PreparedEvent, delta: RollupDelta): void {
  for (const [pool, tokens] of Object.entries(otherTokens ?? {})) {
    delta.otherTokens = sumOf(delta.otherTokens, tokens)
    addDetail(delta, { measure: 'tokens', name: pool, variant: '', quantity: new Decimal(tokens) })
  }
  for (const { kind, variant, quantity } of event.units) {
    addDetail(delta, { measure: 'units', name: kind, variant: variant ?? '', quantity: new Decimal(quantity) })
  }
  const reason = event.rating.unpricedReason
  if (reason !== null) addDetail(delta, { measure: 'unpriced_calls', name: reason, variant: '', quantity: ONE })
}

const ONE = new Decimal(1)

function addDetail(delta: RollupDelta, { measure, name, variant, quantity }: DetailSum): void {
  delta.details ??= new Map<string, DetailSum>()
  // Unambiguous, because names and variants cannot contain NUL.
  const key = `${measure}\0${name}\0${variant}`
  const earlier = delta.details.get(key)
  if (earlier === undefined) delta.details.set(key, { measure, name, variant, quantity })
  else earlier.quantity = earlier.quantity.plus(quantity)
}
