import type { Temporal } from '@tollgate/kernel'
import type { TraceRow } from '../../trace/read-trace.ts'

/** What a trace adds up to, by itself. */
export interface TraceTotals {
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly first: Temporal.Instant
  readonly last: Temporal.Instant
}

/** Reads a trace through. It has a row at the least: reading one that has none fails. */
export async function traceTotals(rows: AsyncIterable<TraceRow>): Promise<TraceTotals> {
  let totals: TraceTotals | undefined
  for await (const { occurredAt, inputTokens, outputTokens } of rows) {
    totals = {
      requests: (totals?.requests ?? 0) + 1,
      inputTokens: (totals?.inputTokens ?? 0) + inputTokens,
      outputTokens: (totals?.outputTokens ?? 0) + outputTokens,
      first: totals === undefined || occurredAt.epochNanoseconds < totals.first.epochNanoseconds ? occurredAt : totals.first,
      last: totals === undefined || occurredAt.epochNanoseconds > totals.last.epochNanoseconds ? occurredAt : totals.last,
    }
  }
  if (totals === undefined) throw new RangeError('a trace has rows')
  return totals
}
