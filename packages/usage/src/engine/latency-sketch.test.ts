import { DDSketch } from '@datadog/sketches-js'
import { assert, integer, oneof, array, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LATENCY_RELATIVE_ERROR, latencyBin, type LatencyBinCount, summarizeLatency } from './latency-sketch.ts'

const DAY_MS = 86_400_000

describe('latencyBin', () => {
  // Bins are stored: a change here would change the meaning of stored data.
  it.each([
    [0, -1],
    [1, 0],
    [2, 35],
    [50, 196],
    [100, 231],
    [1_000, 346],
    [60_000, 551],
    [DAY_MS, 914],
  ])('%i ms falls into bin %i', (latencyMs, bin) => {
    expect(latencyBin(latencyMs)).toBe(bin)
  })

  it('assigns the bins and values of the reference implementation', () => {
    const { mapping } = new DDSketch({ relativeAccuracy: LATENCY_RELATIVE_ERROR })
    const agree = (latencyMs: number) => {
      const bin = mapping.key(latencyMs)
      expect(latencyBin(latencyMs)).toBe(bin)
      const value = mapping.value(bin)
      expect(summarizeLatency([[bin, 1]], latencyMs, 1)?.p50Ms).toBe(value < 50 ? Math.round(value) : value)
    }
    // Every upper bound of a bin, where a rounding error would show.
    for (let bin = 0; bin <= 914; bin++) for (const near of [0, 1]) agree(Math.floor(mapping.gamma ** bin) + near)
    assert(property(integer({ min: 1, max: DAY_MS }), agree), { numRuns: 1_000 })
  })
})

describe('summarizeLatency', () => {
  it('is null without latencies', () => {
    expect(summarizeLatency([], 0, 0)).toBeNull()
  })

  it('returns a single latency as every percentile', () => {
    expect(summarize([42])).toEqual({ averageMs: 42, p50Ms: 42, p95Ms: 42, p99Ms: 42 })
  })

  it('uses the nearest rank, without interpolation', () => {
    expect(summarize([0, 1, 2, 3])).toEqual({ averageMs: 1.5, p50Ms: 1, p95Ms: 3, p99Ms: 3 })
  })

  it('adds the counts of repeated bins, in any order', () => {
    const bins: LatencyBinCount[] = [
      [latencyBin(20), 1],
      [latencyBin(10), 1],
      [latencyBin(20), 1],
      [latencyBin(10), 2],
    ]
    expect(summarizeLatency(bins, 70, 5)).toEqual({ averageMs: 14, p50Ms: 10, p95Ms: 20, p99Ms: 20 })
  })

  it('keeps every percentile within 1 % of the exact one, for any data', () => {
    const latency = oneof(integer({ min: 0, max: 120 }), integer({ min: 0, max: 60_000 }), integer({ min: 0, max: DAY_MS }))
    assert(
      property(array(latency, { minLength: 1, maxLength: 300 }), latencies => {
        const summary = summarize(latencies)
        expectClose(summary?.p50Ms, nearestRank(latencies, 50))
        expectClose(summary?.p95Ms, nearestRank(latencies, 95))
        expectClose(summary?.p99Ms, nearestRank(latencies, 99))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps every millisecond of the first minute within 1 %', () => {
    for (let latencyMs = 0; latencyMs <= 60_000; latencyMs++) expectClose(summarize([latencyMs])?.p50Ms, latencyMs)
  })
})

function summarize(latencies: readonly number[]) {
  const sum = latencies.reduce((total, latencyMs) => total + latencyMs, 0)
  return summarizeLatency(
    latencies.map(latencyMs => [latencyBin(latencyMs), 1] as const),
    sum,
    latencies.length,
  )
}

function nearestRank(latencies: readonly number[], percent: number): number {
  const sorted = latencies.toSorted((a, b) => a - b)
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN
}

function expectClose(actual: number | undefined, exact: number): void {
  // Slightly above 1 %, because the logarithm may round the last bit of a double.
  const allowed = exact * LATENCY_RELATIVE_ERROR * (1 + 1e-9)
  if (actual === undefined || !(Math.abs(actual - exact) <= allowed)) expect.fail(`${actual} is not within 1 % of ${exact}`)
}
