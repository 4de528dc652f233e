import { describeIssues, InvalidInput, type Issue, type Scope } from '@tollgate/kernel'
import { checkEvent, type EventReceipt } from './check-event.ts'
import { refusal } from './dead-letters.ts'
import type { UsageEventDraft } from './event.ts'
import type { NewRejectedEvent, RejectedEvent } from './rejected-event-store.ts'
import { draftFromPayload } from './rejected-payload.ts'
import { type TrackDependencies, trackedEvent } from './track-events.ts'
import type { TrackedEvent } from './usage.ts'

/** What is sent again. */
export interface Resend {
  readonly scope: Scope
  readonly id: string
  /** In place of what was sent first. */
  readonly event?: UsageEventDraft | undefined
}

/**
 * Sends a refused event again. Its key is its own, or the entry's id where it had none: sent twice at the same time, or
 * again after a crash before the entry was resolved, it is still recorded once. Its time is its own, or the time it was
 * first received. Undefined where the scope does not see the entry.
 */
export async function resendRejected(
  { group, rejected }: Pick<TrackDependencies, 'group' | 'rejected'>,
  { scope, id, event: replacement }: Resend,
  receipt: Omit<EventReceipt, 'tenantId'>,
): Promise<TrackedEvent | undefined> {
  const entry = await rejected.byId(scope, id)
  if (entry === undefined) return undefined
  if (entry.resolvedAt !== null) throw new InvalidInput([{ path: 'id', message: `was sent again and taken at ${entry.resolvedAt.toString()}` }])

  const draft = draftToSend(entry, replacement)
  const { event, issues } = checkEvent(draft, { ...receipt, tenantId: entry.tenantId, receivedAt: entry.rejectedAt })
  if (event === undefined) {
    // What was sent in its place is the caller's to mend; the entry stands for what the client sent.
    if (replacement === undefined) await rejected.add([refusedAgain(entry, issues, receipt)])
    return refusal(draft, issues, entry)
  }
  const [committed] = await group.commit([event])
  const answer = trackedEvent(event, committed)
  if (answer.outcome !== 'conflict') await rejected.resolve(scope, id, event.recordedAt)
  return answer
}

/** The same by its fingerprint, so that the entry counts it; an id of its own, should the entry be resolved by now. */
function refusedAgain(
  { tenantId, idempotencyKey, payload }: RejectedEvent,
  issues: readonly Issue[],
  { ids, now }: Pick<EventReceipt, 'ids' | 'now'>,
): NewRejectedEvent {
  return { id: ids.uuidV7(now.epochMilliseconds), tenantId, idempotencyKey, payload, reason: describeIssues(issues), rejectedAt: now }
}

function draftToSend(entry: RejectedEvent, replacement: UsageEventDraft | undefined): UsageEventDraft {
  if (replacement === undefined && entry.payload === null) {
    throw new InvalidInput([{ path: 'event', message: 'what was sent was too large to keep; give the event to send in its place' }])
  }
  const draft = replacement ?? draftFromPayload(entry.payload)
  if (typeof draft !== 'object' || draft === null) return draft
  return { ...draft, idempotencyKey: draft.idempotencyKey ?? entry.idempotencyKey ?? entry.id }
}
