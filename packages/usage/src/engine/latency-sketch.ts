import type { LatencySummary } from '../model/measures.ts'

/** Maximum relative error of a percentile. */
export const LATENCY_RELATIVE_ERROR = 0.01

/** The bin of 0 ms, which has no logarithm. */
export const ZERO_LATENCY_BIN = -1

/** A bin and the number of latencies in it. */
export type LatencyBinCount = readonly [bin: number, count: number]

/** Below this, a bin spans less than 1 ms, so it stands for exactly one integer. */
const EXACT_BELOW_MS = 50

// The mapping of DDSketch (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with relative-error
// guarantees", VLDB 2019). Bin k holds the values in (γ^(k-1), γ^k] with γ = 1.01 / 0.99. Counts of bins are stored as rows,
// so sketches merge by adding counts, in any order. Every operation below decides bins, so their order must never change.
const GAMMA_ABOVE_1 = (2 * LATENCY_RELATIVE_ERROR) / (1 - LATENCY_RELATIVE_ERROR)
const BINS_PER_DOUBLING = (1 / Math.log1p(GAMMA_ABOVE_1)) * Math.log(2)
/** The value of a bin as a share of its upper bound, so that both of its bounds are within the relative error. */
const VALUE_OF_BOUND = 2 / (1 + (1 + GAMMA_ABOVE_1))

/**
 * Returns the bin of a latency in integer milliseconds: -1 for 0 ms, 0 for 1 ms, up to 914 for a day. Bins are stored,
 * so the mapping must never change.
 */
export function latencyBin(latencyMs: number): number {
  return latencyMs === 0 ? ZERO_LATENCY_BIN : Math.ceil(Math.log2(latencyMs) * BINS_PER_DOUBLING)
}

/**
 * Returns the average and percentiles of latencies; null if there are none. Bins may be in any order and repeat. `sumMs`
 * and `count` are exact. Percentiles use the nearest-rank definition.
 */
export function summarizeLatency(bins: Iterable<LatencyBinCount>, sumMs: number, count: number): LatencySummary | null {
  if (count === 0) return null
  const sorted = [...bins].sort(([a], [b]) => a - b)
  const percentile = (percent: number) => binLatencyMs(binAtRank(sorted, Math.ceil((count * percent) / 100)))
  return { averageMs: sumMs / count, p50Ms: percentile(50), p95Ms: percentile(95), p99Ms: percentile(99) }
}

/** Returns a latency within the relative error of every integer in the bin. */
function binLatencyMs(bin: number): number {
  if (bin === ZERO_LATENCY_BIN) return 0
  const latencyMs = 2 ** (bin / BINS_PER_DOUBLING) * VALUE_OF_BOUND
  return latencyMs < EXACT_BELOW_MS ? Math.round(latencyMs) : latencyMs
}

function binAtRank(sorted: readonly LatencyBinCount[], rank: number): number {
  let below = 0
  for (const [bin, count] of sorted) {
    below += count
    if (below >= rank) return bin
  }
  throw new RangeError(`The bins hold ${below} latencies, fewer than rank ${rank}.`)
}
