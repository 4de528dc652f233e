import type { UsageEventDraft } from '@tollgate/usage'
import { type GraphQLClient, ServerUnusable } from '../../../../cli/graphql-client.ts'
import type { TraceBatch } from './trace-batches.ts'

/** The outcomes of the events that were sent. */
export interface SentTrace {
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** The first few reasons of conflicts and rejections. */
  readonly reasons: readonly string[]
}

type Outcome = 'ACCEPTED' | 'DUPLICATE' | 'CONFLICT' | 'REJECTED'

interface TrackResponse {
  readonly trackUsage: {
    readonly results?: readonly { readonly outcome: Outcome; readonly idempotencyKey: string; readonly reason: string | null }[]
    readonly message?: string
  }
}

const TRACK_USAGE = `mutation Replay($input: TrackUsageInput!) {
  trackUsage(input: $input) {
    ... on TrackUsagePayload { results { outcome idempotencyKey reason } }
    ... on OverloadedError { retryAfterMs }
    ... on Error { code message }
  }
}`

const MAX_REASONS = 5

/** Sends batches with `concurrency` concurrent calls. `onProgress` gets the number of events that the server responded to. */
export async function sendTrace(
  batches: AsyncGenerator<TraceBatch>,
  { client, url, concurrency, onProgress }: { client: GraphQLClient; url: string; concurrency: number; onProgress: (events: number) => void },
): Promise<SentTrace> {
  const outcomes: Record<Outcome, number> = { ACCEPTED: 0, DUPLICATE: 0, CONFLICT: 0, REJECTED: 0 }
  const reasons: string[] = []
  let answered = 0
  const caller = async () => {
    // All callers take from the same generator, so each batch is sent once.
    for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
      const { tenantId, events } = next.value
      const { trackUsage } = await client.request<TrackResponse>(TRACK_USAGE, { input: { tenantId, events: events.map(toInput) } })
      if (trackUsage.results === undefined) throw new ServerUnusable(url, trackUsage.message ?? 'its response has no results.')
      for (const { outcome, idempotencyKey, reason } of trackUsage.results) {
        outcomes[outcome] += 1
        if (reason !== null && (outcome === 'CONFLICT' || outcome === 'REJECTED') && reasons.length < MAX_REASONS) reasons.push(`${idempotencyKey}: ${reason}`)
      }
      answered += events.length
      onProgress(answered)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, caller))
  return { outcomes, reasons }
}

/** Converts an event to GraphQL input. */
function toInput({ occurredAt, status, ...event }: UsageEventDraft): Record<string, unknown> {
  return { ...event, occurredAt: occurredAt?.toString(), status: status?.toUpperCase() }
}
