import type { CallCounts } from './call-counter.ts'
import type { Committed } from './model/committed.ts'

/** Who called `track`, and with how many invalid events besides those to commit. */
export interface TrackCall {
  readonly tenantId: string
  readonly caller: string | null
  readonly rejected: number
}

/** The events of a call, and the call if it is counted. */
export interface CountedPart {
  readonly events: { readonly length: number }
  readonly call?: TrackCall | undefined
}

type MutableCounts = { -readonly [Field in keyof CallCounts]: CallCounts[Field] }

/** Counts calls and outcomes by tenant and caller. `outcomes` are those of the events of all parts, in order. */
export function countCalls(parts: readonly CountedPart[], outcomes: readonly Committed[]): CallCounts[] {
  const byCaller = new Map<string, MutableCounts>()
  let next = 0
  for (const { events, call } of parts) {
    const end = next + events.length
    const counts = call && countsOf(byCaller, call)
    if (counts !== undefined) for (let i = next; i < end; i++) counts[(outcomes[i] as Committed).outcome] += 1
    next = end
  }
  return [...byCaller.values()]
}

function countsOf(byCaller: Map<string, MutableCounts>, { tenantId, caller, rejected }: TrackCall): MutableCounts {
  const key = caller === null ? tenantId : `${tenantId} ${caller}`
  let counts = byCaller.get(key)
  if (counts === undefined) byCaller.set(key, (counts = { tenantId, caller, calls: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }))
  counts.calls += 1
  counts.rejected += rejected
  return counts
}
