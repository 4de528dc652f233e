import { type Decimal, ZERO } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import type { PlacedEvent } from './placed-event.ts'

const HOUR_MICROSECONDS = 3_600_000_000
const DAY_MICROSECONDS = 86_400_000_000

/** A whole number of any size: a number as long as that is exact. */
export type WholeNumber = number | bigint

/** What a batch adds to one row of a rollup. */
export interface RollupDelta {
  readonly tenantId: string
  readonly dimensionSetId: string
  /** Microseconds since 1970. */
  readonly bucketStart: number
  calls: number
  unpricedCalls: number
  /** In the order of `TOKEN_POOLS`. */
  readonly tokens: WholeNumber[]
  cost: Decimal
  reportedCost: Decimal
  quantity: Decimal
  latencyCount: number
  latencySumMs: number
  /** The bin of each latency, in no order. */
  readonly latencyBins: number[]
}

/** Sums up a batch by hour, tenant and dimension set. */
export function hourlyDeltas(placed: readonly PlacedEvent[]): RollupDelta[] {
  const deltas = new Map<string, RollupDelta>()
  for (const { event, dimensionSet, occurredAt, latencyBin } of placed) {
    const bucketStart = startOf(occurredAt, HOUR_MICROSECONDS)
    const delta = deltaAt(deltas, { tenantId: event.tenantId, dimensionSetId: dimensionSet.id, bucketStart })
    delta.calls += 1
    if (event.rating.state === 'unpriced') delta.unpricedCalls += 1
    const { tokens } = event
    if (tokens !== null) TOKEN_POOLS.forEach((pool, index) => addTokens(delta.tokens, index, tokens[pool]))
    if (event.rating.cost !== null) delta.cost = delta.cost.plus(event.rating.cost)
    if (event.reportedCost !== null) delta.reportedCost = delta.reportedCost.plus(event.reportedCost)
    if (event.quantity !== null) delta.quantity = delta.quantity.plus(event.quantity)
    if (event.latencyMs !== null && latencyBin !== null) {
      delta.latencyCount += 1
      delta.latencySumMs += event.latencyMs
      delta.latencyBins.push(latencyBin)
    }
  }
  return [...deltas.values()]
}

/** Sums up hours by day. */
export function dailyDeltas(hours: readonly RollupDelta[]): RollupDelta[] {
  const deltas = new Map<string, RollupDelta>()
  for (const hour of hours) {
    const delta = deltaAt(deltas, { ...hour, bucketStart: startOf(hour.bucketStart, DAY_MICROSECONDS) })
    delta.calls += hour.calls
    delta.unpricedCalls += hour.unpricedCalls
    hour.tokens.forEach((tokens, index) => addTokens(delta.tokens, index, tokens))
    delta.cost = delta.cost.plus(hour.cost)
    delta.reportedCost = delta.reportedCost.plus(hour.reportedCost)
    delta.quantity = delta.quantity.plus(hour.quantity)
    delta.latencyCount += hour.latencyCount
    delta.latencySumMs += hour.latencySumMs
    for (const bin of hour.latencyBins) delta.latencyBins.push(bin)
  }
  return [...deltas.values()]
}

function deltaAt(
  deltas: Map<string, RollupDelta>,
  { tenantId, dimensionSetId, bucketStart }: Pick<RollupDelta, 'tenantId' | 'dimensionSetId' | 'bucketStart'>,
): RollupDelta {
  // A dimension set belongs to one tenant: its id says which.
  const key = `${dimensionSetId}${bucketStart}`
  let delta = deltas.get(key)
  if (delta === undefined) {
    delta = {
      ...{ tenantId, dimensionSetId, bucketStart },
      calls: 0,
      unpricedCalls: 0,
      tokens: TOKEN_POOLS.map(() => 0),
      cost: ZERO,
      reportedCost: ZERO,
      quantity: ZERO,
      latencyCount: 0,
      latencySumMs: 0,
      latencyBins: [],
    }
    deltas.set(key, delta)
  }
  return delta
}

function startOf(microseconds: number, unit: number): number {
  return Math.floor(microseconds / unit) * unit
}

function addTokens(sums: WholeNumber[], index: number, tokens: WholeNumber): void {
  const sum = sums[index] ?? 0
  const added = Number(sum) + Number(tokens)
  sums[index] = added <= Number.MAX_SAFE_INTEGER ? added : BigInt(sum) + BigInt(tokens)
}
