import type { Temporal } from '@tollgate/kernel'
import type { TraceRow } from '../../trace/read-trace.ts'

/** Totals of a trace file. */
export interface TraceTotals {
  readonly requests: number
  readonly inputTokens: bigint
  readonly outputTokens: bigint
  readonly first: Temporal.Instant
  readonly last: Temporal.Instant
}

/** Totals a trace, which has at least one row: reading an empty trace fails. */
export async function traceTotals(rows: AsyncIterable<TraceRow>): Promise<TraceTotals> {
  let totals: TraceTotals | undefined
  for await (const { occurredAt, inputTokens, outputTokens } of rows) {
    totals = {
      requests: (totals?.requests ?? 0) + 1,
      inputTokens: (totals?.inputTokens ?? 0n) + BigInt(inputTokens),
      outputTokens: (totals?.outputTokens ?? 0n) + BigInt(outputTokens),
      first: totals === undefined || occurredAt.epochNanoseconds < totals.first.epochNanoseconds ? occurredAt : totals.first,
      last: totals === undefined || occurredAt.epochNanoseconds > totals.last.epochNanoseconds ? occurredAt : totals.last,
    }
  }
  if (totals === undefined) throw new RangeError('The trace has no rows.')
  return totals
}
