import type { UsageEventDraft } from '@tollgate/usage'
import { spreadRow, type TraceLayout } from '../../trace/spread-row.ts'
import type { TraceRow } from '../../trace/read-trace.ts'

/** Events of one tenant to send in one call. */
export interface TraceBatch {
  readonly tenantId: string
  readonly events: readonly UsageEventDraft[]
}

/** Groups rows into batches per tenant. Batch sizes rotate through `sizes`, to simulate different clients. */
export async function* traceBatches(
  rows: AsyncIterable<TraceRow>,
  { layout, sizes }: { layout: TraceLayout; sizes: readonly number[] },
): AsyncGenerator<TraceBatch> {
  const waiting = new Map<string, { events: UsageEventDraft[]; size: number }>()
  let made = 0
  for await (const row of rows) {
    const { tenantId, event } = spreadRow(row, layout)
    const batch = waiting.get(tenantId) ?? { events: [], size: sizes[made++ % sizes.length] ?? 1 }
    batch.events.push(event)
    waiting.set(tenantId, batch)
    if (batch.events.length < batch.size) continue
    waiting.delete(tenantId)
    yield { tenantId, events: batch.events }
  }
  for (const [tenantId, { events }] of waiting) yield { tenantId, events }
}
